"""Claims: how a person comes to act for a city or a network, and ceases to."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Claim, ReviewItem, VerifiedDomain
from directory.models.claim import LIVE_CLAIM_STATES, ClaimState
from directory.models.review import ReviewKind, ReviewState
from directory.registration import claim_links, claim_states, domains, queue
from directory.registration.offices import Office, column_of
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, check_row, one_line
from directory.registration.transitions import check

PAUSE_BETWEEN_LINKS = datetime.timedelta(minutes=5)
MOST_UNOPENED = 5
LONGEST_ADDRESS = Claim._meta.get_field("work_address").max_length


@transaction.atomic
def request_claim(
    *,
    actor: Any,
    office: Office,
    role: str,
    work_address: str,
    department: str = "",
    evidence: str = "",
) -> Claim:
    """Ask to act for a city or a network; a link goes to the work address.

    Raises ``NotPossible`` with ``existing`` where the person has a claim for it already.
    """
    require(actor, Action.REQUEST_CLAIM, office)
    refuse_second_claim(actor, office)
    unopened = Claim.objects.filter(person=actor, state=ClaimState.REQUESTED).count()
    if unopened >= MOST_UNOPENED:
        raise NotPossible(
            _("Open the links that were mailed for your other claims, or withdraw them, first."),
            code="too_many",
        )
    claim = Claim(
        person=actor,
        role=one_line(role),
        department=one_line(department),
        work_address=normalised_address(work_address),
        evidence=one_line(evidence),
        **{column_of(office): office},
    )
    check_row(claim)
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError:
        refuse_second_claim(actor, office)
        raise
    claim_links.mail(claim)
    return claim


@transaction.atomic
def send_link_again(*, actor: Any, claim: Claim) -> Claim:
    """Mail a new link to the work address; the earlier one is good no more."""
    claim = claim_states.locked(claim)
    require(actor, Action.OPEN_CLAIM_LINK, claim)
    if claim.state != ClaimState.REQUESTED:
        raise NotPossible(_("The link was opened already."), code="wrong_state")
    refuse_soon_after_link(claim)
    claim_links.mail(claim)
    return claim


@transaction.atomic
def open_link(*, actor: Any, token: str) -> Claim:
    """Show by the mailed link that the work address is the person's own; good once.

    The claim is granted at once where a verified domain vouches for the address; else an editor
    decides. Only the person who made the claim may open it, signed in: a link that was mailed to
    somebody at the city does nothing for a stranger's account.
    """
    claim = claim_links.claim_of(token, purpose=claim_links.OPEN)
    vouched = domains.vouches_for(claim.domain, claim.office)
    target = ClaimState.GRANTED if vouched else ClaimState.VERIFIED
    check(claim_states.TRANSITIONS, claim, target, actor=actor, reason="")
    claim.link_key = ""
    if vouched:
        return claim_states.make_granted(claim)
    claim.state = ClaimState.VERIFIED
    claim.save()
    ReviewItem.objects.create(kind=ReviewKind.CLAIM, claim=claim)
    return claim


@transaction.atomic
def grant(
    *, actor: Any, claim: Claim, reason: str = "", verify_domain: bool = False, note: str = ""
) -> Claim:
    """Let the person act for the office, as the editor who has taken its item.

    ``verify_domain``: later claims from the same domain need no editor; raises ``NotPossible``
    where the domain can vouch for nobody.
    """
    claim = claim_states.locked(claim)
    check(claim_states.TRANSITIONS, claim, ClaimState.GRANTED, actor=actor, reason=reason)
    queue.close(
        actor=actor, item=claim.review, state=ReviewState.APPROVED, reason=reason, note=note
    )
    if verify_domain:
        problem = domains.verify(claim.domain, claim.office, claim)
        if problem:
            raise NotPossible(problem, code="domain")
    claim.note = one_line(note)
    return claim_states.make_granted(claim)


@transaction.atomic
def refuse(*, actor: Any, claim: Claim, reason: str, note: str = "") -> Claim:
    """Refuse a claim; the reason is mailed to the person."""
    claim = claim_states.locked(claim)
    reason = one_line(reason)
    check(claim_states.TRANSITIONS, claim, ClaimState.REFUSED, actor=actor, reason=reason)
    queue.close(actor=actor, item=claim.review, state=ReviewState.REFUSED, reason=reason, note=note)
    return claim_states.end(claim, ClaimState.REFUSED, reason=reason, letter="claim_refused")


@transaction.atomic
def withdraw(*, actor: Any, claim: Claim, reason: str = "") -> Claim:
    """Take one's own claim back, or step down from a granted one."""
    claim = claim_states.locked(claim)
    check(claim_states.TRANSITIONS, claim, ClaimState.WITHDRAWN, actor=actor, reason=reason)
    if claim.state == ClaimState.VERIFIED:
        queue.drop(item=claim.review)
    return claim_states.end(claim, ClaimState.WITHDRAWN, reason=one_line(reason))


@transaction.atomic
def revoke(*, actor: Any, claim: Claim, reason: str, forget_domain: bool = False) -> Claim:
    """End a granted claim at once; the reason is mailed to the person.

    ``forget_domain``: the address's domain vouches for the office no more.
    """
    claim = claim_states.locked(claim)
    reason = one_line(reason)
    check(claim_states.TRANSITIONS, claim, ClaimState.REVOKED, actor=actor, reason=reason)
    if forget_domain:
        VerifiedDomain.objects.filter(
            domain=claim.domain, **{column_of(claim.office): claim.office}
        ).delete()
    return claim_states.end(claim, ClaimState.REVOKED, reason=reason, letter="claim_revoked")


def refuse_soon_after_link(claim: Claim) -> None:
    """Raise ``NotPossible`` where a link that is still good was mailed a moment ago."""
    sent = claim.link_sent_at if claim.link_key else None
    if sent and timezone.now() < sent + PAUSE_BETWEEN_LINKS:
        raise NotPossible(
            _("A link is on its way. Wait five minutes before you ask for another."),
            code="too_soon",
        )


def refuse_second_claim(person: Any, office: Office) -> None:
    """Raise ``NotPossible`` where the person has a live claim for the office."""
    existing = Claim.objects.filter(
        person=person, state__in=LIVE_CLAIM_STATES, **{column_of(office): office}
    ).first()
    if existing:
        raise NotPossible(
            _("You have a claim for %(office)s already.") % {"office": office.name},
            code="exists",
            existing=existing,
        )


def normalised_address(text: str) -> str:
    """Return a mail address with its domain in the one form in which domains are compared.

    Raises ``Invalid`` for what is no address, or is longer than one can be.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        address = f"{local}{at}{domains.exact_domain(domain)}"
        validate_email(address)
        if len(address) > LONGEST_ADDRESS:
            raise ValueError(address)
    except (ValueError, ValidationError) as error:
        raise Invalid({"work_address": [_("Enter a valid e-mail address.")]}) from error
    return address
