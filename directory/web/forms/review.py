"""The forms by which an editor decides on one item of the queue."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.models import ReviewItem
from directory.models.choices import Says
from directory.models.review import ReviewKind
from directory.models.submission import SubmissionKind
from directory.models.tables import TABLES
from directory.registration import claims, disputes, office_notes, queue, review
from directory.registration.evidence import domain_facts
from directory.registration.statements import DATES, Evidence
from directory.web.forms.columns import ColumnsForm, column_field, needed_for_new
from directory.web.forms.decisions import DecisionForm, NoteForm, note_field, reason_field

PROPOSALS = (SubmissionKind.NEW_CITY, SubmissionKind.NEW_NETWORK)


class ApproveForm(DecisionForm, ColumnsForm):
    """Publish what was submitted, as it is or with the editor's changes."""

    done = _lazy("It is published.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        said = item.submission
        columns = (
            said.proposed.keys()
            if said.kind == SubmissionKind.CORRECTION
            else review.approvable(said)
        )
        super().__init__(
            data,
            item=item,
            step=step,
            table=said.table,
            columns=columns,
            row=said.proposed,
            needed=needed_for_new(said.table),
        )
        if said.kind in PROPOSALS:
            self.fields["is_distinct"] = forms.BooleanField(
                label=_("It is none of the records that look like it"), required=False
            )
        mailed = _("It is mailed to the person, too.") if said.person_id else ""
        self.fields["reason"] = reason_field(
            _("Needed if you changed something. It is published with the change.") + f" {mailed}",
            required=False,
        )
        self.fields["note"] = note_field()

    def write(self, **arguments: Any) -> Any:
        """Approve the submission."""
        return review.approve(**arguments)

    def arguments(self) -> dict[str, Any]:
        """Return the changes and what the editor says of them."""
        said = {name: self.cleaned_data[name] for name in ("reason", "note")}
        distinct = self.cleaned_data.get("is_distinct", False)
        return {
            "item": self.item,
            "changes": self.changed_values(),
            "is_distinct": distinct,
            **said,
        }


class GrantForm(DecisionForm):
    """Let a person act for a city or a network."""

    done = _lazy("The claim is granted; the person is told by mail.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        super().__init__(data, item=item, step=step)
        facts = domain_facts(item.claim)
        if facts.may_be_verified:
            self.fields["verify_domain"] = forms.BooleanField(
                label=_("Make %(domain)s a verified domain") % {"domain": facts.domain},
                help_text=_(
                    "Whoever shows that they read mail at it may then act for %(office)s at once, "
                    "without an editor."
                )
                % {"office": item.claim.office.name},
                required=False,
            )
        self.fields["note"] = note_field()

    def write(self, *, item: ReviewItem, **arguments: Any) -> Any:
        """Grant the claim."""
        return claims.grant(claim=item.claim, **arguments)


class ReadForm(DecisionForm):
    """Say that a note of an office was read."""

    done = _lazy("The note is read; nothing was published.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        super().__init__(data, item=item, step=step)
        self.fields["note"] = note_field()

    def write(self, **arguments: Any) -> Any:
        """Close the note."""
        return office_notes.close_note(**arguments)


class RefuseForm(DecisionForm):
    """Refuse a claim or a submission."""

    done = _lazy("It is refused.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        super().__init__(data, item=item, step=step)
        self.fields["reason"] = reason_field(
            _("It is mailed to the person.")
            if queue.asker(item)
            else _("It came without an account, so nobody is told; it stays with the item.")
        )
        self.fields["note"] = note_field()

    def write(self, *, item: ReviewItem, **arguments: Any) -> Any:
        """Refuse it."""
        if item.kind == ReviewKind.CLAIM:
            return claims.refuse(claim=item.claim, **arguments)
        return review.refuse(item=item, **arguments)


class AskForm(DecisionForm):
    """Ask the person behind an item something."""

    done = _lazy("Your question is mailed; the item comes back with the answer.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        super().__init__(data, item=item, step=step)
        self.fields["question"] = reason_field(
            _("It is mailed to the person, who answers on a page."), label=_("Question")
        )
        self.fields["note"] = note_field()

    def write(self, **arguments: Any) -> Any:
        """Ask."""
        return queue.ask_back(**arguments)


class SettleForm(DecisionForm, ColumnsForm):
    """Settle a dispute over a membership."""

    done = _lazy("The dispute is settled; what you said is published.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        row = TABLES["memberships"].row(item.membership)
        super().__init__(data, item=item, step=step, table="memberships", columns=DATES, row=row)
        self.fields["says"] = forms.ChoiceField(label=_("The city is"), choices=Says.choices)
        for name in ("source", "source_year"):
            self.fields[name] = column_field(TABLES["statements"].column(name))
            self.fields[name].show_hidden_initial = False
        self.fields["reason"] = reason_field(
            _("It is published with the change, for city and network to read.")
        )
        self.fields["note"] = note_field()
        self.order_fields(["says", *DATES])

    def write(self, **arguments: Any) -> Any:
        """Settle it."""
        return disputes.settle(**arguments)

    def arguments(self) -> dict[str, Any]:
        """Return what the editor says, with where it can be read."""
        said = {name: self.cleaned_data[name] for name in ("says", "reason", "note")}
        year = self.cleaned_data["source_year"] or None
        evidence = Evidence(self.cleaned_data["source"], year)
        return {"item": self.item, "evidence": evidence, **said, **self.changed_values()}


class LeaveForm(DecisionForm):
    """Leave both words of a dispute as they are."""

    done = _lazy("Both words stay; the membership is shown as disputed.")

    def __init__(self, data: Any = None, *, item: ReviewItem, step: str) -> None:
        super().__init__(data, item=item, step=step)
        self.fields["reason"] = reason_field(
            _("Editors alone read it. The dispute comes back when city or network speak again.")
        )
        self.fields["note"] = note_field()

    def write(self, **arguments: Any) -> Any:
        """Leave it."""
        return disputes.leave(**arguments)


STEPS: dict[str, dict[str, type[DecisionForm]]] = {
    ReviewKind.CLAIM: {"approve": GrantForm, "refuse": RefuseForm, "ask": AskForm},
    ReviewKind.SUBMISSION: {"approve": ApproveForm, "refuse": RefuseForm, "ask": AskForm},
    ReviewKind.DISPUTE: {"settle": SettleForm, "leave": LeaveForm},
}
"""What can be decided on an item of each kind, by the word in the address."""

NOTE_STEPS: dict[str, type[DecisionForm]] = {"read": ReadForm, "ask": AskForm}


def steps_of(item: ReviewItem) -> dict[str, type[DecisionForm]]:
    """Return what can be decided on this item."""
    steps = dict(NOTE_STEPS if office_notes.is_note(item) else STEPS[item.kind])
    steps["note"] = NoteForm
    if "ask" in steps and queue.asker(item) is None:
        del steps["ask"]
    if item.kind == ReviewKind.DISPUTE and item.membership is None:
        return {}
    return steps
