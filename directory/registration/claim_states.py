"""The states of a claim, what follows on what, and what each step brings with it."""

from functools import partial

from django.utils import timezone

from directory.models import AccessToken, Claim
from directory.models.claim import ClaimState
from directory.registration import domains, letters
from directory.registration.offices import office_called
from directory.registration.permissions import Action
from directory.registration.problems import check_row
from directory.registration.transitions import Transition

TRANSITIONS = (
    Transition(ClaimState.REQUESTED, ClaimState.VERIFIED, Action.OPEN_CLAIM_LINK),
    # Where a verified domain vouches for the person.
    Transition(ClaimState.REQUESTED, ClaimState.GRANTED, Action.OPEN_CLAIM_LINK),
    Transition(ClaimState.REQUESTED, ClaimState.WITHDRAWN, Action.WITHDRAW_CLAIM),
    Transition(ClaimState.REQUESTED, ClaimState.EXPIRED, None),
    Transition(ClaimState.VERIFIED, ClaimState.GRANTED, Action.DECIDE_CLAIM),
    Transition(ClaimState.VERIFIED, ClaimState.REFUSED, Action.DECIDE_CLAIM, needs_reason=True),
    Transition(ClaimState.VERIFIED, ClaimState.WITHDRAWN, Action.WITHDRAW_CLAIM),
    Transition(ClaimState.GRANTED, ClaimState.WITHDRAWN, Action.WITHDRAW_CLAIM),
    Transition(ClaimState.GRANTED, ClaimState.REVOKED, Action.REVOKE_CLAIM, needs_reason=True),
    Transition(ClaimState.GRANTED, ClaimState.EXPIRED, None),
    # When the successor accepts what the holder offered.
    Transition(ClaimState.GRANTED, ClaimState.HANDED_ON, None),
)


def make_granted(claim: Claim) -> Claim:
    """Let the person act for the office from now on; the caller has checked the step."""
    claim.state = ClaimState.GRANTED
    claim.granted_at = claim.last_used_at = timezone.now()
    claim.save()
    domains.note_granted(claim.domain, claim.office)
    tell(claim, "claim_granted")
    return claim


def end(claim: Claim, state: ClaimState, *, reason: str = "", letter: str = "") -> Claim:
    """Put the claim into a state in which it grants nothing; the caller has checked the step."""
    claim.state, claim.reason, claim.link_key = state, reason, ""
    check_row(claim)
    claim.save()
    # For good: a claim that is granted anew brings back no program that nobody looked at.
    AccessToken.objects.filter(
        person=claim.person_id, city=claim.city_id, network=claim.network_id, revoked_at=None
    ).update(revoked_at=timezone.now())
    if letter:
        tell(claim, letter)
    return claim


def tell(claim: Claim, letter: str) -> None:
    """Mail the person behind the claim, where there still is one."""
    if claim.person:
        letters.send(
            letter,
            claim.person.email,
            reader=claim.person,
            office=partial(office_called, claim.office),
            reason=claim.reason,
            link=letters.page(letters.CLAIMS),
        )


def locked(claim: Claim) -> Claim:
    """Return the claim as it is now; nobody else changes it until the transaction ends."""
    return Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
