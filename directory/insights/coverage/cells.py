"""What is behind a figure of coverage: the networks and cities that are counted in it."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from directory.insights.coverage.counting import (
    RegionCoverage,
    coverage,
    networks_on_day,
)
from directory.models import City, FocusArea, Network, Region
from directory.models.membership import MembershipQuerySet
from directory.models.region import WORLD


@dataclass(frozen=True)
class NetworkThere:
    """A network, and how many listed member cities it has in the region."""

    network: Network
    cities: int


@dataclass(frozen=True)
class CityThere:
    """A city, and of how many of the networks it is a listed member."""

    city: City
    networks: int


@dataclass(frozen=True)
class Cell:
    """A focus area in a region, parts of both included.

    ``naming`` are networks that name the region, or a part of it, without a listed member there;
    ``worldwide`` those that name the world, likewise.
    """

    area: FocusArea
    figures: RegionCoverage
    networks: list[NetworkThere]
    naming: list[Network]
    worldwide: list[Network]
    cities: list[CityThere]


def cell(
    memberships: MembershipQuerySet, *, day: datetime.date, area: FocusArea, region: Region
) -> Cell:
    """Return what there is of a focus area in a region, by the memberships that count."""
    [row] = coverage(memberships, day=day, areas=[area])
    figures = next(each for each in row.regions if each.region.pk == region.pk)
    within = [region.pk, *region.parts.values_list("pk", flat=True)]
    at_work = Network.objects.public().filter(
        Q(focus_areas=area) | Q(focus_areas__parent=area), networks_on_day(day)
    )
    there = memberships.filter(
        network__in=at_work.values("pk"), city__country__region__in=within
    ).order_by()
    pairs = set(there.values_list("network_id", "city_id"))
    of_network = Counter(network for network, _city in pairs)
    of_city = Counter(city for _network, city in pairs)
    networks = list(at_work.distinct().prefetch_related("regions").order_by("name_key", "slug"))
    elsewhere = [each for each in networks if each.pk not in of_network]
    return Cell(
        area=area,
        figures=figures,
        networks=sorted(
            (NetworkThere(each, of_network[each.pk]) for each in networks if each.pk in of_network),
            key=lambda found: -found.cities,
        ),
        naming=[each for each in elsewhere if _names(each, within)],
        worldwide=[
            each for each in elsewhere if any(named.name == WORLD for named in each.regions.all())
        ],
        cities=[
            CityThere(city, of_city[city.pk])
            for city in City.objects.public()
            .filter(pk__in=of_city)
            .select_related("country")
            .order_by("name_key", "slug")
        ],
    )


def _names(network: Network, within: list[int]) -> bool:
    return any(named.pk in within for named in network.regions.all())
