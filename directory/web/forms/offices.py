"""What the forms share in which an office speaks of a membership: their fields and their words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from directory.models.choices import Role
from directory.registration.memberships import EDITABLE
from directory.registration.offices import Office
from directory.registration.statements import Evidence
from directory.web.acting import ActionForm

DATE_HINT = _lazy("A year, a month or a day: 2019, 2019-05 or 2019-05-03. Empty where not known.")
LEFT_HINT = _lazy("The last year, month or day; empty while it lasts.")
WIDE = {"autocomplete": "off", "spellcheck": "false"}


def role_field() -> forms.ChoiceField:
    """Return the field for what the city is in the network."""
    return forms.ChoiceField(label=_lazy("Role"), choices=Role.choices, initial=Role.MEMBER)


def date_field(label: Any, hint: Any) -> forms.CharField:
    """Return a field for a date as it is written."""
    return forms.CharField(
        label=label, help_text=hint, required=False, widget=forms.TextInput(WIDE)
    )


def source_field() -> forms.URLField:
    """Return the field for where it can be read."""
    return forms.URLField(
        label=_lazy("Link to a source"),
        help_text=_lazy("A page on which others can read it. It is published."),
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _lazy("Write the whole address of the page, beginning with https://.")
        },
        widget=forms.TextInput({**WIDE, "inputmode": "url"}),
    )


def reason_field(*, required: bool = False, **options: Any) -> forms.CharField:
    """Return the field for why something changes; everyone can read the answer."""
    return forms.CharField(
        label=_lazy("Reason"),
        help_text=_lazy("Published with the change, for everyone to read. One line."),
        required=required,
        **options,
    )


class OfficeForm(ActionForm):
    """A form in which an office speaks; the words of its page stand with it."""

    title: Any = ""
    lead: Any = ""
    button: Any = ""

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        self.office = office
        super().__init__(*args, **kwargs)

    @property
    def evidence(self) -> Evidence:
        """Where what is said can be read."""
        return Evidence(source=self.cleaned_data["source"])

    @property
    def written_values(self) -> Mapping[str, Any]:
        """What the form says of the membership itself."""
        return {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}
