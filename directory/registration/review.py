"""Deciding on submissions: what is approved is written in the same transaction, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import City, ReviewItem, Submission
from directory.models.columns import Row
from directory.models.review import ReviewKind, ReviewState
from directory.models.submission import SubmissionKind
from directory.models.tables import TABLES
from directory.registration import letters, queue
from directory.registration.applying import apply
from directory.registration.office_notes import is_note
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, one_line
from directory.registration.recording import recorded
from directory.registration.sides import lock_cities
from directory.registration.submissions import CORRECTABLE, PROPOSED_CITY
from directory.registration.values import checked

# What an editor may change or add while approving, beyond what may be proposed.
ADDED_BY_EDITORS = {
    SubmissionKind.CORRECTION: (),
    SubmissionKind.NEW_MEMBERSHIP: ("city", "network"),
    SubmissionKind.NEW_CITY: (*PROPOSED_CITY, "id"),
    SubmissionKind.NEW_NETWORK: ("slug", "parent"),
}


@dataclass(frozen=True)
class Difference:
    """One column of a submission: what the record said then, what it says now, what is proposed."""

    column: str
    before: Any
    now: Any
    proposed: Any

    @property
    def is_stale(self) -> bool:
        """Whether the record says something else now than when this was proposed."""
        return self.now != self.before


def differences(submission: Submission) -> list[Difference]:
    """Return what a submission would change; ``now`` differs from ``before`` where it is stale."""
    return differences_of([submission])[submission.pk]


def differences_of(submissions: Iterable[Submission]) -> dict[int, list[Difference]]:
    """Return what each of many submissions would change, by its key; few queries for a table."""
    submissions = list(submissions)
    wanted: dict[str, set[str]] = {}
    for submission in submissions:
        if submission.record:
            wanted.setdefault(submission.table, set()).add(submission.record)
    rows: dict[tuple[str, str], Row] = {
        (name, TABLES[name].record_id(row)): row
        for name, records in wanted.items()
        for row in TABLES[name].rows(sorted(records))
    }
    found = {}
    for submission in submissions:
        row = rows.get((submission.table, submission.record), {})
        found[submission.pk] = [
            Difference(name, submission.before.get(name), row.get(name), value)
            for name, value in submission.proposed.items()
        ]
    return found


def approvable(submission: Submission) -> set[str]:
    """Return the columns that an editor may approve, and change while approving."""
    kind = SubmissionKind(submission.kind)
    return {*CORRECTABLE[submission.table], *ADDED_BY_EDITORS[kind]}


@transaction.atomic
def approve(
    *,
    actor: Any,
    item: ReviewItem,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
    note: str = "",
    is_distinct: bool = False,
) -> Any:
    """Publish what was submitted, as the editor who has taken it; returns the record.

    With ``changes`` (columns that say something else, or more) the reason is needed, and mailed.
    ``is_distinct``: the editor has seen the lookalikes of a new record, and it is none of them.
    """
    submission = _submission(item)
    require(actor, Action.DECIDE_ITEM, item)
    if is_note(item):
        raise NotPossible(
            _("A note proposes nothing to publish. Say that you have read it."), code="wrong_kind"
        )
    kind = SubmissionKind(submission.kind)
    allowed = approvable(submission)
    changed = checked(TABLES[submission.table], changes or {}, allowed=allowed)
    values = checked(TABLES[submission.table], submission.proposed | changed, allowed=allowed)
    state = ReviewState.CHANGED if changed else ReviewState.APPROVED
    why = one_line(reason) or _default_reason(kind)
    with recorded(actor=actor, office=None, reason=why) as log:
        queue.close(actor=actor, item=item, state=state, reason=reason, note=note)
        with log.suggested_in(submission.pk):
            record = apply(submission, values, is_distinct=is_distinct)
    _tell(submission, state, reason)
    return record


@transaction.atomic
def approve_together(*, actor: Any, items: Iterable[ReviewItem], reason: str) -> list[Any]:
    """Publish several submissions that rest on one source, in one change set, or none of them.

    Takes those that nobody has taken.
    """
    items = list(items)
    if len({_submission(item).source for item in items}) != 1:
        raise Invalid({"items": [_("Choose suggestions that name the same source.")]})
    with recorded(actor=actor, office=None, reason=reason):
        lock_cities(_cities_of([_submission(item) for item in items]))
        return [
            approve(actor=actor, item=queue.take(actor=actor, item=item), reason=reason)
            for item in items
        ]


@transaction.atomic
def refuse(*, actor: Any, item: ReviewItem, reason: str, note: str = "") -> ReviewItem:
    """Refuse a submission; the reason is mailed to who made it, where there is an account."""
    submission = _submission(item)
    closed = queue.close(
        actor=actor, item=item, state=ReviewState.REFUSED, reason=reason, note=note
    )
    _tell(submission, ReviewState.REFUSED, closed.reason)
    return closed


def _cities_of(submissions: list[Submission]) -> set[City]:
    """Return the cities that approving would write of, to be held all at once."""
    named = {str(each.proposed.get("city", "")) for each in submissions}
    named |= {each.record for each in submissions if each.table == "cities"}
    spoken_of = {each.record for each in submissions if each.table == "memberships"} - {""}
    memberships = TABLES["memberships"].instances(sorted(spoken_of))
    return {*City.objects.filter(slug__in=named), *(each.city for each in memberships)}


def _submission(item: ReviewItem) -> Submission:
    if item.kind != ReviewKind.SUBMISSION or item.submission is None:
        raise NotPossible(_("This is no suggestion."), code="wrong_kind")
    return item.submission


def _default_reason(kind: SubmissionKind) -> str:
    return f"Approved: {kind.value}"


def _tell(submission: Submission, state: ReviewState, reason: str) -> None:
    if submission.person:
        letters.send(
            "submission_decided",
            submission.person.email,
            reader=submission.person,
            what=partial(_what, submission),
            outcome=state.label,
            reason=reason,
            link=letters.page(letters.SUBMISSIONS),
        )


def _what(submission: Submission) -> str:
    name = submission.record or submission.proposed.get("name", "")
    return f"{submission.get_kind_display()}: {name}".strip(": ")
