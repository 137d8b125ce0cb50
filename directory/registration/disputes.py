"""Disputed memberships in the editors' queue, and how an editor settles one or leaves it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from directory.history import current_changes
from directory.models import Entry, Membership, ReviewItem
from directory.models.choices import MembershipStanding, Origin, Says, Voice
from directory.models.columns import RECORDS_PER_QUERY
from directory.models.review import OPEN_REVIEW_STATES, ReviewKind, ReviewState
from directory.models.tables import TABLES
from directory.registration import queue
from directory.registration.periods import check_period
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.registration.recording import recorded
from directory.registration.sides import locked
from directory.registration.statements import Evidence, follow_statements, say
from directory.registration.values import checked

_IS_OPEN = Q(kind=ReviewKind.DISPUTE, state__in=OPEN_REVIEW_STATES)


def open_for(membership: Membership) -> None:
    """Bring a membership before the editors, unless it waits there already."""
    if not _open(membership).exists():
        ReviewItem.objects.create(kind=ReviewKind.DISPUTE, membership=membership)


def follow(membership: Membership) -> None:
    """Bring a disputed membership before the editors; take it away once both sides agree.

    Words that an editor has left as they are come back only with another one.
    """
    if membership.standing != MembershipStanding.DISPUTED:
        drop(membership)
    elif not _is_left(membership):
        open_for(membership)


def follow_all(records: Collection[str]) -> None:
    """Do what ``follow`` does for many memberships at once, given by public id."""
    numbers = sorted(int(public_id[1:]) for public_id in records)
    for start in range(0, len(numbers), RECORDS_PER_QUERY):
        found = Membership.objects.filter(pk__in=numbers[start : start + RECORDS_PER_QUERY])
        waits = Exists(ReviewItem.objects.filter(_IS_OPEN, membership=OuterRef("pk")))
        disputed = Q(standing=MembershipStanding.DISPUTED)
        for membership in found.filter((disputed & ~waits) | (~disputed & waits)):
            follow(membership)


def drop(membership: Membership) -> None:
    """Take a membership out of the editors' queue: there is nothing to settle any more."""
    for item in _open(membership):
        queue.drop(item=item)


@transaction.atomic
def settle(
    *,
    actor: Any,
    item: ReviewItem,
    says: Says,
    reason: str,
    evidence: Evidence | None = None,
    note: str = "",
    **dates: Any,
) -> Membership:
    """Settle a dispute as the editor who has taken it: what an editor says counts from then on.

    ``dates`` (joined, left, ended) correct the membership; saying that the city is not a member
    ends one that is open. City and network may speak again, which opens a new dispute.
    """
    require(actor, Action.DECIDE_ITEM, item)
    disputed = Membership.objects.with_names().filter(pk=item.membership_id).first()
    if item.kind != ReviewKind.DISPUTE or disputed is None:
        raise NotPossible(_("There is no membership to settle."), code="gone")
    said = checked(TABLES["memberships"], dates, allowed=("joined", "left", "ended"))
    with recorded(actor=actor, office=None, reason=reason, origin=Origin.WEB) as changes:
        membership = locked(changes, disputed)
        queue.close(actor=actor, item=item, state=ReviewState.APPROVED, reason=reason, note=note)
        for name, value in said.items():
            setattr(membership, name, value)
        if says == Says.NOT_A_MEMBER and membership.is_open:
            membership.ended = True
        check_period(membership)
        membership.save()
        say(membership, Voice.EDITOR, says=says, evidence=evidence)
        follow_statements(membership)
    return membership


@transaction.atomic
def leave(*, actor: Any, item: ReviewItem, reason: str, note: str = "") -> ReviewItem:
    """Leave both words as they are, as the editor who has taken the dispute.

    Nothing is published: the membership stays disputed. It comes back when somebody speaks anew.
    """
    require(actor, Action.DECIDE_ITEM, item)
    if item.kind != ReviewKind.DISPUTE or item.membership is None:
        raise NotPossible(_("There is no membership to settle."), code="gone")
    return queue.close(actor=actor, item=item, state=ReviewState.REFUSED, reason=reason, note=note)


def _is_left(membership: Membership) -> bool:
    """Whether an editor left the words as they are, and none was said or taken back since."""
    decided = membership.reviews.filter(kind=ReviewKind.DISPUTE, decided_by__isnull=False)
    newest = decided.order_by("decided_at", "pk").last()
    if newest is None or newest.state != ReviewState.REFUSED:
        return False
    changes = current_changes()
    now = changes.touched.get("statements", set()) if changes else set()
    if any(word.public_id in now for word in membership.statements.all()):
        return False
    return not Entry.objects.filter(
        table="statements",
        membership=membership.public_id,
        change_set__made_at__gt=newest.decided_at,
    ).exists()


def _open(membership: Membership) -> Any:
    return membership.reviews.filter(_IS_OPEN)
