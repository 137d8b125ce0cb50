"""What the gazetteer knows of one place on its way from GeoNames to the database."""

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

from directory.models.text import forbidden_characters

ATTRIBUTION = "Contains data of GeoNames (https://www.geonames.org), licence CC BY 4.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

# Names of first-level divisions by country code and division code.
Divisions = dict[tuple[str, str], str]
# Names, as country and key, that places left out of a gazetteer bear beside places in it.
SharedNames = Set[tuple[str, str]]

LINK = re.compile(r"://|www\.", re.IGNORECASE)
LONGEST_NAME = 200
LONGEST_DIVISION = 100
LONGEST_CODE = 20
LONGEST_TIME_ZONE = 40
# What both databases hold in an integer column.
LARGEST_NUMBER = 2_147_483_647


class GazetteerError(Exception):
    """The gazetteer cannot be read or written; the message says what, where and what to do."""


class PlaceRecord(NamedTuple):
    """One place with all its other names, in no stated language.

    ``latitude`` and ``longitude`` are degrees (WGS 84), ``population`` is inhabitants.
    """

    geonameid: int
    name: str
    country_code: str
    admin1_code: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    other_names: tuple[str, ...]


def usable_names(name: str, alternates: Iterable[str]) -> tuple[str, ...]:
    """Return the other names of a place, sorted, each once, without what is not a name.

    Left out are the name itself, links, pure digits and what exceeds 200 characters; stray
    blanks and invisible characters are mended.

    >>> usable_names("Москва", ["Moskva ", "Moskva", "Москва", "77", "https://ru.wikipedia.org"])
    ('Moskva',)
    """
    found = {plain_name(alternate) for alternate in alternates} - {"", name}
    return tuple(
        sorted(
            alternate
            for alternate in found
            if len(alternate) <= LONGEST_NAME
            and not alternate.isdigit()
            and not LINK.search(alternate)
        )
    )


def is_name(text: object, longest: int = LONGEST_NAME) -> bool:
    """Return whether a value is one line of text, neither empty nor too long for its column."""
    return (
        isinstance(text, str)
        and 0 < len(text) <= longest
        and (text.isprintable() or not forbidden_characters(text))
    )


def fits_the_tables(place: PlaceRecord) -> bool:
    """Return whether the tables can hold a place whose values have the right types.

    Asked before they are written, since by themselves SQLite takes text of any length and
    PostgreSQL no character U+0000.
    """
    return (
        0 < place.geonameid <= LARGEST_NUMBER
        and 0 <= place.population <= LARGEST_NUMBER
        and -90 <= place.latitude <= 90
        and -180 <= place.longitude <= 180
        and is_name(place.country_code, 2)
        and (not place.admin1_code or is_name(place.admin1_code, LONGEST_CODE))
        and (not place.timezone or is_name(place.timezone, LONGEST_TIME_ZONE))
        and all(is_name(name) for name in (place.name, *place.other_names))
    )


def plain_name(text: str) -> str:
    """Return a name as one line: words apart by one blank, no control characters."""
    words = " ".join(text.split())
    if words.isprintable() or not forbidden_characters(words):
        return words
    return " ".join("".join(c for c in words if not forbidden_characters(c)).split())
