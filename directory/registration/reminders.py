"""Reminding people of memberships that nobody confirmed for a year. For ``manage.py tick``."""

import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.models import City, Claim, Membership
from directory.models.claim import ClaimState
from directory.registration import letters
from directory.registration.dashboard import Desk
from directory.registration.offices import Office, office_called
from directory.search.names import named

# Often enough to keep a page right, seldom enough not to be filtered away.
PAUSE = datetime.timedelta(days=90)
LISTED = 10


def remind_offices(*, now: datetime.datetime | None = None) -> int:
    """Mail those who act for an office what of it waits for their word; return how many mails.

    Each person is reminded of an office once in 90 days at most, first 90 days after the claim
    was granted, and only who wants reminders.
    """
    now = now or timezone.now()
    claims = Claim.objects.filter(_due(now)).order_by("pk")
    return sum(_remind(pk, now) for pk in list(claims.values_list("pk", flat=True)))


def _due(now: datetime.datetime) -> Q:
    long_ago = Q(reminded_at=None, granted_at__lt=now - PAUSE) | Q(reminded_at__lt=now - PAUSE)
    reader = Q(person__is_active=True, person__wants_reminders=True)
    return Q(state=ClaimState.GRANTED) & long_ago & reader


@transaction.atomic
def _remind(pk: int, now: datetime.datetime) -> int:
    """Write the mail and note it together, so that a run that is killed repeats none of it."""
    held = Claim.objects.select_for_update(of=("self",)).filter(_due(now), pk=pk)
    claim = held.select_related("person", "city", "network").first()
    if claim is None:
        return 0
    office = claim.office
    due = Desk(office, day=now.date()).due
    count = due.count()
    if not count:
        return 0
    claim.reminded_at = now
    claim.save(update_fields=["reminded_at"])
    table = "cities" if isinstance(office, City) else "networks"
    letters.remind(
        "reminder",
        claim.person,
        office=partial(office_called, office),
        count=count,
        more=max(count - LISTED, 0),
        memberships=partial(_lines, office, list(due[:LISTED])),
        link=letters.page(letters.OFFICE, table=table, slug=office.slug),
    )
    return 1


def _lines(office: Office, memberships: list[Membership]) -> list[dict[str, str]]:
    return [
        {
            "name": named(each.network if isinstance(office, City) else each.city),
            "link": letters.address_of(each.get_absolute_url()),
        }
        for each in memberships
    ]
