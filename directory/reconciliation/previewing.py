"""An entity in a few lines, for people who choose among candidates."""

from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise

from directory.reconciliation.entities import Entity, entity
from directory.reconciliation.kinds import CITY, FOCUS_AREA, NETWORK, Kind, present_slugs
from directory.reconciliation.properties import PROPERTIES, Value

SHOWN = {
    CITY: ("population", "geonameid", "wikidata", "networks"),
    NETWORK: ("founded", "scope", "focus_areas", "listed_members", "summary"),
    FOCUS_AREA: ("parent", "synonyms"),
}
MOST_VALUES = 5


class Fact(NamedTuple):
    """What a property says; ``more`` is how many values are left out."""

    name: str | Promise
    values: list[Any]
    more: int


class Preview(NamedTuple):
    """A record with what is told of it."""

    record: Any
    entity: Entity
    facts: list[Fact]


def preview_of(entity_id: str) -> Preview | None:
    """Return the preview of an entity, or None where there is none of that id."""
    kind, slug = present_slugs([entity_id]).get(entity_id, (CITY, ""))
    record = next(kind.table.instances([slug]), None) if slug else None
    if record is None:
        return None
    return Preview(record, entity(kind, record), _facts(kind, record))


def _facts(kind: Kind, record: Any) -> list[Fact]:
    day = timezone.now().date()
    facts = []
    for name in SHOWN[kind]:
        shown = PROPERTIES[kind.id][name]
        values = shown.read([record], day).get(record.slug, [])
        if values:
            plain = list(map(_shown, values[:MOST_VALUES]))
            facts.append(Fact(shown.name, plain, len(values) - len(plain)))
    return facts


def _shown(value: Value) -> Any:
    return value.name if isinstance(value, Entity) else value
