"""The two sides of a membership, and holding it still while one of them speaks."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from directory.history import Changes
from directory.models import City, Membership, Network
from directory.registration.offices import Office
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.registration.versions import Versions, check_version

CITIES_PER_QUERY = 500


def require_side(actor: Any, office: Office, membership: Membership) -> None:
    """Raise unless the actor speaks for the office, and the office is a side of the membership."""
    require(actor, Action.SPEAK_FOR, office)
    check_side(office, membership.city, membership.network)


def check_side(office: Office, city: City, network: Network) -> None:
    """Raise ``NotPossible`` where the office is neither the city nor the network."""
    if office not in (city, network):
        raise NotPossible(
            _("%(office)s is no side of this membership.") % {"office": office.name},
            code="no_side",
        )


def lock_city(city: City) -> None:
    """Let nobody else change the city's memberships until the transaction ends.

    Two periods that exclude each other stand in two rows, so no row of them can be locked.
    """
    lock_cities([city])


def lock_cities(cities: Iterable[City]) -> None:
    """Lock several cities, in one order, so that two who do never wait for each other."""
    keys = sorted({city.pk for city in cities})
    for start in range(0, len(keys), CITIES_PER_QUERY):
        some = City.objects.filter(pk__in=keys[start : start + CITIES_PER_QUERY])
        list(some.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def locked(changes: Changes, membership: Membership, versions: Versions = None) -> Membership:
    """Return the membership as it is now; nobody else writes it until the change set is closed.

    Raises ``NotPossible`` where it is gone, or is none of the ``versions`` that were seen.
    """
    lock_city(membership.city)
    changes.touch("memberships", [membership.public_id])
    found = Membership.objects.with_names().filter(pk=membership.pk).first()
    if found is None:
        raise NotPossible(_("This membership was taken back meanwhile."), code="gone")
    check_version(found, versions)
    return found


def fill(membership: Membership, said: dict[str, Any]) -> None:
    """Set what was said; saving is left to the caller."""
    for name, value in said.items():
        setattr(membership, name, value)
