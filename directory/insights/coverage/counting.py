"""The figures of coverage, counted in memory from a few queries."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q

from directory.insights.coverage.populations import SMALLEST_TOWN, town_populations
from directory.models import Country, FocusArea, Funder, Network, NetworkFocusArea, Region
from directory.models.choices import NetworkStatus
from directory.models.membership import MembershipQuerySet
from directory.models.region import WORLD


@dataclass(frozen=True)
class RegionCoverage:
    """What a row has in a region, its parts included.

    ``with_members``: networks with a listed member city there. ``naming``: networks that name the
    region or a part of it. ``cities``: listed member cities there. ``level`` is 1 for a
    continent, 2 for a part of one. ``inhabitants``: people in towns (places of the gazetteer from
    15,000 inhabitants on) that are such cities; ``population``: people in all towns there.
    """

    region: Region
    level: int
    with_members: int
    naming: int
    cities: int
    inhabitants: int
    population: int

    @property
    def population_share(self) -> float | None:
        """Share of the people in towns who live in member cities (0 to 1); None without towns."""
        return round(self.inhabitants / self.population, 4) if self.population else None


@dataclass(frozen=True)
class RowCoverage:
    """What there is of a focus area or by a funder, in the world and in each region.

    A focus area counts with its parts. ``worldwide``: networks that name the world, which no
    region counts as naming it. ``stated`` sums up the members that networks say they have,
    ``listed_of_stated`` those members of the same networks that are listed here, of each at most
    as many as it says. ``unlisted``: networks at work of which no member is listed.
    """

    subject: FocusArea | Funder
    networks: int
    worldwide: int
    cities: int
    stated: int
    listed_of_stated: int
    unlisted: frozenset[int]
    regions: list[RegionCoverage] = field(default_factory=list)

    @property
    def listed_share(self) -> float | None:
        """Share of the stated members that are listed here (0 to 1); None where none is stated."""
        return round(self.listed_of_stated / self.stated, 4) if self.stated else None


def coverage(
    memberships: MembershipQuerySet, *, day: datetime.date, areas: Collection[FocusArea] = ()
) -> list[RowCoverage]:
    """Return the coverage of focus areas in display order, by region; eight queries.

    ``memberships`` are those that count, such as the current ones; networks are those that there
    were on ``day``; ``areas`` the focus areas asked for, all where none is named.
    """
    return _Table(memberships, day).areas({area.pk for area in areas})


def coverage_by_funder(memberships: MembershipQuerySet, *, day: datetime.date) -> list[RowCoverage]:
    """Return the same of all funders that pay for a network, by name."""
    return _Table(memberships, day).funders()


def listed_of_stated(memberships: MembershipQuerySet, *, day: datetime.date) -> tuple[int, int]:
    """Return how many of the members that networks state are listed here, and how many those are.

    Of each network at most as many are listed as it states.
    """
    stating = Network.objects.public().filter(networks_on_day(day), stated_members__gt=0)
    stated = dict(stating.values_list("pk", "stated_members"))
    counted = memberships.order_by().values_list("network_id")
    cities = dict(counted.annotate(Count("city_id", distinct=True)))
    listed = sum(min(number, cities.get(network, 0)) for network, number in stated.items())
    return listed, sum(stated.values())


def networks_on_day(day: datetime.date) -> Q:
    """Return the condition on networks that may have been at work on a day, by their years.

    One that has ended in a year that is not known is taken to have ended before.
    """
    begun = Q(founded__isnull=True) | Q(founded__lte=day.year)
    at_work = Q(status__in=[NetworkStatus.ACTIVE, NetworkStatus.DORMANT])
    return begun & (Q(ended__gte=day.year) | (Q(ended__isnull=True) & at_work))


class Regions:
    """The regions of the world, in memory."""

    def __init__(self) -> None:
        self.by_pk: Mapping[int, Region] = {region.pk: region for region in Region.objects.all()}

    def with_whole(self, region: int | None) -> Iterator[int]:
        """Yield a region and the continent that it is a part of, without the world."""
        while region is not None and self.by_pk[region].name != WORLD:
            yield region
            region = self.by_pk[region].parent_id

    def level(self, region: Region) -> int:
        """Return 1 for a continent, 2 for a part of one."""
        whole = self.by_pk.get(region.parent_id)
        return 1 if whole is None or whole.name == WORLD else 2

    def in_order(self) -> list[Region]:
        """Return the continents by name, each before its parts."""

        def place(region: Region) -> tuple:
            whole = self.by_pk[region.parent_id] if self.level(region) == 2 else region
            return (whole.name_key, whole.slug, self.level(region), region.name_key, region.slug)

        return sorted((r for r in self.by_pk.values() if r.name != WORLD), key=place)


class _Table:
    """What coverage is counted from, in memory."""

    def __init__(self, memberships: MembershipQuerySet, day: datetime.date) -> None:
        self.stated = dict(
            Network.objects.public()
            .filter(networks_on_day(day))
            .values_list("pk", "stated_members")
        )
        self.regions = Regions()
        self.named: dict[int, set[int]] = defaultdict(set)
        self.worldwide: set[int] = set()
        for network, region in Network.regions.through.objects.values_list(
            "network_id", "region_id"
        ):
            self.named[network].update(self.regions.with_whole(region))
            if self.regions.by_pk[region].name == WORLD:
                self.worldwide.add(network)
        of_country = dict(Country.objects.public().values_list("pk", "region_id"))
        self.members: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.cities: dict[int, set[int]] = defaultdict(set)
        self.inhabitants: dict[int, int] = {}
        rows = memberships.order_by().values_list(
            "network_id", "city_id", "city__country_id", "city__place__population"
        )
        for network, city, country, population in rows:
            self.cities[network].add(city)
            self.inhabitants[city] = population if (population or 0) >= SMALLEST_TOWN else 0
            for region in self.regions.with_whole(of_country[country]):
                self.members[network][region].add(city)
        self.populations: dict[int, int] = defaultdict(int)
        for finest, population in town_populations.get(day).items():
            for region in self.regions.with_whole(finest):
                self.populations[region] += population

    def areas(self, asked: Collection[int]) -> list[RowCoverage]:
        """Return each focus area asked for with its figures."""
        own: dict[int, set[int]] = defaultdict(set)
        for area, network in NetworkFocusArea.objects.values_list("focus_area_id", "network_id"):
            own[area].add(network)
        areas = list(FocusArea.objects.public().in_display_order())
        found = []
        for area in areas:
            if not asked or area.pk in asked:
                parts = (part.pk for part in areas if part.parent_id == area.pk)
                found.append(self._row(area, own[area.pk].union(*(own[part] for part in parts))))
        return found

    def funders(self) -> list[RowCoverage]:
        """Return each funder of a network with its figures."""
        own: dict[int, set[int]] = defaultdict(set)
        for funder, network in Network.funders.through.objects.values_list(
            "funder_id", "network_id"
        ):
            own[funder].add(network)
        rows = (
            self._row(funder, own[funder.pk])
            for funder in Funder.objects.public().order_by("name_key", "slug")
        )
        return [row for row in rows if row.networks]

    def _row(self, subject: FocusArea | Funder, networks: Collection[int]) -> RowCoverage:
        networks = networks & self.stated.keys()
        stating = {pk: self.stated[pk] for pk in networks if self.stated[pk]}
        return RowCoverage(
            subject=subject,
            networks=len(networks),
            worldwide=len(networks & self.worldwide),
            cities=len(set().union(*(self.cities[pk] for pk in networks))),
            stated=sum(stating.values()),
            listed_of_stated=sum(min(n, len(self.cities[pk])) for pk, n in stating.items()),
            unlisted=frozenset(pk for pk in networks if not self.cities[pk]),
            regions=[self._region(region, networks) for region in self.regions.in_order()],
        )

    def _region(self, region: Region, networks: Collection[int]) -> RegionCoverage:
        there = [self.members[pk][region.pk] for pk in networks if region.pk in self.members[pk]]
        cities: set[int] = set().union(*there)
        return RegionCoverage(
            region=region,
            level=self.regions.level(region),
            with_members=len(there),
            naming=sum(1 for pk in networks if region.pk in self.named[pk]),
            cities=len(cities),
            inhabitants=sum(self.inhabitants[city] for city in cities),
            population=self.populations[region.pk],
        )
