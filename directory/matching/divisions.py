"""Divisions of countries (states, provinces, regions) as people write them beside a city."""

from collections import defaultdict
from typing import Any

from rapidfuzz import fuzz

from directory.matching.countries import Countries
from directory.models.text import fold

LIKE = 90


class Divisions:
    """Tells whether what stands beside a name fits where a place lies."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = defaultdict(set)
        self._names: dict[tuple[str, str, str], set[str]] = {}
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
        if key in own or any(_alike(key, name) for name in own):
            return True
        country = self._countries.code_of(written)
        if country == place.country:
            return True
        if country or key in self._known[place.country]:
            return False
        return None


def _alike(key: str, name: str) -> bool:
    if len(name) < 4 or len(key) < 4:
        return False
    return f" {name} " in f" {key} " or f" {key} " in f" {name} " or fuzz.ratio(key, name) >= LIKE
