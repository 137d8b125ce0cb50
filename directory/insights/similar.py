"""Cities like a city: those that are in the same networks, by Jaccard's index of memberships."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from directory.insights.likeness import LEAST_SHARED, MOST_STORED, Like, jaccard, stored_likest
from directory.models import City, Membership, Network
from directory.models.choices import NetworkStatus
from directory.models.network import NetworkQuerySet

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


class LikeCity:
    """What can be said of the cities like one city on a day: what is stored, where that holds."""

    def __init__(self, city: City, *, day: datetime.date) -> None:
        self._city = city
        self._day = day
        self._memberships = Membership.objects.public().current(day).order_by()

    def cities(self, limit: int = 8) -> list[SimilarCity]:
        """Return the cities most like it, the likest first; at least two networks shared."""
        best = self._ranked[:limit]
        cities = City.objects.public().with_country().in_bulk([pk for pk, _score, _shared in best])
        return [SimilarCity(cities[pk], score, shared) for pk, score, shared in best]

    def networks(self, limit: int = 8) -> list[NetworkOfSimilarCities]:
        """Return networks that the city is not in and that the 25 cities most like it are.

        Weighed by likeness; only active networks that do not confine themselves to other countries.
        """
        similar = {pk: score for pk, score, _shared in self._ranked[:CITIES_ASKED]}
        rows = (
            self._memberships.filter(city__in=list(similar), network__status=NetworkStatus.ACTIVE)
            .exclude(network__in=self._own)
            .exclude(network__in=_closed_to(self._city).values("pk"))
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

    @cached_property
    def _own(self) -> set[int]:
        return set(self._memberships.filter(city=self._city).values_list("network_id", flat=True))

    @cached_property
    def _ranked(self) -> list[Like]:
        """The cities most like it, the likest first."""
        stored = stored_likest(self._city, day=self._day)
        return self.work_out()[:MOST_STORED] if stored is None else stored

    def work_out(self) -> list[Like]:
        """Return all cities like it from memberships alone, the likest first, the order total."""
        together = (
            self._memberships.filter(network__in=self._own)
            .exclude(city=self._city)
            .values("city_id")
            .annotate(shared=Count("network", distinct=True))
            .filter(shared__gte=LEAST_SHARED)
        )
        shared = {row["city_id"]: row["shared"] for row in together}
        sizes = (
            self._memberships.filter(city__in=list(shared))
            .values_list("city_id", "city__slug")
            .annotate(networks=Count("network", distinct=True))
        )
        found = []
        for other, slug, networks in sizes:
            score = jaccard(shared[other], len(self._own), networks)
            found.append((-score, -shared[other], slug, other))
        return [Like(other, -score, -count) for score, count, _slug, other in sorted(found)]


def _closed_to(city: City) -> NetworkQuerySet:
    """Return the networks that name countries, and not this city's."""
    return Network.objects.filter(countries__isnull=False).exclude(countries=city.country_id)
