"""Finds what many written names mean, in a few queries for all of them."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from directory.matching.asking import Candidate, FoundPlace, NameQuery, Result, UnknownCountries
from directory.matching.bearers import Bearer, Bearers, listed_cities
from directory.matching.beginnings import large_beginnings
from directory.matching.countries import Countries
from directory.matching.distances import large_places
from directory.matching.divisions import known_divisions
from directory.matching.evidence import Asked, Evidence, Weighing
from directory.matching.judging import Judged, Judging
from directory.matching.widening import qualified, widened
from directory.matching.written import readings
from directory.models.text import fold

MOST_CANDIDATES = 6
# With a name that fits less well, further readings are looked for.
CLEAR = 0.8


def match(queries: Sequence[NameQuery], *, limit: int = MOST_CANDIDATES) -> list[Result]:
    """Return what each query means, in the same order, with at most ``limit`` candidates each.

    Raises UnknownCountries where a query names a country that is none.
    """
    day = timezone.now().date()
    codes = _codes({query.country for query in queries})
    different = list(dict.fromkeys(queries))
    judged = _Search(day).judged([_asked(query, codes[query.country]) for query in different])
    results = {query: _result(each, limit) for query, each in zip(different, judged, strict=True)}
    return [results[query] for query in queries]


def _codes(written: set[str]) -> dict[str, str]:
    """Return the codes of countries as written; an empty one for none."""
    countries = Countries()
    codes = {text: countries.code_of(text) if text.strip() else "" for text in written}
    unknown = [text for text, code in codes.items() if code is None]
    if unknown:
        raise UnknownCountries(unknown)
    return codes


class _Search:
    """One search for many names at once."""

    def __init__(self, day: datetime.date) -> None:
        self._listed = listed_cities.get(day)
        self._large = large_places.get(day)
        self._beginnings = large_beginnings.get(day)
        self._bearers = Bearers(self._listed)
        self._weighing = Weighing(self._bearers, known_divisions.get(day))

    def judged(self, asked: Sequence[Asked]) -> list[Judged]:
        """Return what each of them means: as written, else further off."""
        asked = qualified(asked)
        self._bearers.read(key for one in asked for key in _keys(one))
        found = [self._weighing.evidence(one) for one in asked]
        unclear = [at for at, each in enumerate(found) if not _is_clear(each)]
        wider = dict(
            zip(unclear, widened([asked[at] for at in unclear], self._listed), strict=True)
        )
        self._bearers.read(key for one in wider.values() for key in _keys(one))
        for at, one in wider.items():
            found[at] = self._weighing.evidence(one)
        judging = Judging(self._large, self._beginnings)
        return [judging.judge(one, each) for one, each in zip(asked, found, strict=True)]


def _is_clear(found: Sequence[Evidence]) -> bool:
    return any(each.quality > CLEAR for each in found)


def _result(judged: Judged, limit: int) -> Result:
    candidates = tuple(_candidate(*each) for each in judged.ranked[:limit])
    return Result(match=judged.is_safe, candidates=candidates)


def _asked(query: NameQuery, country: str) -> Asked:
    return Asked(
        readings(query.name), country, query.admin1.strip(), query.latitude, query.longitude
    )


def _keys(asked: Asked) -> list[str]:
    keys = [reading.key for reading in asked.readings]
    keys += [fold(text) for reading in asked.readings for text in reading.beside]
    return [*keys, fold(asked.admin1)] if asked.admin1 else keys


def _candidate(score: float, found: Evidence) -> Candidate:
    return Candidate(round(score, 3), found.bearer.slug or None, _place(found.bearer))


def _place(bearer: Bearer) -> FoundPlace | None:
    if not bearer.geonameid or not bearer.is_in_gazetteer:
        return None
    return FoundPlace(
        geonameid=bearer.geonameid,
        name=bearer.name,
        country=bearer.country,
        admin1=bearer.admin1_code,
        latitude=bearer.latitude,
        longitude=bearer.longitude,
        population=bearer.population,
    )
