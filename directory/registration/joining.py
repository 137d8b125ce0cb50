"""What a new membership needs: a city and a network that are there, and stay there meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from directory.models import City, Network
from directory.models.choices import NetworkStatus
from directory.registration.problems import Invalid, NotPossible
from directory.registration.sides import lock_city


def lock_sides(city: City, network: Network) -> None:
    """Hold a city's memberships still, and keep both sides from being merged away meanwhile.

    Raises ``NotPossible`` where one of them was.
    """
    lock_city(city)
    if not City.objects.filter(pk=city.pk).exists() or not _keep(network):
        raise NotPossible(
            _("This city or this network was merged meanwhile. Load the page again."), code="gone"
        )


def _keep(network: Network) -> bool:
    """Whether the network is there, as it is until the transaction ends; others may write it."""
    if connection.vendor != "postgresql":
        return Network.objects.filter(pk=network.pk).exists()
    table = connection.ops.quote_name(Network._meta.db_table)
    with connection.cursor() as cursor:
        # A lock that Django has no word for: shared with other memberships being written.
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [network.pk])  # noqa: S608
        return cursor.fetchone() is not None


def check_not_over(city: City, network: Network, said: Mapping[str, Any]) -> None:
    """Refuse an open membership of a city, or in a network, that is there no more.

    Raises ``NotPossible`` with the one it became part of as ``existing``, else ``Invalid``.
    """
    if network.status == NetworkStatus.MERGED:
        raise NotPossible(
            _("%(network)s became part of %(other)s. Add the membership there.")
            % {"network": network.name, "other": network.merged_into},
            code="merged",
            existing=network.merged_into,
        )
    if said.get("left") or said.get("ended"):
        return
    if network.status == NetworkStatus.ENDED:
        raise Invalid({"left": [_("This network has ended. Write until when the city was in it.")]})
    if city.successor:
        raise NotPossible(
            _(
                "%(city)s became part of %(other)s. Add the membership there, or write when it "
                "ended."
            )
            % {"city": city.name, "other": city.successor.name},
            code="merged",
            existing=city.successor,
        )
    if city.ended is not None:
        raise Invalid({"left": [_("This city has ended. Write until when it was in the network.")]})
