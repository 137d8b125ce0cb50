"""Cities like a city: those that are in the same networks, by Jaccard's index of memberships."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _

from directory.insights.likeness import (
    DIGITS,
    LEAST_SHARED,
    MOST_STORED,
    Like,
    jaccard,
    stored_likest,
)
from directory.models import City, Membership, Network
from directory.models.choices import NetworkStatus
from directory.models.network import NetworkQuerySet
from directory.search.known import KnownNetworks, known_networks, with_known_country

CITIES_ASKED = 25


class Measure(TextChoices):
    """How likeness is measured, from 0 to 1; only the first is stored."""

    JACCARD = "jaccard", _("networks of both over networks of either")
    OVERLAP = "overlap", _("networks of both over networks of the one that is in fewer")
    COSINE = "cosine", _("networks of both over the geometric mean of the networks of each")


def overlap(shared: int, own: int, others: int) -> float:
    """Return networks in common over those of the city in fewer (Szymkiewicz and Simpson)."""
    return round(shared / min(own, others), DIGITS)


def cosine(shared: int, own: int, others: int) -> float:
    """Return networks in common over the geometric mean of the networks of each (Salton)."""
    return round(shared / (own * others) ** 0.5, DIGITS)


SCORES = {Measure.JACCARD: jaccard, Measure.OVERLAP: overlap, Measure.COSINE: cosine}


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
        return self._named(self._ranked[:limit])

    def _named(self, likes: list[Like]) -> list[SimilarCity]:
        found = City.objects.public().filter(pk__in=[like.other for like in likes])
        cities = {city.pk: city for city in with_known_country(found)}
        return [SimilarCity(cities[like.other], like.score, like.shared) for like in likes]

    def networks(self, limit: int = 8) -> list[NetworkOfSimilarCities]:
        """Return networks that the city is not in and that the 25 cities most like it are.

        Weighed by likeness; only active networks that do not confine themselves to other countries.
        """
        similar = {pk: score for pk, score, _shared in self._ranked[:CITIES_ASKED]}
        if not similar:
            return []
        rows = self._memberships.filter(city__in=[*similar, self._city.pk])
        members: dict[int, set[int]] = defaultdict(set)
        for network, member in rows.values_list("network_id", "city_id"):
            members[network].add(member)
        known = known_networks()
        weights = {
            network: round(sum(sorted(similar[member] for member in cities)), 9)
            for network, cities in members.items()
            if self._city.pk not in cities and _is_open_to(self._city, network, known)
        }
        networks = known.by_key
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

    def by(self, measure: str, limit: int) -> list[SimilarCity]:
        """Return the cities most like it by another measure than the stored one, likest first."""
        ranked = self._ranked if measure == Measure.JACCARD else self.work_out(measure)
        return self._named(ranked[:limit])

    def work_out(self, measure: str = Measure.JACCARD) -> list[Like]:
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
            score = SCORES[measure](shared[other], len(self._own), networks)
            found.append((-score, -shared[other], slug, other))
        return [Like(other, -score, -count) for score, count, _slug, other in sorted(found)]


def _is_open_to(city: City, network: int, known: KnownNetworks) -> bool:
    """Tell whether a network is active and open to a city; ``closed_to`` asks the opposite."""
    countries = known.countries[network]
    is_closed = bool(countries) and city.country_id not in countries
    return known.by_key[network].status == NetworkStatus.ACTIVE and not is_closed


def closed_to(city: City) -> NetworkQuerySet:
    """Return the networks that name countries, and not this city's."""
    return Network.objects.filter(countries__isnull=False).exclude(countries=city.country_id)
