"""Divisions of countries (states, provinces, regions) as people write them beside a city."""

import datetime
from collections import defaultdict
from typing import Any

from rapidfuzz import fuzz

from directory.matching.countries import PARTS, Countries
from directory.matching.division_names import OTHER_NAMES
from directory.models import City, Place
from directory.models.text import fold
from directory.search.per_revision import PerRevision

LIKE = 90
# Two letters beside a name are as often a division of a kind that the gazetteer does not know
# ("Torino (TO)") as a country.
SHORTEST_COUNTRY = 3


class Divisions:
    """Tells whether what stands beside a name fits where a place lies."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = defaultdict(set)
        self._names: dict[tuple[str, str, str], set[str]] = {}
        self._others: dict[tuple[str, str], set[str]] = {}
        for country, divisions in OTHER_NAMES.items():
            for code, written in divisions.items():
                names = set(map(fold, written.split(",")))
                self._others[country, code] = names
                self._known[country] |= names
        self._countries = Countries()

    def add(self, country: str, code: str, name: str) -> None:
        """Learn that a country has such a division."""
        if (country, code, name) not in self._names:
            names = {fold(name)} if name else set()
            if code.isalpha():
                names.add(code.casefold())
            words = fold(name).split()
            if len(words) > 1:
                names.add("".join(word[0] for word in words))
            self._names[country, code, name] = names
            self._known[country] |= names

    def fits(self, written: str, place: Any) -> bool | None:
        """Return whether it names the place's division or country; None where nobody can tell.

        ``place`` has country, admin1_code and admin1_name.
        """
        key = fold(written)
        own = self._names.get((place.country, place.admin1_code, place.admin1_name), set())
        if key in own or key in self._others.get((place.country, place.admin1_code), ()):
            return True
        country = self._countries.code_of(written)
        if country == place.country and key not in PARTS:
            return True
        if key in self._known.get(place.country, ()):
            return False
        if any(_alike(key, name) for name in own):
            return True
        return False if country and len(key) >= SHORTEST_COUNTRY else None


def _read_divisions(_day: datetime.date) -> Divisions:
    divisions = Divisions()
    divided = ("admin1_code", "admin1_name")
    places = Place.objects.order_by().values_list("country_code", *divided)
    cities = City.objects.public().order_by().values_list("country", *divided)
    for division in (*places.distinct(), *cities.distinct()):
        divisions.add(*division)
    return divisions


# Some 3,000 divisions of the world.
known_divisions = PerRevision(_read_divisions, of=("cities", "places"))


def _alike(key: str, name: str) -> bool:
    if len(name) < 4 or len(key) < 4:
        return False
    return f" {name} " in f" {key} " or f" {key} " in f" {name} " or fuzz.ratio(key, name) >= LIKE
