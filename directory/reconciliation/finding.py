"""Finds what questions may mean: by the name of a city, other names, ids, and unique values."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.matching import NameQuery, match
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
    asked = [
        number
        for number, question in enumerate(questions)
        if CITY in question.kinds and _is_name(question.text)
    ]
    most = max((questions[number].limit for number in asked), default=1)
    results = match([_name_query(questions[number]) for number in asked], limit=most)
    for number, result in zip(asked, results, strict=True):
        here = found[number][CITY]
        for place, candidate in enumerate(result.candidates):
            if candidate.city:
                here.scores[candidate.city] = candidate.score
                if result.match and place == 0:
                    here.safe.add(candidate.city)


def _is_name(text: str) -> bool:
    return bool(fold(text)) and len(text) <= LONGEST_NAME


def _name_query(question: Question) -> NameQuery:
    def first(*properties: str) -> Given:
        said = [question.properties[name] for name in properties if name in question.properties]
        return said[0][0] if said else ""

    latitude, longitude = _degrees(first("latitude")), _degrees(first("longitude"))
    if latitude is None or longitude is None:
        latitude = longitude = None
    return NameQuery(
        question.text,
        str(first("country")),
        str(first("admin1", "admin1_name")),
        latitude,
        longitude,
    )


def _degrees(written: Given) -> float | None:
    try:
        degrees = float(written)
    except ValueError:
        return None
    return degrees if abs(degrees) <= 180 else None


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
