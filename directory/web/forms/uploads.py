"""Forms of bulk uploads: handing a table in, choosing for its rows, publishing it."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directory.models import Upload, UploadRow
from directory.models.fields import FIRST_YEAR, LAST_YEAR
from directory.registration import bulk
from directory.web.acting import ActionForm

CHOSEN = re.compile(r"row-([1-9][0-9]{0,5})")
LEAVE_OUT, ANOTHER = "-", "another"


class UploadForm(ActionForm):
    """Hands in a table, as a file or pasted."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV or .xlsx, with the names of its columns in the first row. At most 5 MB."),
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.tsv,.txt,.xlsx,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )
    text = forms.CharField(
        label=_("Or paste the table here"),
        required=False,
        strip=False,
        help_text=_("As copied from a spreadsheet, with the names of the columns."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    source = forms.CharField(
        label=_("Where the list can be read"),
        required=False,
        max_length=500,
        help_text=_("The address of a public page; for rows that name no source of their own."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    source_year = forms.IntegerField(
        label=_("Year of that list"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    is_complete = forms.BooleanField(
        label=_("This is the complete list: show me what it does not hold"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for a file or for text, not for both."""
        cleaned = super().clean()
        if bool(cleaned.get("file")) == bool((cleaned.get("text") or "").strip()):
            self.add_error(None, _("Choose a file or paste a table: one of the two."))
        return cleaned

    def make_preview(self, *, actor: Any, office: Any) -> Upload | None:
        """Store the preview; None where the table was refused (shown in the form)."""
        said = dict(self.cleaned_data)
        file, text = said.pop("file"), said.pop("text")
        who = {"actor": actor, "office": office}
        if file:
            return self.carry_out(bulk.preview_file, **who, **said, file=file, file_name=file.name)
        return self.carry_out(bulk.preview_text, **who, **said, text=text)


class ConfirmForm(ActionForm):
    """Publishes an upload; it asks only what there is to ask."""

    without_unusable = forms.BooleanField(required=False)
    ends_missing = forms.BooleanField(
        label=_("End the memberships that are missing from the file"), required=False
    )
    left = forms.CharField(
        label=_("Their last day"),
        required=False,
        max_length=10,
        help_text=_("2019, 2019-05 or 2019-05-03; empty if it is not known."),
    )
    reason = forms.CharField(
        label=_("Why they ended"),
        required=False,
        max_length=500,
        help_text=_("It is published with the change."),
    )

    def __init__(self, *args: Any, unusable: int, gone: int, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if unusable:
            self.fields["without_unusable"].label = _(
                "Publish without the %(rows)d rows that cannot be used"
            ) % {"rows": unusable}
        else:
            del self.fields["without_unusable"]
        if not gone:
            for name in ("ends_missing", "left", "reason"):
                del self.fields[name]


def choices_in(data: QueryDict) -> dict[int, bulk.Choice]:
    """Return what was chosen, by number of row; rows of which nothing was said are left out."""
    found: dict[int, bulk.Choice] = {}
    for name in data:
        match = CHOSEN.fullmatch(name)
        if match is None:
            continue
        number, chosen = int(match[1]), data[name]
        typed = data.get(f"typed-{number}", "").strip()
        if chosen == LEAVE_OUT:
            found[number] = bulk.Choice(skip=True)
        elif chosen == ANOTHER:
            if typed:
                found[number] = bulk.Choice(typed=typed)
        elif chosen in (UploadRow.END, UploadRow.LEAVE):
            found[number] = bulk.Choice(end=chosen == UploadRow.END)
        else:
            found[number] = bulk.Choice(record=chosen)
    return found
