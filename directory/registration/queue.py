"""The editors' queue: taking an item for a time, asking back, and closing it, each once."""

import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.accounts.clocks import CLOCKS_APART
from directory.models import ReviewItem
from directory.models.review import OPEN_REVIEW_STATES, ReviewKind, ReviewState
from directory.registration import letters
from directory.registration.offices import office_called
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, check_row, one_line
from directory.registration.transitions import Transition, check

TAKEN_FOR = datetime.timedelta(minutes=30)

TRANSITIONS = (
    Transition(ReviewState.WAITING, ReviewState.TAKEN, Action.TAKE_ITEM),
    Transition(ReviewState.TAKEN, ReviewState.WAITING, Action.TAKE_ITEM),
    Transition(ReviewState.TAKEN, ReviewState.ASKED_BACK, Action.DECIDE_ITEM, needs_reason=True),
    Transition(ReviewState.TAKEN, ReviewState.APPROVED, Action.DECIDE_ITEM),
    Transition(ReviewState.TAKEN, ReviewState.CHANGED, Action.DECIDE_ITEM, needs_reason=True),
    Transition(ReviewState.TAKEN, ReviewState.REFUSED, Action.DECIDE_ITEM, needs_reason=True),
    # The person who asked answers, or no longer wants it; the caller has checked who it is.
    Transition(ReviewState.ASKED_BACK, ReviewState.WAITING, None),
    Transition(ReviewState.WAITING, ReviewState.WITHDRAWN, None),
    Transition(ReviewState.TAKEN, ReviewState.WITHDRAWN, None),
    Transition(ReviewState.ASKED_BACK, ReviewState.WITHDRAWN, None),
)


def open_items(actor: Any) -> QuerySet[ReviewItem]:
    """Return what waits for a decision, oldest first; for editors alone.

    A dispute over a membership that is gone, as after a revert, is over.
    """
    require(actor, Action.SEE_QUEUE)
    return (
        ReviewItem.objects.filter(state__in=OPEN_REVIEW_STATES)
        .exclude(kind=ReviewKind.DISPUTE, membership=None)
        .select_related(
            *("claim__city", "claim__network", "claim__person", "submission__person"),
            *("membership__city", "membership__network", "taken_by"),
        )
        .order_by("made_at", "id")
    )


def take(*, actor: Any, item: ReviewItem) -> ReviewItem:
    """Take an item for half an hour: one conditional update, so that one editor has it.

    Taking one's own again starts the half hour anew. Raises ``NotPossible`` where another editor
    has it, or where it is decided.
    """
    require(actor, Action.TAKE_ITEM, item)
    now = timezone.now()
    taken = ReviewItem.objects.filter(
        Q(state=ReviewState.WAITING)
        | Q(state=ReviewState.TAKEN, taken_until__lt=now)
        # By a clock that was wrong.
        | Q(state=ReviewState.TAKEN, taken_until__gt=now + TAKEN_FOR + CLOCKS_APART)
        | Q(state=ReviewState.TAKEN, taken_by=None)
        | Q(state=ReviewState.TAKEN, taken_by=actor),
        pk=item.pk,
    ).update(state=ReviewState.TAKEN, taken_by=actor, taken_until=now + TAKEN_FOR)
    item.refresh_from_db()
    if not taken:
        raise NotPossible(
            _("Another editor has taken this, or it was decided. Choose the next one."),
            code="taken",
        )
    return item


@transaction.atomic
def put_back(*, actor: Any, item: ReviewItem) -> ReviewItem:
    """Give an item back to the queue."""
    return _move(actor=actor, item=item, state=ReviewState.WAITING)


