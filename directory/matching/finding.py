"""Finds what many written names mean, in a few queries for all of them."""

from collections.abc import Sequence

from django.utils import timezone

from directory.matching.asking import Candidate, FoundPlace, NameQuery, Result
from directory.matching.bearers import Bearer, Bearers, listed_cities
from directory.matching.countries import Countries
from directory.matching.distances import large_places
from directory.matching.divisions import Divisions
from directory.matching.evidence import Asked, Evidence, Weighing
from directory.matching.judging import judge
from directory.matching.written import readings
from directory.models.text import fold

MOST_CANDIDATES = 6


def match(queries: Sequence[NameQuery], *, limit: int = MOST_CANDIDATES) -> list[Result]:
    """Return what each query means, in the same order, with at most ``limit`` candidates each.

    A country that is none gives no candidates: nothing is guessed past it.
    """
    day = timezone.now().date()
    countries = Countries()
    asked = {query: _asked(query, countries) for query in dict.fromkeys(queries)}
    bearers = Bearers(listed_cities.get(day))
    bearers.read(key for one in asked.values() if one for key in _keys(one))
    weighing = Weighing(bearers, Divisions())
    large = large_places.get(day)
    results: dict[NameQuery, Result] = {}
    for query, one in asked.items():
        if one is None:
            results[query] = Result(match=False, candidates=())
            continue
        judged = judge(one, weighing.evidence(one), large)
        candidates = tuple(_candidate(*each) for each in judged.ranked[:limit])
        results[query] = Result(match=judged.is_safe, candidates=candidates)
    return [results[query] for query in queries]


def _asked(query: NameQuery, countries: Countries) -> Asked | None:
    country = countries.code_of(query.country) if query.country.strip() else ""
    if country is None:
        return None
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
