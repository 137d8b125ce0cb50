"""Coverage: which focus areas have networks and listed members in which region of the world.

Its holes are the gaps. Absence here is absence from the directory, not from the world.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from directory.models import Country, FocusArea, Network, NetworkFocusArea, Region
from directory.models.choices import NetworkStatus
from directory.models.membership import MembershipQuerySet
from directory.models.region import WORLD


@dataclass(frozen=True)
class RegionCoverage:
    """What there is of a focus area in a region, its parts included.

    ``with_members``: networks with a listed member city there. ``naming``: networks that name the
    region or a part of it. ``cities``: listed member cities there. ``level`` is 1 for a
    continent, 2 for a part of one.
    """

    region: Region
    level: int
    with_members: int
    naming: int
    cities: int


@dataclass(frozen=True)
class AreaCoverage:
    """What there is of a focus area, its parts included, in the world and in each region.

    ``worldwide``: networks that name the world, which no region counts as naming it.
    ``stated`` sums up the members that networks say they have, ``listed_of_stated`` those members
    of the same networks that are listed here, of each at most as many as it says.
    """

    area: FocusArea
    networks: int
    worldwide: int
    cities: int
    stated: int
    listed_of_stated: int
    regions: list[RegionCoverage] = field(default_factory=list)

    @property
    def listed_share(self) -> float | None:
        """Share of the stated members that are listed here (0 to 1); None where none is stated."""
        return round(self.listed_of_stated / self.stated, 4) if self.stated else None


def coverage(
    memberships: MembershipQuerySet, *, day: datetime.date, areas: Collection[FocusArea] = ()
) -> list[AreaCoverage]:
    """Return the coverage of focus areas in display order, by region; seven queries.

    ``memberships`` are those that count, such as the current ones; networks are those that there
    were on ``day``; ``areas`` the focus areas asked for, all where none is named.
    """
    asked = {area.pk for area in areas}
    return list(_Table(memberships, day).areas(asked))


def networks_on_day(day: datetime.date) -> Q:
    """Return the condition on networks that may have been at work on a day, by their years.

    One that has ended in a year that is not known is taken to have ended before.
    """
    begun = Q(founded__isnull=True) | Q(founded__lte=day.year)
    at_work = Q(status__in=[NetworkStatus.ACTIVE, NetworkStatus.DORMANT])
    return begun & (Q(ended__gte=day.year) | (Q(ended__isnull=True) & at_work))


class _Table:
    """What coverage is counted from, in memory."""

    def __init__(self, memberships: MembershipQuerySet, day: datetime.date) -> None:
        self.stated = dict(
            Network.objects.public()
            .filter(networks_on_day(day))
            .values_list("pk", "stated_members")
        )
        self.regions = {region.pk: region for region in Region.objects.all()}
        self.named: dict[int, set[int]] = defaultdict(set)
        self.worldwide: set[int] = set()
        for network, region in Network.regions.through.objects.values_list(
            "network_id", "region_id"
        ):
            self.named[network].update(self._with_whole(region))
            if self.regions[region].name == WORLD:
                self.worldwide.add(network)
        of_country = dict(Country.objects.public().values_list("pk", "region_id"))
        self.members: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.cities: dict[int, set[int]] = defaultdict(set)
        rows = memberships.order_by().values_list("network_id", "city_id", "city__country_id")
        for network, city, country in rows:
            self.cities[network].add(city)
            for region in self._with_whole(of_country[country]):
                self.members[network][region].add(city)

    def _with_whole(self, region: int) -> Iterator[int]:
        """Yield a region and the continent that it is a part of, without the world."""
        while region is not None and self.regions[region].name != WORLD:
            yield region
            region = self.regions[region].parent_id

    def areas(self, asked: set[int]) -> Iterator[AreaCoverage]:
        """Yield each focus area asked for with its figures."""
        own: dict[int, set[int]] = defaultdict(set)
        for area, network in NetworkFocusArea.objects.values_list("focus_area_id", "network_id"):
            own[area].add(network)
        areas = list(FocusArea.objects.public().in_display_order())
        for area in areas:
            if asked and area.pk not in asked:
                continue
            parts = (part.pk for part in areas if part.parent_id == area.pk)
            networks = own[area.pk].union(*(own[part] for part in parts)) & self.stated.keys()
            yield self._area(area, networks)

    def _area(self, area: FocusArea, networks: set[int]) -> AreaCoverage:
        stating = {pk: self.stated[pk] for pk in networks if self.stated[pk]}
        return AreaCoverage(
            area=area,
            networks=len(networks),
            worldwide=len(networks & self.worldwide),
            cities=len(set().union(*(self.cities[pk] for pk in networks))),
            stated=sum(stating.values()),
            listed_of_stated=sum(min(n, len(self.cities[pk])) for pk, n in stating.items()),
            regions=[self._region(region, networks) for region in self._in_order()],
        )

    def _region(self, region: Region, networks: set[int]) -> RegionCoverage:
        there = [self.members[pk][region.pk] for pk in networks if region.pk in self.members[pk]]
        return RegionCoverage(
            region=region,
            level=self._level(region),
            with_members=len(there),
            naming=sum(1 for pk in networks if region.pk in self.named[pk]),
            cities=len(set().union(*there)),
        )

    def _in_order(self) -> list[Region]:
        """Return the continents by name, each before its parts."""

        def place(region: Region) -> tuple:
            whole = self.regions[region.parent_id] if self._level(region) == 2 else region
            return (whole.name_key, whole.slug, self._level(region), region.name_key, region.slug)

        return sorted((r for r in self.regions.values() if r.name != WORLD), key=place)

    def _level(self, region: Region) -> int:
        whole = self.regions.get(region.parent_id)
        return 1 if whole is None or whole.name == WORLD else 2
