"""Networks or cities side by side: what all of them share, what some do, what is of one alone."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from directory.models import City, FocusArea, Membership, Network, NetworkFocusArea

LEAST_COMPARED = 2
MOST_COMPARED = 4
# A list longer than this is cut; its count still says how long it is.
LONGEST_LIST = 50


@dataclass(frozen=True)
class Overlap:
    """What just these of the records compared have, and no other of them.

    The overlaps of a comparison have no item twice: together they are everything that any has.
    """

    holders: list[Any]
    items: list[Any]
    compared: int

    @property
    def is_of_all(self) -> bool:
        """Whether every record compared has them."""
        return len(self.holders) == self.compared

    @property
    def is_of_both(self) -> bool:
        """Whether two records are compared and both have them."""
        return self.is_of_all and self.compared == LEAST_COMPARED

    @property
    def is_of_one(self) -> bool:
        """Whether one record alone has them."""
        return len(self.holders) == 1

    @property
    def shown(self) -> list[Any]:
        """As many as a page lists."""
        return self.items[:LONGEST_LIST]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, len(self.items) - LONGEST_LIST)


@dataclass(frozen=True)
class Pair:
    """Two of the records compared: how much both have, and how much either has."""

    first: Any
    second: Any
    both: int
    either: int


@dataclass(frozen=True)
class Sharing:
    """Who of some records has what: overlaps from what all have to what one has; pairs.

    ``held`` are primary keys of items by that of the record that has them.
    """

    compared: list[Any]
    held: Mapping[int, set[int]]
    overlaps: list[Overlap]
    pairs: list[Pair]

    @property
    def sizes(self) -> list[int]:
        """How much each of the records has."""
        return [len(self.held[record.pk]) for record in self.compared]

    def overlap_of(self, slugs: Iterable[str]) -> Overlap | None:
        """Return what just the records of these ids have; None where that is nothing."""
        wanted = set(slugs)
        found = (each for each in self.overlaps if {one.slug for one in each.holders} == wanted)
        return next(found, None)

    @property
    def in_all(self) -> int:
        """How much all of them have."""
        return sum(len(overlap.items) for overlap in self.overlaps if overlap.is_of_all)

    @property
    def in_any(self) -> int:
        """How much any of them has."""
        return sum(len(overlap.items) for overlap in self.overlaps)


@dataclass(frozen=True)
class NetworkComparison:
    """Networks with facts and ``listed_members``; their focus areas and their member cities."""

    networks: list[Network]
    focus_areas: Sharing
    members: Sharing


@dataclass(frozen=True)
class AreaCover:
    """A focus area, and how many networks of each city work on it or on a part of it."""

    area: FocusArea
    by_city: list[tuple[City, int]]


@dataclass(frozen=True)
class CityComparison:
    """Cities with ``listed_networks``; the networks that they are in, and what those work on."""

    cities: list[City]
    networks: Sharing
    areas: list[AreaCover]


def compare_networks(networks: Sequence[Network], *, day: datetime.date) -> NetworkComparison:
    """Compare networks, loaded with ``with_facts``, on a day; three queries.

    A network works on an area also where it works on a part of it.
    """
    members = members_shared(networks, day=day)
    areas = {
        network.pk: {
            pk
            for link in network.focus_area_links.all()
            for pk in (link.focus_area_id, link.focus_area.parent_id)
            if pk
        }
        for network in networks
    }
    for network, size in zip(networks, members.sizes, strict=True):
        network.listed_members = size
    in_order = FocusArea.objects.public().in_display_order()
    return NetworkComparison(
        networks=list(networks),
        focus_areas=share(networks, areas, in_order),
        members=members,
    )


def members_shared(networks: Sequence[Network], *, day: datetime.date) -> Sharing:
    """Return which cities, by name, are in which of some networks on a day; two queries."""
    held = _held(networks, day, "network_id", "city_id")
    # As a subquery: there may be more cities than a statement takes parameters.
    rows = Membership.objects.public().current(day).filter(network__in=networks).order_by()
    cities = City.objects.public().filter(pk__in=rows.values("city"))
    return share(networks, held, cities.select_related("country").by_name())


def compare_cities(cities: Sequence[City], *, day: datetime.date) -> CityComparison:
    """Compare cities on a day: their networks, and the focus areas of those; four queries."""
    networks = networks_shared(cities, day=day)
    for city, size in zip(cities, networks.sizes, strict=True):
        city.listed_networks = size
    return CityComparison(
        cities=list(cities), networks=networks, areas=_cover(cities, networks.held)
    )


def networks_shared(cities: Sequence[City], *, day: datetime.date) -> Sharing:
    """Return which networks, by name, have which of some cities as members; two queries."""
    held = _held(cities, day, "city_id", "network_id")
    networks = Network.objects.public().filter(pk__in=set().union(*held.values()))
    return share(cities, held, networks.by_name())


def share(compared: Sequence[Any], held: Mapping[int, set[int]], items: Iterable[Any]) -> Sharing:
    """Return who has what of ``items``, each overlap in their order.

    ``held`` are primary keys of items by that of the record that has them.
    """
    found: dict[tuple[int, ...], list[Any]] = defaultdict(list)
    for item in items:
        places = tuple(i for i, record in enumerate(compared) if item.pk in held[record.pk])
        if places:
            found[places].append(item)
    order = sorted(found, key=lambda places: (-len(places), places))
    return Sharing(
        compared=list(compared),
        held=held,
        overlaps=[
            Overlap([compared[i] for i in places], found[places], len(compared)) for places in order
        ],
        pairs=[
            Pair(a, b, len(held[a.pk] & held[b.pk]), len(held[a.pk] | held[b.pk]))
            for a, b in combinations(compared, 2)
        ],
    )


def _held(
    compared: Sequence[Any], day: datetime.date, holder: str, item: str
) -> dict[int, set[int]]:
    """Return the other ends of current memberships by primary key of the record compared."""
    held: dict[int, set[int]] = {record.pk: set() for record in compared}
    rows = Membership.objects.public().current(day).filter(**{f"{holder}__in": list(held)})
    for record, other in rows.order_by().values_list(holder, item):
        held[record].add(other)
    return held


def _cover(cities: Sequence[City], held: Mapping[int, set[int]]) -> list[AreaCover]:
    """Return the areas that a network of any of the cities works on, in display order."""
    working: dict[int, set[int]] = defaultdict(set)
    links = NetworkFocusArea.objects.filter(network__in=set().union(*held.values())).order_by()
    for network, area, parent in links.values_list(
        "network_id", "focus_area_id", "focus_area__parent_id"
    ):
        working[area].add(network)
        if parent:
            working[parent].add(network)
    return [
        AreaCover(area, [(city, len(working[area.pk] & held[city.pk])) for city in cities])
        for area in FocusArea.objects.public().in_display_order()
        if area.pk in working
    ]
