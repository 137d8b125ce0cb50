"""Forms by which anyone suggests a correction or a membership that is missing."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Submission
from directory.models.choices import Role
from directory.registration import submissions
from directory.web.forms.column_words import HINTS, HINTS_OF_MEMBERSHIPS, LABELS, OF_MEMBERSHIPS
from directory.web.forms.columns import ColumnsForm
from directory.web.forms.records import RecordField


class SuggestionForm(ColumnsForm):
    """What every suggestion carries beside the columns that it is about."""

    source = forms.CharField(
        label=_("Where can this be read?"),
        help_text=_("The full address of a public page that says so. The editors look there."),
        max_length=Submission._meta.get_field("source").max_length,
        widget=forms.URLInput,
    )
    comment = forms.CharField(
        label=_("Note to the editors"),
        help_text=_("Never published. Leave out what names persons."),
        max_length=Submission._meta.get_field("comment").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        of_memberships = self.table.name == "memberships"
        for name in self.columns:
            field = self.fields[name]
            field.label = (OF_MEMBERSHIPS if of_memberships else LABELS).get(name, field.label)
            hints = HINTS_OF_MEMBERSHIPS if of_memberships else HINTS
            field.help_text = hints.get(name, field.help_text)

    def said(self) -> dict[str, Any]:
        """Return source, note and key as the rules take them."""
        return {name: self.cleaned_data[name] for name in ("source", "comment", "form_key")}


class CorrectionForm(SuggestionForm):
    """What a record says at present, to be put right; only what differs is sent."""

    def __init__(self, *args: Any, table: str, row: dict[str, Any], **options: Any) -> None:
        columns = submissions.CORRECTABLE[table]
        super().__init__(*args, table=table, columns=columns, row=row, **options)

    def suggest(self, *, actor: Any, record: str) -> Submission | None:
        """Hand the suggestion to the editors; None where it was refused."""
        return self.carry_out(
            submissions.correct,
            actor=actor,
            table=self.table.name,
            record=record,
            values=self.changed_values(),
            **self.said(),
        )


class MembershipForm(SuggestionForm):
    """A membership that is missing."""

    city = RecordField("cities", label=_("City"), help_text=_("Its name, in any language."))
    network = RecordField("networks", label=_("Network"), help_text=_("Its name or its acronym."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(
            *args,
            table="memberships",
            columns=submissions.CORRECTABLE["memberships"],
            row={"role": Role.MEMBER.value},
            **options,
        )
        self.order_fields(["city", "network"])

    def suggest(self, *, actor: Any) -> Submission | None:
        """Hand the suggestion to the editors; None where it was refused."""
        return self.carry_out(
            submissions.propose_membership,
            actor=actor,
            city=self.cleaned_data["city"],
            network=self.cleaned_data["network"],
            **self.changed_values(),
            **self.said(),
        )
