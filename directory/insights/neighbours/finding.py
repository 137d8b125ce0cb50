"""Who has most in common with a city or a network, and what they have in common with each other.

Cities are tied by the networks that both are in, networks by the cities that are in both. How
alike two are is what both have over what either has (see ``directory.insights.likeness``).
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from django.db.models import Count

from directory.insights.likeness import jaccard
from directory.insights.similar import LikeCity
from directory.models import City, Membership, Network
from directory.models.membership import MembershipQuerySet

MOST_NEIGHBOURS = 60
# Of all ties among neighbours these count as strong: the so many strongest of either end.
STRONGEST = 2

Record = City | Network


@dataclass(frozen=True)
class Neighbour:
    """A city or network near another one, the nearest of rank 1.

    ``shared`` is what both have, ``either`` what at least one of the two has.
    """

    rank: int
    record: Record
    shared: int
    either: int
    score: float


@dataclass(frozen=True)
class Tie:
    """What two neighbours have in common with each other, and how alike they are."""

    first: Neighbour
    second: Neighbour
    shared: int
    score: float

    @property
    def order(self) -> tuple[float, int, int, int]:
        """What ties are sorted by, the strongest first; total."""
        return (-self.score, -self.shared, self.first.rank, self.second.rank)

    def other(self, end: Neighbour) -> Neighbour:
        """Return the other end."""
        return self.second if end is self.first else self.first


@dataclass(frozen=True)
class Neighbourhood:
    """A city or network, its neighbours by rank, and the ties among these, the strongest first.

    ``found`` is how many there are that have enough in common with it, shown or not.
    """

    middle: Record
    neighbours: list[Neighbour]
    ties: list[Tie]
    found: int

    @cached_property
    def strong_ties(self) -> list[Tie]:
        """The ties that are among the two strongest of one of their ends, the strongest first."""
        strong = {tie.order for ties in self._by_end.values() for tie in ties[:STRONGEST]}
        return [tie for tie in self.ties if tie.order in strong]

    def strongest_of(self, neighbour: Neighbour) -> list[Tie]:
        """Return the strongest ties of a neighbour, the strongest first."""
        return self._by_end[neighbour.rank][:STRONGEST]

    @cached_property
    def _by_end(self) -> Mapping[int, list[Tie]]:
        found: dict[int, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.first.rank].append(tie)
            found[tie.second.rank].append(tie)
        return found


def cities_around(
    city: City, *, day: datetime.date, most: int = MOST_NEIGHBOURS, least: int
) -> Neighbourhood:
    """Return the cities most like one (two networks in common at least), likest first."""
    likes = [like for like in LikeCity(city, day=day).work_out() if like.shared >= least]
    nearest = [like.other for like in likes[:most]]
    records = City.objects.public().with_country().in_bulk(nearest)
    held = _held("city_id", "network_id", [city.pk, *nearest], day)
    return _neighbourhood(city, [records[pk] for pk in nearest], held, least, len(likes))


def networks_around(
    network: Network, *, day: datetime.date, most: int = MOST_NEIGHBOURS, least: int
) -> Neighbourhood:
    """Return the networks with most member cities in common with one, the most first."""
    memberships = _current(day)
    own = memberships.filter(network=network).values("city")
    together = (
        memberships.filter(city__in=own)
        .exclude(network=network)
        .values("network_id", "network__slug")
        .annotate(shared=Count("city", distinct=True))
        .filter(shared__gte=least)
    )
    ranked = sorted((-row["shared"], row["network__slug"], row["network_id"]) for row in together)
    nearest = [pk for _shared, _slug, pk in ranked[:most]]
    records = Network.objects.public().in_bulk(nearest)
    held = _held("network_id", "city_id", [network.pk, *nearest], day)
    return _neighbourhood(network, [records[pk] for pk in nearest], held, least, len(ranked))


def _current(day: datetime.date) -> MembershipQuerySet:
    return Membership.objects.public().current(day).order_by()


def _held(
    holder: str, item: str, holders: Collection[int], day: datetime.date
) -> Mapping[int, set[int]]:
    """Return what each holder has, by primary keys; one query."""
    held: dict[int, set[int]] = {pk: set() for pk in holders}
    rows = _current(day).filter(**{f"{holder}__in": list(holders)})
    for one, other in rows.values_list(holder, item):
        held[one].add(other)
    return held


def _neighbourhood(
    middle: Record,
    records: Sequence[Record],
    held: Mapping[int, set[int]],
    least: int,
    found: int,
) -> Neighbourhood:
    neighbours = []
    for rank, record in enumerate(records, start=1):
        shared, score = _in_common(held[middle.pk], held[record.pk])
        either = len(held[middle.pk] | held[record.pk])
        neighbours.append(Neighbour(rank, record, shared, either, score))
    ties = []
    for first, second in combinations(neighbours, 2):
        shared, score = _in_common(held[first.record.pk], held[second.record.pk])
        if shared >= least:
            ties.append(Tie(first, second, shared, score))
    return Neighbourhood(middle, neighbours, sorted(ties, key=lambda tie: tie.order), found)


def _in_common(one: set[int], other: set[int]) -> tuple[int, float]:
    shared = len(one & other)
    return shared, jaccard(shared, len(one), len(other))
