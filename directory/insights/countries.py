"""Countries with their cities and networks, grouped as UN M49 groups them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from directory.insights.members import count_networks
from directory.models import City, Country, Network, Region
from directory.models.membership import current_on
from directory.models.network import NetworkQuerySet


@dataclass(frozen=True)
class Part:
    """A part of a continent with its countries, each with ``city_count``."""

    region: Region
    countries: list[Country]


@dataclass(frozen=True)
class Continent:
    """A continent with its parts."""

    region: Region
    parts: list[Part]


def continents_with_countries(*, day: datetime.date) -> list[Continent]:
    """Return all countries by region; ``city_count``: its cities in a network on ``day``."""
    countries = (
        Country.objects.public()
        .select_related("region__parent")
        .annotate(
            city_count=Count(
                "cities", filter=current_on(day, "cities__memberships__"), distinct=True
            )
        )
        .order_by("name_key", "code")
    )
    parts: dict[Region, list[Country]] = defaultdict(list)
    for country in countries:
        parts[country.region].append(country)
    continents: dict[Region, list[Part]] = defaultdict(list)
    for region in sorted(parts, key=lambda region: region.name_key):
        continents[parts[region][0].continent].append(Part(region, parts[region]))
    ordered = sorted(continents, key=lambda region: region.name_key)
    return [Continent(region, continents[region]) for region in ordered]


def cities_in(country: Country, *, day: datetime.date) -> list[City]:
    """Return the cities of a country by name, each with ``network_count``."""
    return count_networks(City.objects.public().filter(country=country).by_name(), day=day)


def networks_with_members_in(country: Country, *, day: datetime.date) -> NetworkQuerySet:
    """Return networks with members in a country, those with most first, with ``members_there``."""
    there = Q(memberships__city__country=country) & current_on(day, "memberships__")
    return (
        Network.objects.public()
        .annotate(members_there=Count("memberships__city", filter=there, distinct=True))
        .filter(members_there__gt=0)
        .order_by("-members_there", "name_key", "slug")
    )


def networks_based_in(country: Country) -> NetworkQuerySet:
    """Return networks whose headquarters are in a country."""
    return Network.objects.public().filter(headquarters_country=country).by_name()