@transaction.atomic
def ask_back(*, actor: Any, item: ReviewItem, question: str, note: str = "") -> ReviewItem:
    """Ask the person behind a claim or a submission something; mailed to them.

    Raises ``NotPossible`` where there is nobody to ask.
    """
    question = one_line(question)
    moved = _move(actor=actor, item=item, state=ReviewState.ASKED_BACK, reason=question, note=note)
    person = asker(moved)
    if person is None:
        raise NotPossible(_("Nobody can be asked: this came without an account."), code="nobody")
    letters.send(
        "asked_back",
        person.email,
        reader=person,
        question=question,
        about=partial(_about, moved),
        link=letters.page(letters.CLAIMS if moved.claim else letters.SUBMISSIONS),
    )
    return moved


def _about(item: ReviewItem) -> str:
    """Return what an item is about, as the mails of the one that decides it call it."""
    if item.claim:
        return office_called(item.claim.office)
    name = item.submission.record or item.submission.proposed.get("name", "")
    return f"{item.submission.get_kind_display()}: {name}".strip(": ")


@transaction.atomic
def answer(*, actor: Any, item: ReviewItem, text: str) -> ReviewItem:
    """Answer an editor's question; the item waits again."""
    item = locked(item)
    if item.claim:
        require(actor, Action.WITHDRAW_CLAIM, item.claim)
    elif item.submission:
        require(actor, Action.ANSWER_SUBMISSION, item.submission)
    else:
        raise NotPossible(_("Nothing was asked here."), code="wrong_state")
    check(TRANSITIONS, item, ReviewState.WAITING, actor=actor, reason="")
    item.answer = one_line(text)
    if not item.answer:
        raise Invalid({"answer": [_("Write an answer.")]})
    item.state = ReviewState.WAITING
    check_row(item)
    item.save()
    return item


@transaction.atomic
def keep_note(*, actor: Any, item: ReviewItem, note: str) -> ReviewItem:
    """Write down what editors should know of an item that the actor has taken; deciding waits.

    An empty note takes away the one that was there.
    """
    item = locked(item)
    require(actor, Action.DECIDE_ITEM, item)
    if item.state != ReviewState.TAKEN:
        raise NotPossible(_("Take this first."), code="wrong_state")
    _check_taken_by(actor, item)
    item.note = one_line(note)
    check_row(item)
    item.save(update_fields=["note"])
    return item


def close(
    *, actor: Any, item: ReviewItem, state: ReviewState, reason: str = "", note: str = ""
) -> ReviewItem:
    """Close an item that the actor has taken, in the transaction of what follows from it."""
    item = _move(actor=actor, item=item, state=state, reason=reason, note=note)
    item.decided_by, item.decided_at = actor, timezone.now()
    item.save(update_fields=["decided_by", "decided_at"])
    return item


def drop(*, item: ReviewItem) -> None:
    """Close an item because the person who asked no longer wants it."""
    item = locked(item)
    check(TRANSITIONS, item, ReviewState.WITHDRAWN, actor=None, reason="")
    item.state, item.taken_by, item.taken_until = ReviewState.WITHDRAWN, None, None
    item.decided_at = timezone.now()
    item.save()


def asker(item: ReviewItem) -> Any:
    """Return the person behind an item; None where it came without an account."""
    asked = item.claim or item.submission
    return asked.person if asked else None


def locked(item: ReviewItem) -> ReviewItem:
    """Return the item as it is now, and let nobody else change it until the transaction ends."""
    return ReviewItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def _move(
    *, actor: Any, item: ReviewItem, state: ReviewState, reason: str = "", note: str = ""
) -> ReviewItem:
    item = locked(item)
    reason = one_line(reason)
    has_reader = asker(item) is not None
    check(TRANSITIONS, item, state, actor=actor, reason=reason, has_reader=has_reader)
    _check_taken_by(actor, item)
    item.state, item.taken_by, item.taken_until = state, None, None
    if state == ReviewState.ASKED_BACK:
        item.question, item.answer = reason, ""
    else:
        item.reason = reason
    item.note = one_line(note) or item.note
    check_row(item)
    item.save()
    return item


def _check_taken_by(actor: Any, item: ReviewItem) -> None:
    if item.taken_by_id != actor.pk:
        raise NotPossible(_("Another editor has taken this. Choose the next one."), code="taken")
