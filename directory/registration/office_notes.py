"""Notes of an office to the editors, beside a membership: read in the queue, never published."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Membership, ReviewItem, Submission
from directory.models.review import ReviewKind, ReviewState
from directory.models.submission import SubmissionKind
from directory.registration import queue
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible, check_row, one_line


def leave_note(*, actor: Any, membership: Membership, text: str) -> Submission | None:
    """Tell the editors something about a membership; nothing where ``text`` is empty.

    In the transaction of what the note is about. It is a submission that proposes nothing, so that
    editors may ask back, and that it is forgotten like all evidence.
    """
    text = one_line(text)
    if not text:
        return None
    submission = Submission(
        kind=SubmissionKind.NOTE,
        person=actor,
        table="memberships",
        record=membership.public_id,
        comment=text,
        form_key=uuid.uuid4(),
    )
    check_row(submission, exclude=("proposed", "before", "source"))
    submission.save()
    ReviewItem.objects.create(kind=ReviewKind.SUBMISSION, submission=submission)
    return submission


@transaction.atomic
def close_note(*, actor: Any, item: ReviewItem, note: str = "") -> ReviewItem:
    """Say that a note was read, as the editor who has taken it; nothing is published or mailed."""
    require(actor, Action.DECIDE_ITEM, item)
    if not is_note(item):
        raise NotPossible(_("This is no note."), code="wrong_kind")
    return queue.close(actor=actor, item=item, state=ReviewState.APPROVED, note=note)


def is_note(item: ReviewItem) -> bool:
    """Whether an item only tells the editors something, and proposes nothing."""
    return item.submission is not None and item.submission.kind == SubmissionKind.NOTE
