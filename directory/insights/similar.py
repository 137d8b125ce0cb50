"""Cities like a city: those that are in the same networks.

Likeness is the Jaccard index of current memberships: networks that both cities are in, over
networks that either is in (P. Jaccard, 1912, The New Phytologist 11(2)).
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from directory.models import City, Membership, Network
from directory.models.choices import NetworkStatus

# One network in common says little, whatever share it makes up.
LEAST_SHARED = 2
CITIES_ASKED = 25


@dataclass(frozen=True)
class SimilarCity:
    """A city with its likeness (0 to 1) and how many networks it shares."""

    city: City
    score: float
    shared: int


@dataclass(frozen=True)
class NetworkOfSimilarCities:
    """A network that a city is not in, and how many of the cities like it are."""

    network: Network
    cities: int


def similar_cities(city: City, *, day: datetime.date, limit: int = 8) -> list[SimilarCity]:
    """Return the cities most like ``city``, the likest first; at least two networks shared."""
    best = _most_similar(city, day)[:limit]
    cities = City.objects.public().with_country().in_bulk([pk for pk, _score, _shared in best])
    return [SimilarCity(cities[pk], score, shared) for pk, score, shared in best]


def networks_of_similar_cities(
    city: City, *, day: datetime.date, limit: int = 8
) -> list[NetworkOfSimilarCities]:
    """Return networks that ``city`` is not in and that the 25 cities most like it are.

    Weighed by likeness; only active networks that do not confine themselves to other countries.
    """
    similar = {pk: score for pk, score, _shared in _most_similar(city, day)[:CITIES_ASKED]}
    memberships = Membership.objects.public().current(day)
    rows = (
        memberships.filter(city__in=list(similar), network__status=NetworkStatus.ACTIVE)
        .exclude(network__in=memberships.filter(city=city).values("network"))
        .exclude(network__in=_closed_to(city).values("pk"))
        .order_by()
        .values_list("network_id", "city_id")
        .distinct()
    )
    members: dict[int, list[int]] = defaultdict(list)
    for network, member in rows:
        members[network].append(member)
    weights = {
        network: round(sum(sorted(similar[member] for member in cities)), 9)
        for network, cities in members.items()
    }
    networks = Network.objects.public().in_bulk(list(weights))
    order = sorted(weights, key=lambda pk: (-weights[pk], networks[pk].name_key, pk))[:limit]
    return [NetworkOfSimilarCities(networks[pk], len(members[pk])) for pk in order]


def _closed_to(city: City) -> "Network.objects":
    """Return the networks that name countries, and not this city's."""
    return Network.objects.filter(countries__isnull=False).exclude(countries=city.country_id)


def _most_similar(city: City, day: datetime.date) -> list[tuple[int, float, int]]:
    """Return (city, likeness, shared networks), the likest first, the order total."""
    memberships = Membership.objects.public().current(day).order_by()
    own = set(memberships.filter(city=city).values_list("network_id", flat=True))
    together = (
        memberships.filter(network__in=own)
        .exclude(city=city)
        .values("city_id")
        .annotate(shared=Count("network", distinct=True))
        .filter(shared__gte=LEAST_SHARED)
    )
    shared = {row["city_id"]: row["shared"] for row in together}
    sizes = dict(
        memberships.filter(city__in=list(shared))
        .values_list("city_id")
        .annotate(Count("network", distinct=True))
    )
    found = [
        (other, round(count / (len(own) + sizes[other] - count), 9), count)
        for other, count in shared.items()
    ]
    slugs = dict(City.objects.filter(pk__in=list(shared)).values_list("pk", "slug"))
    return sorted(found, key=lambda item: (-item[1], -item[2], slugs[item[0]]))
