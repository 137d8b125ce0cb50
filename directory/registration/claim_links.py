"""The links that claims are opened and handed on by: signed, mailed, good once, for a week."""

import datetime
import secrets
from functools import partial
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from directory.accounts.limits import TooOften, spend
from directory.accounts.models import User
from directory.models import Claim
from directory.registration import letters
from directory.registration.offices import office_called
from directory.registration.problems import NotPossible

GOOD_FOR = datetime.timedelta(days=7)
SALT = "directory.registration.claims"
OPEN, HAND_ON = "open", "hand on"


def mail(claim: Claim) -> None:
    """Mail the link that shows that the work address is the person's own."""
    token = _new_token(claim, purpose=OPEN, address=claim.work_address)
    letters.send(
        "claim_link",
        claim.work_address,
        reader=claim.person,
        office=partial(office_called, claim.office),
        days=GOOD_FOR.days,
        link=letters.page(letters.CLAIM_LINK, token=token),
    )


def offer(claim: Claim, address: str) -> None:
    """Mail a successor the link by which they take the claim over.

    In their language where they have an account, else in that of the colleague who offers it.
    """
    token = _new_token(claim, purpose=HAND_ON, address=address)
    letters.send(
        "claim_offered",
        address,
        reader=User.objects.filter(email=address).first() or claim.person,
        office=partial(office_called, claim.office),
        days=GOOD_FOR.days,
        link=letters.page(letters.HAND_ON_LINK, token=token),
    )


def claim_of(token: str, *, purpose: str) -> Claim:
    """Return the claim of a link that is still good, locked; raises ``NotPossible``."""
    return _good(token, purpose, Claim.objects.select_for_update(of=("self",)))


def claim_to_show(token: str, *, purpose: str) -> Claim:
    """Return the claim of a link that is still good, to show what opening it would do."""
    return _good(token, purpose, Claim.objects.select_related("city__country", "network"))


def read(token: str, *, purpose: str) -> dict[str, Any]:
    """Return what a link says; raises ``NotPossible`` for a forged, old or other link."""
    try:
        said = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise over() from error
    if said["purpose"] != purpose:
        raise over()
    return said


def over() -> NotPossible:
    """Return the refusal of a link that is good no more."""
    return NotPossible(
        _("This link is good no more. Ask for a new one on the page of your claims."), code="link"
    )


def _good(token: str, purpose: str, claims: QuerySet[Claim]) -> Claim:
    said = read(token, purpose=purpose)
    claim = claims.filter(pk=said["claim"]).first()
    if claim is None or not claim.link_key:
        raise over()
    if not constant_time_compare(claim.link_key, said["key"]):
        raise over()
    return claim


def _new_token(claim: Claim, *, purpose: str, address: str) -> str:
    _count_mail(claim)
    claim.link_key = secrets.token_urlsafe(24)
    claim.link_sent_at = timezone.now()
    claim.save(update_fields=["link_key", "link_sent_at"])
    said = {"claim": claim.pk, "key": claim.link_key, "purpose": purpose, "address": address}
    return signing.dumps(said, salt=SALT, compress=True)


def _count_mail(claim: Claim) -> None:
    """Refuse mail without end to addresses that nobody has shown to be theirs."""
    try:
        spend("claim mail", key=f"person:{claim.person_id}")
    except TooOften as refusal:
        raise NotPossible(
            _("You have had as many links mailed as one person may in a day. Try again tomorrow."),
            code="too_soon",
        ) from refusal
