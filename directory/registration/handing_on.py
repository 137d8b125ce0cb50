"""Handing a granted claim on to a successor."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Claim
from directory.models.claim import ClaimState
from directory.registration import claim_links, claim_states, domains, queue
from directory.registration.claims import (
    normalised_address,
    refuse_second_claim,
    refuse_soon_after_link,
)
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible, check_row, one_line
from directory.registration.transitions import check


@transaction.atomic
def hand_on(*, actor: Any, claim: Claim, address: str) -> Claim:
    """Offer one's granted claim to a successor at the same domain, by mail.

    It is handed on when they accept it, signed in; until then the holder keeps it. A successor
    at another domain makes a claim of their own, on which an editor decides.
    """
    claim = claim_states.locked(claim)
    require(actor, Action.HAND_ON_CLAIM, claim)
    if claim.state != ClaimState.GRANTED:
        raise NotPossible(_("Only a granted claim can be handed on."), code="wrong_state")
    address = normalised_address(address)
    domain = address.rpartition("@")[2]
    if domain != claim.domain or domains.why_not_verifiable(domain):
        raise NotPossible(
            _("A successor at %(domain)s must make a claim of their own; an editor decides on it.")
            % {"domain": domain},
            code="domain",
        )
    refuse_soon_after_link(claim)
    claim_links.offer(claim, address)
    return claim


@transaction.atomic
def accept(*, actor: Any, token: str, role: str, department: str = "") -> Claim:
    """Accept a claim that its holder hands on; returns the successor's own, granted."""
    old = claim_links.claim_of(token, purpose=claim_links.HAND_ON)
    require(actor, Action.REQUEST_CLAIM, old.office)
    check(claim_states.TRANSITIONS, old, ClaimState.HANDED_ON, actor=actor, reason="")
    if old.person is None or not old.person.is_active or old.person == actor:
        raise claim_links.over()
    _withdraw_own_request(actor, old)
    refuse_second_claim(actor, old.office)
    new = Claim(
        person=actor,
        city=old.city,
        network=old.network,
        role=one_line(role),
        department=one_line(department),
        work_address=claim_links.read(token, purpose=claim_links.HAND_ON)["address"],
    )
    check_row(new)
    old.link_key = ""
    claim_states.end(old, ClaimState.HANDED_ON, letter="claim_handed_on")
    return claim_states.make_granted(new)


def _withdraw_own_request(actor: Any, offered: Claim) -> None:
    """Take back what the successor asked for themselves: the offer gives it to them."""
    asked = Claim.objects.select_for_update(of=("self",)).filter(
        person=actor,
        city=offered.city,
        network=offered.network,
        state__in=(ClaimState.REQUESTED, ClaimState.VERIFIED),
    )
    for claim in asked.order_by("pk"):
        if claim.state == ClaimState.VERIFIED:
            queue.drop(item=claim.review)
        claim_states.end(claim, ClaimState.WITHDRAWN)
