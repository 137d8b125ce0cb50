"""Who bears a name: places of the gazetteer and listed cities, read for many names at once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from directory.gazetteer.spelling import halves
from directory.models import City, Label, Place, PlaceName
from directory.models.text import fold
from directory.search.per_revision import PerRevision

KEYS_PER_QUERY = 500
PLACE_COLUMNS = (
    "geonameid",
    "name",
    "country_code",
    "admin1_code",
    "admin1_name",
    "latitude",
    "longitude",
    "population",
)


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """A place, a listed city, or a city with its place; ``geonameid`` 0 is a city without one."""

    geonameid: int
    name: str
    country: str
    admin1_code: str
    admin1_name: str
    latitude: float
    longitude: float
    population: int
    slug: str = ""
    key: str = ""
    is_in_gazetteer: bool = True


class Bearing(NamedTuple):
    """That somebody bears a name: as its own, or as one of its others.

    ``is_shared``: so do places of the country that this gazetteer leaves out.
    """

    bearer: Bearer
    is_own: bool
    is_shared: bool = False


@dataclass(frozen=True)
class ListedCities:
    """The cities of the directory: by the key of each name that is no place's, and by place.

    ``keys_of_number`` finds the keys that a slip away may be meant (gazetteer.spelling), within
    a country and, for its empty code, within all of them.
    """

    by_key: Mapping[str, tuple[Bearer, ...]]
    slug_of_place: Mapping[int, tuple[str, str]]
    keys_of_number: Mapping[int, frozenset[str]]


def _read_listed(_day: datetime.date) -> ListedCities:
    by_key: dict[str, dict[str, Bearer]] = defaultdict(dict)
    of_city: dict[int, Bearer] = {}
    slugs: dict[int, tuple[str, str]] = {}
    rows = City.objects.public().values_list(
        "pk", "place_id", "name", "country", *PLACE_COLUMNS[3:], "slug", "name_key"
    )
    for pk, place, name, country, code, division, north, east, population, slug, key in rows:
        bearer = Bearer(
            place or 0,
            name,
            country,
            code,
            division,
            north,
            east,
            population or 0,
            slug,
            key,
            is_in_gazetteer=False,
        )
        of_city[pk] = by_key[key][slug] = bearer
        if place:
            slugs[place] = slug, key
    for pk, name in Label.objects.filter(city__isnull=False).values_list("city", "name"):
        by_key[fold(name)][of_city[pk].slug] = of_city[pk]
    of_number: dict[int, set[str]] = defaultdict(set)
    for key, each in by_key.items():
        for country in {"", *(bearer.country for bearer in each.values())}:
            for number in filter(None, halves(country, key)):
                of_number[number].add(key)
    return ListedCities(
        {key: tuple(each.values()) for key, each in by_key.items()},
        slugs,
        {number: frozenset(keys) for number, keys in of_number.items()},
    )


listed_cities = PerRevision(_read_listed, of=("cities", "labels", "places"))


class Bearers:
    """The bearers of the names asked for so far; ``read`` asks for more."""

    def __init__(self, listed: ListedCities) -> None:
        self._listed = listed
        self._of_key: dict[str, list[Bearing]] = {}
        self._of_place: dict[int, Bearer] = {}

    def of(self, key: str) -> list[Bearing]:
        """Return who bears a name that was read."""
        return self._of_key.get(key, [])

    def read(self, keys: Iterable[str]) -> None:
        """Read who bears these names, in a query per 500 of them."""
        wanted = sorted(set(keys) - self._of_key.keys())
        found: dict[str, dict[int, bool]] = {key: {} for key in wanted}
        for batch in batches(wanted):
            names = PlaceName.objects.filter(key__in=batch)
            for key, place, is_shared in names.values_list("key", "place_id", "is_shared"):
                found[key][place] = is_shared
        for key, places in found.items():
            for city in self._listed.by_key.get(key, ()):
                places.setdefault(city.geonameid, False)
        self.read_places({place for places in found.values() for place in places})
        for key, places in found.items():
            self._of_key[key] = self._bearings(key, places)

    def read_places(self, ids: Iterable[int]) -> None:
        """Read places by their ids."""
        for batch in batches(sorted(set(ids) - self._of_place.keys())):
            for row in Place.objects.filter(pk__in=batch).values_list(*PLACE_COLUMNS):
                slug, _key = self._listed.slug_of_place.get(row[0], ("", ""))
                self._of_place[row[0]] = Bearer(*row, slug, fold(row[1]))

    def place(self, geonameid: int) -> Bearer:
        """Return a place that was read."""
        return self._of_place[geonameid]

    def _bearings(self, key: str, places: dict[int, bool]) -> list[Bearing]:
        bearings: dict[int | str, Bearing] = {}
        for place in sorted(places.keys() & self._of_place.keys()):
            bearer = self._of_place[place]
            own = (bearer.key, self._listed.slug_of_place.get(place, ("", ""))[1])
            bearings[place] = Bearing(bearer, key in own, places[place])
        for city in self._listed.by_key.get(key, ()):
            # A city whose place the gazetteer has is that place; else it stands for itself.
            bearings.setdefault(city.geonameid or city.slug, Bearing(city, is_own=True))
        return list(bearings.values())


def batches(items: Iterable, size: int = KEYS_PER_QUERY) -> Iterator[list]:
    """Yield the items in lists that fit into one query."""
    walk = iter(items)
    while batch := list(islice(walk, size)):
        yield batch
