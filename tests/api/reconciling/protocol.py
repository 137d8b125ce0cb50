"""What answers of the Entity Reconciliation API 0.2 look like, as JSON Schemas of our own.

The published schemas are not ours to copy and no package carries them, so these are written from
the text of the specification; stricter where our answers are: nothing that it does not name. With
RECONCILIATION_SCHEMAS naming a folder of the published ones (0.2/schemas of
reconciliation-api/specs), answers are held against those as well.
"""

import json
import os
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://"}
TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
BOUNDED = {"additionalProperties": False, "type": "object"}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {**BOUNDED, "properties": required | optional, "required": list(required)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


NAMED = _object({"id": TEXT, "name": TEXT})
DESCRIBED = _object({"id": TEXT, "name": TEXT}, description=TEXT)
SERVICE = _object({"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/"}})
SIZE = {"type": "integer", "minimum": 1}
VALUE = {
    "oneOf": [
        DESCRIBED,
        _object({"str": TEXT}),
        _object({"int": {"type": "integer"}}),
        _object({"float": {"type": "number"}}),
    ]
}
CANDIDATE = _object(
    {
        "id": TEXT,
        "name": TEXT,
        "type": _list(NAMED),
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "features": _list(_object({"id": TEXT, "value": {"type": ["boolean", "number"]}})),
    },
    description=TEXT,
)
SCHEMAS = {
    "manifest": _object(
        {
            "versions": {"type": "array", "contains": {"const": "0.2"}},
            "name": TEXT,
            "identifierSpace": ADDRESS,
            "schemaSpace": ADDRESS,
            "documentation": ADDRESS,
            "logo": ADDRESS,
            "defaultTypes": {**_list(NAMED), "uniqueItems": True},
            "view": _object({"url": TEMPLATE}),
            "preview": _object({"url": TEMPLATE, "width": SIZE, "height": SIZE}),
            "suggest": _object({"entity": SERVICE, "property": SERVICE, "type": SERVICE}),
            "extend": _object({"propose_properties": SERVICE}, property_settings={"maxItems": 0}),
            "batchSize": SIZE,
        }
    ),
    "reconciliation-result-batch": {
        "type": "object",
        "additionalProperties": _object({"result": _list(CANDIDATE)}),
    },
    "suggest-entities-response": _object(
        {
            "result": _list(
                _object({"id": TEXT, "name": TEXT, "notable": _list(NAMED)}, description=TEXT)
            )
        }
    ),
    "suggest-properties-response": _object({"result": _list(DESCRIBED)}),
    "suggest-types-response": _object({"result": _list(DESCRIBED)}),
    "data-extension-response": _object(
        {
            "meta": _list(_object({"id": TEXT, "name": TEXT}, type=NAMED)),
            "rows": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": _list(VALUE)},
            },
        }
    ),
    # The specification has no schema of it, only its text.
    "property-proposal": _object({"type": TEXT, "properties": _list(NAMED)}, limit=SIZE),
}
PUBLISHED = os.environ.get("RECONCILIATION_SCHEMAS", "")


def check(answer: Any, schema: str) -> None:
    """Raise jsonschema's ValidationError where an answer is not what the protocol says."""
    Draft7Validator(SCHEMAS[schema]).validate(answer)
    path = Path(PUBLISHED) / f"{schema}.json"
    if PUBLISHED and path.exists():
        Draft7Validator(_published(path), registry=_beside(path)).validate(answer)


def _published(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _beside(path: Path) -> Registry:
    """The schemas that a published one refers to by name."""
    others = map(_published, path.parent.glob("*.json"))
    return Registry().with_resources(
        (other["$id"], Resource.opaque(other)) for other in others if "$id" in other
    )
