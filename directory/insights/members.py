"""Members of a network: who is, who was, who will be, and how many are listed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from directory.models import City, Membership, Network
from directory.models.as_of import AsOf
from directory.models.membership import MembershipQuerySet, counted_on


@dataclass(frozen=True)
class MemberLists:
    """A network's memberships on a day, each list by country and name of the city."""

    current: MembershipQuerySet
    coming: MembershipQuerySet
    past: MembershipQuerySet


def members_of(
    network: Network, *, day: datetime.date, find: str = "", as_of: AsOf | None = None
) -> MemberLists:
    """Return the members of a network; ``find`` keeps cities or countries whose name holds it.

    As of a date, they are those of that day alone, each with its ``as_of_answer``.
    """
    memberships = (
        Membership.objects.public()
        .filter(network=network)
        .select_related("city__country")
        .prefetch_related("statements")
        .order_by(
            "city__country__name_key", "city__name_key", "city__slug", "joined_first_day", "pk"
        )
    )
    if find:
        memberships = memberships.called(find)
    if as_of:
        then = memberships.as_of(as_of.day, strict=as_of.strict)
        return MemberLists(current=then, coming=memberships.none(), past=memberships.none())
    current = memberships.current(day)
    others = memberships.exclude(pk__in=current.order_by().values("pk"))
    return MemberLists(
        current=current,
        coming=others.filter(joined_first_day__gt=day),
        past=others.filter(joined_first_day__lte=day),
    )


def count_listed_members(
    networks: Iterable[Network], *, day: datetime.date, as_of: AsOf | None = None
) -> list[Network]:
    """Return the networks, each given ``listed_members``: its cities on ``day``; one query."""
    networks = list(networks)
    counts = dict(
        Membership.objects.public()
        .filter(counted_on(day, as_of))
        .filter(network__in=[network.pk for network in networks])
        .order_by()
        .values_list("network")
        .annotate(Count("city", distinct=True))
    )
    for network in networks:
        network.listed_members = counts.get(network.pk, 0)
    return networks


def count_networks(cities: Iterable[City], *, day: datetime.date) -> list[City]:
    """Return the cities, each given ``network_count``: its networks on ``day``; one query."""
    cities = list(cities)
    counts = dict(
        Membership.objects.public()
        .current(day)
        .filter(city__in=[city.pk for city in cities])
        .order_by()
        .values_list("city")
        .annotate(Count("network", distinct=True))
    )
    for city in cities:
        city.network_count = counts.get(city.pk, 0)
    return cities
