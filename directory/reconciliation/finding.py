"""Finds what questions may mean: by the name of a city, other names, ids, and unique values."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from directory.matching import NameQuery, match
from directory.matching.countries import Countries
from directory.matching.named import focus_area_names, network_names
from directory.models.text import fold
from directory.reconciliation.asking import Given, Question
from directory.reconciliation.kinds import (
    CITY,
    FOCUS_AREA,
    KINDS,
    NETWORK,
    Kind,
    existing_slugs,
    present_slugs,
)
from directory.reconciliation.properties import PROPERTIES, Property

# Longer than any name: nothing is called so.
LONGEST_NAME = 300
# Of several countries or divisions, so many are looked into.
MOST_WAYS = 4
# So many places are looked at, of which some are listed as cities.
MOST_CANDIDATES = 50
# What is left of a score for each property that does not hold.
SHARE_IF_OTHERWISE = 0.5
NAMES = {NETWORK: network_names, FOCUS_AREA: focus_area_names}


@dataclass
class Found:
    """What was found of one kind for one question: scores (0 to 1) by slug, and what is safe."""

    scores: dict[str, float] = field(default_factory=dict)
    safe: set[str] = field(default_factory=set)


FoundByKind = dict[Kind, Found]


def find(questions: Sequence[Question], day: datetime.date) -> list[FoundByKind]:
    """Return what each question may mean, in the same order."""
    found: list[FoundByKind] = [{kind: Found() for kind in one.kinds} for one in questions]
    _by_name_of_cities(questions, found)
    _by_other_names(questions, found, day)
    _by_id(questions, found)
    return found


def _by_name_of_cities(questions: Sequence[Question], found: list[FoundByKind]) -> None:
    countries = Countries()
    asked = [
        (number, name)
        for number, question in enumerate(questions)
        if CITY in question.kinds and _is_name(question.text)
        for name in _names(question, countries)
    ]
    results = match([name.query for _number, name in asked], limit=MOST_CANDIDATES)
    for (number, name), result in zip(asked, results, strict=True):
        here = found[number][CITY]
        for place, candidate in enumerate(result.candidates):
            if candidate.city:
                score = candidate.score * name.share
                here.scores[candidate.city] = max(score, here.scores.get(candidate.city, 0.0))
                if result.match and place == 0 and name.share == 1:
                    here.safe.add(candidate.city)


def _is_name(text: str) -> bool:
    return bool(fold(text)) and len(text) <= LONGEST_NAME


class _Name(NamedTuple):
    """One way to ask the matcher for a name, and which share of a score it is worth."""

    query: NameQuery
    share: float = 1.0


def _names(question: Question, countries: Countries) -> list[_Name]:
    """Return the ways to ask for a name: in each of the countries, in each of the divisions.

    A country that is none does not hold for any city.
    """
    said = question.properties
    written = list(map(str, said.get("country", ())))
    codes = list(dict.fromkeys(filter(None, map(countries.code_of, written))))[:MOST_WAYS]
    divisions = [
        str(one)[:LONGEST_NAME] for name in ("admin1", "admin1_name") for one in said.get(name, ())
    ]
    latitude, longitude = _point(said)
    share = SHARE_IF_OTHERWISE if written and not codes else 1.0
    return [
        _Name(NameQuery(question.text, code, division, latitude, longitude), share)
        for code in codes or [""]
        for division in divisions[:MOST_WAYS] or [""]
    ]


def _point(said: Mapping[str, Sequence[Given]]) -> tuple[float, float] | tuple[None, None]:
    """Return where the city is said to lie, where both degrees are ones that there are."""
    latitude = _degrees(said.get("latitude", ()), 90)
    longitude = _degrees(said.get("longitude", ()), 180)
    return (None, None) if latitude is None or longitude is None else (latitude, longitude)


def _degrees(written: Sequence[Given], most: int) -> float | None:
    try:
        degrees = float(written[0])
    except (IndexError, ValueError, OverflowError):
        return None
    return degrees if abs(degrees) <= most else None


def _by_other_names(
    questions: Sequence[Question], found: list[FoundByKind], day: datetime.date
) -> None:
    for kind, of_kind in NAMES.items():
        if not any(kind in question.kinds for question in questions):
            continue
        called = of_kind.get(day)
        for question, here in zip(questions, found, strict=True):
            if kind in question.kinds and _is_name(question.text):
                scores, is_safe = called.find(question.text)
                here[kind].scores = dict(scores)
                here[kind].safe = set(scores) if is_safe else set()


def _by_id(questions: Sequence[Question], found: list[FoundByKind]) -> None:
    """Find entities by an id as text, and by properties of which each value names one."""
    named = present_slugs(one.text for one in questions)
    existing = {
        kind: existing_slugs(kind, [slug for of, slug in named.values() if of is kind])
        for kind in KINDS.values()
    }
    for question, here in zip(questions, found, strict=True):
        kind, slug = named.get(question.text, (None, ""))
        if kind in question.kinds and slug in existing[kind]:
            _add(here[kind], slug, is_safe=True)
    for kind in KINDS.values():
        for one in PROPERTIES[kind.id].values():
            if one.is_unique:
                _by_unique_value(one, questions, found)


def _by_unique_value(
    one: Property, questions: Sequence[Question], found: list[FoundByKind]
) -> None:
    asked = defaultdict(list)
    for number, question in enumerate(questions):
        if one.kind in question.kinds:
            for value in question.properties.get(one.id, ()):
                if one.may_be(value):
                    asked[str(value)].append(number)
    if not asked:
        return
    rows = one.kind.model._default_manager.public().filter(**{f"{one.path}__in": list(asked)})
    for slug, value in rows.values_list("slug", one.path):
        for number in asked[str(value)]:
            here = found[number][one.kind]
            # With a name beside it, both have to mean the same.
            is_called_so = not fold(questions[number].text) or slug in here.scores
            _add(here, slug, is_safe=is_called_so)


def _add(here: Found, slug: str, *, is_safe: bool) -> None:
    here.scores[slug] = 1.0
    here.safe = {slug} if is_safe else set()
