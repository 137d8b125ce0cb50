"""People of the tests: staff, editors and strangers, each with one call."""

import itertools
import re

from django.core import mail
from django.utils import timezone

from directory.accounts.models import User
from directory.models import Claim, ReviewItem
from directory.models.claim import ClaimState
from directory.registration import claims, queue
from directory.registration.offices import Office, column_of

_numbers = itertools.count(1)


def make_person(email: str = "", **fields: object) -> User:
    """Make a person who is signed up and nothing else."""
    return User.objects.create_user(email or f"person-{next(_numbers)}@example.org", **fields)


def make_editor(**fields: object) -> User:
    """Make an editor."""
    return make_person(is_editor=True, **fields)


def make_staff(office: Office, *, state: str = ClaimState.GRANTED, **fields: object) -> User:
    """Make a person with a claim for the office, granted unless said otherwise."""
    person = make_person(**fields)
    now = timezone.now()
    Claim.objects.create(
        person=person,
        role="Adviser",
        work_address=f"adviser-{next(_numbers)}@bergen.kommune.no",
        state=state,
        granted_at=now,
        last_used_at=now,
        **{column_of(office): office},
    )
    return person


def request(person: User, office: Office, address: str = "kari@bergen.kommune.no") -> Claim:
    """Make a claim as its person does."""
    return claims.request_claim(actor=person, office=office, role="Adviser", work_address=address)


def newest_token() -> str:
    """Return the token of the link in the newest mail."""
    return re.search(r"/(?:open|accept)/(\S+)/", mail.outbox[-1].body)[1]


def verified_claim(person: User, office: Office, address: str = "kari@bergen.kommune.no") -> Claim:
    """Make a claim whose link was opened."""
    request(person, office, address)
    return claims.open_link(actor=person, token=newest_token())


def taken(editor: User, item: ReviewItem) -> ReviewItem:
    """Let an editor take an item."""
    return queue.take(actor=editor, item=item)


def granted_claim(
    person: User,
    office: Office,
    address: str = "kari@bergen.kommune.no",
    *,
    verify_domain: bool = False,
) -> Claim:
    """Make a claim that an editor has granted."""
    claim, editor = verified_claim(person, office, address), make_editor()
    taken(editor, claim.review)
    return claims.grant(actor=editor, claim=claim, verify_domain=verify_domain)
