"""How people write the name of a city into a table, and which names that may stand for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from directory.models.text import fold

BEFORE = (
    *("city of", "the city of", "municipality of", "town of", "metropolitan city of"),
    *("city and county of", "district of", "borough of", "city council of", "greater"),
    *("ville de", "ville d", "mairie de", "commune de", "commune d", "communaute urbaine de"),
    *("stadt", "landeshauptstadt", "gemeinde", "hansestadt", "freie und hansestadt"),
    *("comune di", "citta di", "roma capitale", "citta metropolitana di"),
    *("ayuntamiento de", "municipio de", "municipalidad de", "ciudad de", "alcaldia de"),
    *("municipio do", "prefeitura de", "prefeitura municipal de", "cidade de", "camara municipal"),
    *("camara municipal de", "camara municipal do", "ajuntament de", "gemeente", "stad"),
    *("miasto", "gmina", "urzad miasta", "grad", "opcina", "mesto", "obec", "statutarni mesto"),
    *("город", "г", "місто", "м", "δημος", "κοινοτητα"),
)
AFTER = (
    *("city", "municipality", "metropolitan municipality", "city council", "town", "town council"),
    *("metropolitan city", "special city", "metropolitan government", "municipal council"),
    *("borough council", "district council", "county council", "council", "district"),
    *("kommune", "kommun", "stad", "buyuksehir belediyesi", "belediyesi", "kaupunki", "si"),
)
AFTER_WITHOUT_SPACE = ("市", "시", "都")
SAINTS = (("st ", "saint "), ("ste ", "sainte "), ("saint ", "st "), ("sainte ", "ste "))
PARTS = re.compile(r"[,(（，、;]")
ALTERNATIVES = re.compile(r"\s*/\s*|\s+[-–—]\s+")


@dataclass(frozen=True)
class Reading:
    """A name that may be meant, what else was written beside it, and how far from as written."""

    key: str
    beside: tuple[str, ...] = ()
    doubt: float = 0.0


@lru_cache(maxsize=20_000)
def readings(written: str) -> tuple[Reading, ...]:
    """Return what a cell may mean, as it stands first.

    >>> [reading.key for reading in readings("City of Portland, Oregon")]
    ['city of portland oregon', 'city of portland', 'portland oregon', 'portland']
    """
    parts = [part.strip(" )）") for part in PARTS.split(written)]
    beside = tuple(part for part in parts[1:] if part)
    plain = [Reading(fold(written))]
    if beside:
        plain.append(Reading(fold(parts[0]), beside, 0.01))
    either = [part for part in ALTERNATIVES.split(parts[0]) if part]
    if len(either) > 1:
        plain += [Reading(fold(part), beside, 0.03) for part in either]
    found = {reading.key: reading for reading in reversed(plain) if reading.key}
    found = dict(reversed(found.items()))
    for reading in list(found.values()):
        for key in _without_office(reading.key):
            found.setdefault(key, Reading(key, reading.beside, reading.doubt + 0.03))
    for reading in list(found.values()):
        for short, long in SAINTS:
            if reading.key.startswith(short):
                key = long + reading.key.removeprefix(short)
                found.setdefault(key, Reading(key, reading.beside, reading.doubt + 0.01))
    return tuple(found.values())


def _without_office(key: str) -> list[str]:
    """Return the name without the words that say which body it is."""
    found = [key.removeprefix(f"{words} ") for words in BEFORE if key.startswith(f"{words} ")]
    found += [key.removesuffix(f" {words}") for words in AFTER if key.endswith(f" {words}")]
    found += [
        key.removesuffix(sign)
        for sign in AFTER_WITHOUT_SPACE
        if key.endswith(sign) and len(key) > len(sign) + 1
    ]
    return sorted(found, key=len)
