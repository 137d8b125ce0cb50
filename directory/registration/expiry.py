"""Claims that nobody uses end by themselves: a mail first, then the end. For ``manage.py tick``."""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from directory.models import Claim
from directory.models.claim import ClaimState
from directory.registration.claim_links import GOOD_FOR
from directory.registration.claim_states import TRANSITIONS, tell
from directory.registration.transitions import check

UNUSED_FOR = datetime.timedelta(days=730)
WARNED_BEFORE = datetime.timedelta(days=30)


def warn_before_expiry(*, now: datetime.datetime | None = None) -> int:
    """Mail those whose claim ends within a month, each once; return how many."""
    now = now or timezone.now()
    unwarned = Q(
        state=ClaimState.GRANTED,
        warned_at=None,
        last_used_at__lt=now - UNUSED_FOR + WARNED_BEFORE,
    )
    found = Claim.objects.filter(unwarned).order_by("pk").values_list("pk", flat=True)
    return sum(_warn(pk, unwarned, now) for pk in list(found))


def expire_unused(*, now: datetime.datetime | None = None) -> int:
    """End claims that were not used for 24 months, and those whose link was never opened.

    A granted claim ends a month after its mail at the earliest. Returns how many ended.
    """
    now = now or timezone.now()
    unused = Q(
        state=ClaimState.GRANTED,
        last_used_at__lt=now - UNUSED_FOR,
        warned_at__lte=now - WARNED_BEFORE,
    )
    unopened = Q(state=ClaimState.REQUESTED, link_sent_at__lt=now - GOOD_FOR)
    return sum(
        _expire(pk, unused | unopened)
        for pk in list(Claim.objects.filter(unused | unopened).values_list("pk", flat=True))
    )


def _locked(pk: int, condition: Q) -> Claim | None:
    found: QuerySet[Claim] = Claim.objects.filter(condition, pk=pk)
    return found.select_for_update(of=("self",)).first()


@transaction.atomic
def _warn(pk: int, unwarned: Q, now: datetime.datetime) -> int:
    # Whoever came back a moment ago is not warned.
    held = _locked(pk, unwarned)
    if held is None:
        return 0
    held.warned_at = now
    held.save(update_fields=["warned_at"])
    tell(held, "claim_expires")
    return 1


@transaction.atomic
def _expire(pk: int, condition: Q) -> int:
    claim = _locked(pk, condition)
    if claim is None:
        return 0
    check(TRANSITIONS, claim, ClaimState.EXPIRED, actor=None, reason="")
    was_granted = claim.state == ClaimState.GRANTED
    claim.state, claim.link_key = ClaimState.EXPIRED, ""
    claim.save(update_fields=["state", "link_key"])
    if was_granted:
        tell(claim, "claim_expired")
    return 1
