"""Compares what is known beside a name with what the directory says of a candidate."""

from collections.abc import Iterable, Mapping
from typing import Any

from directory.matching.countries import Countries
from directory.models.text import fold
from directory.reconciliation.asking import Given, Question
from directory.reconciliation.entities import Entity
from directory.reconciliation.kinds import CITY, Kind
from directory.reconciliation.properties import PROPERTIES

# By these the matcher of names weighs cities itself, better than by comparing.
WEIGHED_WITH_THE_NAME = {"country", "admin1", "admin1_name", "latitude", "longitude"}
COUNTRIES = {"country", "countries", "headquarters_country"}


def compared(question: Question, kind: Kind) -> list[str]:
    """Return the properties of the question to compare for candidates of a kind."""
    weighed = WEIGHED_WITH_THE_NAME if kind is CITY else set()
    return [name for name in question.properties if name in PROPERTIES[kind.id].keys() - weighed]


def agreements(
    question: Question, kind: Kind, values: Mapping[str, list[Any]], countries: Countries
) -> dict[str, bool]:
    """Return whether each property that the question names holds for a candidate.

    ``values`` are those of the candidate by property. Where the directory knows none, nothing
    is said.
    """
    found = {}
    for name in compared(question, kind):
        known = {key for value in values[name] for key in _keys(value)}
        if known:
            asked = set(map(_key, question.properties[name]))
            if name in COUNTRIES:
                asked = {_key(countries.code_of(str(one)) or "") for one in asked}
            found[name] = not asked.isdisjoint(known)
    return found


def _keys(value: Any) -> Iterable[str]:
    """Return what an entity may be called, or the one key of a plain value."""
    if isinstance(value, Entity):
        yield from (fold(value.id), fold(value.name), fold(value.id.rpartition(":")[2]))
    else:
        yield _key(value)


def _key(value: Given) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return fold(str(value))
