"""What is asked of the matcher, and what it answers."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameQuery:
    """A name as it is written somewhere, and what is known beside it.

    ``country`` is a code (ISO 3166-1, in either case) or a name, ``admin1`` the code or name of
    a division; either may be empty. ``latitude`` and ``longitude`` are degrees, or both None.
    """

    name: str
    country: str = ""
    admin1: str = ""
    latitude: float | None = None
    longitude: float | None = None


class UnknownCountries(ValueError):
    """Raised for countries that nobody knows: nothing is guessed past them."""

    def __init__(self, countries: Iterable[str]) -> None:
        self.countries = frozenset(countries)
        super().__init__(", ".join(sorted(self.countries)))


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of the gazetteer."""

    geonameid: int
    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be meant: a listed city, a place of the gazetteer, or both in one.

    ``score`` lies from 0 to 1; ``city`` is a public id.
    """

    score: float
    city: str | None
    place: FoundPlace | None


@dataclass(frozen=True, slots=True)
class Result:
    """The candidates for one name, the likeliest first.

    ``match`` says whether the first is safe to take without anyone looking at it.
    """

    match: bool
    candidates: tuple[Candidate, ...]
