"""Writes candidates, suggestions and values of properties as the protocol has them."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.reconciling.manifest import kind_of
from directory.reconciliation.asking import Candidate
from directory.reconciliation.entities import Entity
from directory.reconciliation.kinds import Kind
from directory.reconciliation.properties import Property, Value


def candidate(found: Candidate) -> dict[str, Any]:
    """Return a candidate, likeliest values first."""
    return {
        **_entity(found.entity),
        "type": [kind_of(found.entity.kind)],
        "score": found.score,
        "match": found.is_safe,
        "features": [{"id": name, "value": value} for name, value in found.features.items()],
    }


def suggested_entity(found: Entity) -> dict[str, Any]:
    """Return a suggested entity."""
    return {**_entity(found), "notable": [kind_of(found.kind)]}


def suggested_kind(kind: Kind) -> dict[str, str]:
    """Return a suggested type."""
    return {**kind_of(kind), "description": str(kind.description)}


def suggested_property(found: Property) -> dict[str, str]:
    """Return a suggested property."""
    return {**_property(found), "description": str(found.description)}


def proposed(kind: Kind, properties: Iterable[Property], limit: int | None) -> dict[str, Any]:
    """Return the properties that can be told of entities of a type."""
    answer = {"type": kind.id, "properties": [_property(one) for one in properties]}
    return answer if limit is None else {**answer, "limit": limit}


def extended(
    properties: Iterable[Property], told: Mapping[str, Mapping[str, list[Value]]]
) -> dict[str, Any]:
    """Return the values of properties by entity."""
    return {
        "meta": [
            {**_property(one), **({"type": kind_of(one.of)} if one.of else {})}
            for one in properties
        ],
        "rows": {
            entity_id: {name: [_value(value) for value in values] for name, values in row.items()}
            for entity_id, row in told.items()
        },
    }


def _entity(found: Entity) -> dict[str, str]:
    described = {"description": found.description} if found.description else {}
    return {"id": found.id, "name": found.name, **described}


def _property(found: Property) -> dict[str, str]:
    return {"id": found.id, "name": str(found.name)}


def _value(value: Value) -> dict[str, Any]:
    match value:
        case Entity():
            return {"id": value.id, "name": value.name}
        case int():
            return {"int": value}
        case float():
            return {"float": value}
        case _:
            return {"str": value}
