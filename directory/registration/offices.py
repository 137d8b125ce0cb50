"""Offices: the cities and networks that people act for, and under which name the log knows them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.models import City, Claim, Network
from directory.models.choices import Voice
from directory.models.claim import ClaimState
from directory.search.names import named

Office = City | Network

EDITORS = "Editors"


def office_name(office: Office) -> str:
    """Return the name that stands in the public log, such as "City of Bergen"."""
    return f"City of {office.name}" if isinstance(office, City) else office.name


def office_called(office: Office) -> str:
    """Return what an office is called in the active language, such as "Ville de Bergen"."""
    name = named(office)
    return _("City of %(name)s") % {"name": name} if isinstance(office, City) else name


def voice_of(office: Office) -> Voice:
    """Return the voice in which an office speaks in statements."""
    return Voice.CITY if isinstance(office, City) else Voice.NETWORK


def column_of(office: Office) -> str:
    """Return the column of claims and domains that holds such an office."""
    return "city" if isinstance(office, City) else "network"


def granted_claim(person: Any, office: Office) -> Claim | None:
    """Return the person's granted claim for exactly this office, or None."""
    if not isinstance(person, User) or person.pk is None:
        return None
    return Claim.objects.filter(
        person=person, state=ClaimState.GRANTED, **{column_of(office): office}
    ).first()


def offices_of(person: User) -> list[Office]:
    """Return the cities and networks that the person may act for, in a stable order."""
    claims = Claim.objects.filter(person=person, state=ClaimState.GRANTED)
    return [claim.office for claim in claims.select_related("city", "network").order_by("id")]


def note_use(person: User, office: Office) -> bool:
    """Remember that the person acted for the office, so that the claim does not expire.

    Returns whether there is a granted claim; its row stays locked until the transaction ends.
    """
    used = Claim.objects.filter(
        person=person, state=ClaimState.GRANTED, **{column_of(office): office}
    ).update(last_used_at=timezone.now(), warned_at=None)
    return bool(used)
