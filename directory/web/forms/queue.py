"""The form that chooses from the editors' queue, and the one that approves several together."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.registration.queue_filters import ABOUT, KINDS, STATES
from directory.web.acting import ActionForm
from directory.web.forms.decisions import reason_field
from directory.web.table_names import TABLE_NAMES


def _any(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class QueueForm(forms.Form):
    """What an editor wants to see of the queue."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=_any(_("Any kind"), KINDS.items())
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=_any(_("Any state"), STATES.items())
    )
    about = forms.ChoiceField(
        label=_("About"),
        required=False,
        choices=_any(_("Any record"), [(table, TABLE_NAMES[table]) for table in ABOUT]),
    )
    host = forms.CharField(label=_("Site of the source"), required=False, max_length=200)
    text = forms.CharField(label=_("Words"), required=False, max_length=200)

    def clean_host(self) -> str:
        """Take a whole address for its site."""
        written = self.cleaned_data["host"].strip()
        try:
            return urlsplit(written).hostname or "" if "://" in written else written
        except ValueError:
            return ""

    def choice(self) -> dict[str, str]:
        """Return what is to be shown; a choice that does not exist leaves all."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class TogetherForm(ActionForm):
    """Approve several submissions of one source."""

    reason = reason_field(_("It is published with the changes, and mailed to who suggested them."))
