"""Records that many pages show, read once while the data stand: networks, countries, issues.

A page of a city names its networks with their focus areas, a list of networks shows twenty with all
their facts: a few hundred records that are the same on every page. What is returned is shared by
all that ask: copy a record (``copy.copy``) before something is noted on it.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from directory.models import City, Country, Network
from directory.search.per_revision import PerRevision


class KnownNetworks(NamedTuple):
    """All public networks ``with_facts``, by primary key in the order of names, and by id.

    Two of the facts also as what is quick to compare, by primary key of the network: the ranks of
    its focus areas by theirs, and the codes of the countries that it names.
    """

    by_key: Mapping[int, Network]
    by_slug: Mapping[str, Network]
    ranks: Mapping[int, Mapping[int, int]]
    countries: Mapping[int, frozenset[str]]


def known_networks() -> KnownNetworks:
    """Return the networks as the data stand."""
    return _networks.get(timezone.now().date())


def known_countries() -> Mapping[str, Country]:
    """Return the countries with both their regions as the data stand, by code."""
    return _countries.get(timezone.now().date())


def known_predecessors(city: City) -> Sequence[City]:
    """Return the cities that a city has followed, by name; few have any."""
    return _predecessors.get(timezone.now().date()).get(city.pk, ())


def with_known_country(cities: Iterable[City]) -> list[City]:
    """Return cities, each given its country with both its regions without a query."""
    countries = known_countries()
    cities = list(cities)
    for city in cities:
        city.country = countries[city.country_id]
    return cities


def _read_networks(_day: datetime.date) -> KnownNetworks:
    networks = list(Network.objects.public().with_facts().by_name())
    return KnownNetworks(
        {network.pk: network for network in networks},
        {network.slug: network for network in networks},
        {
            network.pk: {link.focus_area_id: link.rank for link in network.focus_area_links.all()}
            for network in networks
        },
        {
            network.pk: frozenset(country.pk for country in network.countries.all())
            for network in networks
        },
    )


def _read_countries(_day: datetime.date) -> Mapping[str, Country]:
    return {country.pk: country for country in Country.objects.select_related("region__parent")}


def _read_predecessors(_day: datetime.date) -> Mapping[int, list[City]]:
    found: dict[int, list[City]] = {}
    for city in City.objects.public().filter(successor__isnull=False).by_name():
        found.setdefault(city.successor_id, []).append(city)
    return found


_networks = PerRevision(_read_networks, of=("networks", "focus_areas", "funders", "countries"))
_countries = PerRevision(_read_countries, of=("countries",))
_predecessors = PerRevision(_read_predecessors, of=("cities",))
