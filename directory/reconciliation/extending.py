"""Tells what the directory says of entities: the values of some of their properties."""

from collections.abc import Sequence

from django.utils import timezone

from directory.reconciliation.kinds import KINDS, Kind, present_slugs
from directory.reconciliation.properties import PROPERTIES, Property, Value, values_of


def extend(
    entity_ids: Sequence[str], names: Sequence[str]
) -> tuple[list[Property], dict[str, dict[str, list[Value]]]]:
    """Return the properties of those names, and their values by entity and name.

    An entity that does not exist, or has no such property, has no values.
    """
    day = timezone.now().date()
    asked = present_slugs(entity_ids)
    told: dict[str, dict[str, list[Value]]] = {
        entity_id: {name: [] for name in names} for entity_id in entity_ids
    }
    for kind in KINDS.values():
        slugs = {slug for of, slug in asked.values() if of is kind}
        known = [name for name in names if name in PROPERTIES[kind.id]]
        if slugs and known:
            values = values_of(kind, slugs, known, day)
            for entity_id, (of, slug) in asked.items():
                if of is kind:
                    told[entity_id] |= values.get(slug, {})
    return [_property(name, [kind for kind, _slug in asked.values()]) for name in names], told


def _property(name: str, kinds: list[Kind]) -> Property:
    """Return the property as the first of the kinds that has it calls it."""
    having = [kind for kind in (*kinds, *KINDS.values()) if name in PROPERTIES[kind.id]]
    return PROPERTIES[having[0].id][name]
