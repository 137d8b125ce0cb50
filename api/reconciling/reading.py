"""Reads the JSON that clients of the protocol send inside a form or a query string.

What is not understood is refused with its place (``queries.q0.limit``), so that whoever set up a
column sees what is wrong with it; nothing of the batch is answered then.
"""

import math
from collections.abc import Collection
from typing import Any, NamedTuple

import orjson
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError

from api.reconciling.manifest import BATCH_SIZE
from api.suggestions import nearest
from directory.reconciliation.asking import MOST_CANDIDATES, Given, Question
from directory.reconciliation.kinds import KINDS, Kind
from directory.reconciliation.properties import PROPERTIES

MOST_EXTENDED = 1000
LARGEST_LIMIT = 50
FIELDS = ("query", "type", "limit", "properties", "type_strict")
STRICTNESS = ("any", "should", "all")
LONGEST_SHOWN = 60


class TooMany(APIException):
    """Raised for a batch that is larger than the manifest allows."""

    status_code = 413
    default_code = "too_many"


class Extension(NamedTuple):
    """What to tell of which entities; ``properties`` are ids, each of a property of some kind."""

    ids: list[str]
    properties: list[str]


def questions(text: str) -> dict[str, Question]:
    """Return the questions of a batch by their names.

    Raises ValidationError with what is wrong, by place; TooMany for more than the manifest says.
    """
    batch = _object(_json(text, "queries"), "queries")
    if len(batch) > BATCH_SIZE:
        raise TooMany(
            _("A batch holds at most %(most)d queries; this one has %(count)d.")
            % {"most": BATCH_SIZE, "count": len(batch)}
        )
    return {name: _question(asked, f"queries.{name[:20]}") for name, asked in batch.items()}


def extension(text: str) -> Extension:
    """Return which properties of which entities are asked for.

    Raises ValidationError, and TooMany as for questions.
    """
    asked = _object(_json(text, "extend"), "extend")
    ids = _list(asked.get("ids"), "extend.ids")
    wanted = _list(asked.get("properties"), "extend.properties")
    if len(ids) > MOST_EXTENDED:
        raise TooMany(
            _("At most %(most)d entities are told of at once; these are %(count)d.")
            % {"most": MOST_EXTENDED, "count": len(ids)}
        )
    names = [
        _text(_object(one, "extend.properties").get("id"), "extend.properties") for one in wanted
    ]
    for name in names:
        _check_property(name, KINDS.values(), "extend.properties")
    return Extension([_text(one, "extend.ids") for one in ids], list(dict.fromkeys(names)))


def kind_named(name: str, place: str) -> Kind:
    """Return the kind of that id; raises ValidationError with the ids that there are."""
    if name not in KINDS:
        raise _wrong(
            place,
            _("There is no type “%(name)s”. Known here: %(names)s.")
            % {"name": name[:LONGEST_SHOWN], "names": ", ".join(KINDS)},
        )
    return KINDS[name]


def _question(asked: Any, place: str) -> Question:
    asked = _object(asked, place)
    for name in asked:
        if name not in FIELDS:
            raise _wrong(f"{place}.{name[:LONGEST_SHOWN]}", _unknown(name, FIELDS))
    if asked.get("type_strict") not in (None, *STRICTNESS):
        raise _wrong(f"{place}.type_strict", _("Say “any”, “should” or “all”."))
    kinds = _kinds(asked.get("type"), f"{place}.type")
    properties = _properties(asked.get("properties"), kinds, f"{place}.properties")
    text = asked.get("query")
    if text is None and not properties:
        raise _wrong(place, _("Say what is looked for: a “query”, or “properties” to find it by."))
    return Question(
        text=_text(text, f"{place}.query") if text is not None else "",
        kinds=kinds,
        properties=properties,
        limit=_limit(asked.get("limit"), f"{place}.limit"),
    )


def _kinds(said: Any, place: str) -> tuple[Kind, ...]:
    names = [said] if isinstance(said, str | dict) else said
    if not names:
        return tuple(KINDS.values())
    # Some clients send whole types instead of their ids.
    ids = [one.get("id") if isinstance(one, dict) else one for one in _list(names, place)]
    return tuple(dict.fromkeys(kind_named(_text(one, place), place) for one in ids))


def _limit(said: Any, place: str) -> int:
    if said is None:
        return MOST_CANDIDATES
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    if not is_number or not math.isfinite(said) or said != int(said) or said < 1:
        raise _wrong(place, _("Say how many candidates to give at most: a whole number from 1."))
    return min(int(said), LARGEST_LIMIT)


def _properties(said: Any, kinds: Collection[Kind], place: str) -> dict[str, tuple[Given, ...]]:
    found: dict[str, tuple[Given, ...]] = {}
    for one in _list(said or [], place):
        given = _object(one, place)
        name = _text(given.get("pid"), f"{place}.pid")
        _check_property(name, kinds, place)
        values = given.get("v")
        values = values if isinstance(values, list) else [values]
        plain = tuple(each for value in values for each in _said(value, f"{place}.v"))
        if plain:
            found[name] = (*found.get(name, ()), *plain)
    return found


def _said(value: Any, place: str) -> list[Given]:
    """Return what a value says; an entity, which may be one of another service, says two things."""
    if isinstance(value, dict):
        return [*_said(value.get("id"), place), *_said(value.get("name"), place)]
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return []
    if not isinstance(value, str | int | float):
        raise _wrong(place, _("A value is text, a number, true or false, or an entity with an id."))
    return [value]


def _check_property(name: str, kinds: Collection[Kind], place: str) -> None:
    known = list(dict.fromkeys(one for kind in kinds for one in PROPERTIES[kind.id]))
    if name not in known:
        raise _wrong(place, _unknown(name, known))


def _unknown(name: str, known: Collection[str]) -> str:
    message = _("There is nothing called “%(name)s”.") % {"name": name[:LONGEST_SHOWN]}
    meant = nearest(name, known)
    if meant:
        return f"{message} " + _("Did you mean “%(name)s”?") % {"name": meant}
    return f"{message} " + _("Known here: %(names)s.") % {"names": ", ".join(known)}


def _json(text: str, place: str) -> Any:
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise _wrong(place, _("This is not JSON.")) from error


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(place, _("An object is needed here: write {…}."))
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(place, _("A list is needed here: write […]."))
    return value


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise _wrong(place, _("Text is needed here."))
    return value


def _wrong(place: str, message: str) -> ValidationError:
    return ValidationError({place: [message]})
