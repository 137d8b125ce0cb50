"""The API's description as a page shows it: plain values for a template, and no markup."""

import json
import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings

from api import examples
from api.errors import KINDS

# What an example shows of a long answer.
LONGEST_EXAMPLE = 120


class Row(NamedTuple):
    """A parameter, or a field of an answer."""

    name: str
    kind: str
    description: str


class Operation(NamedTuple):
    """One address of the API."""

    anchor: str
    path: str
    summary: str
    description: str
    parameters: list[Row]
    record: str
    curl: str
    answer: str


class Record(NamedTuple):
    """The shape of one kind of record, or of a part of one."""

    name: str
    description: str
    fields: list[Row]


def reference(description: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the page of an OpenAPI description."""
    schemas = description["components"]["schemas"]
    return {
        "site": settings.SITE_URL,
        "version": description["info"]["version"],
        "operations": [_operation(path, item) for path, item in description["paths"].items()],
        "records": list(_records(schemas)),
        "problems": [(status, *kind) for status, kind in KINDS.items()],
    }


def _operation(path: str, item: dict[str, Any]) -> Operation:
    operation = item["get"]
    example = examples.for_operation(operation["operationId"])
    content = operation["responses"]["200"].get("content", {})
    schema = next(iter(content.values()), {}).get("schema", {})
    return Operation(
        anchor=operation["operationId"].replace("_", "-"),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=[
            Row(
                parameter["name"],
                _kind(parameter["schema"], {}),
                parameter.get("description", ""),
            )
            for parameter in operation.get("parameters", [])
        ],
        record=_kind(schema, {}),
        curl=_curl(example.request) if example else "",
        answer=_shortened(example.response) if example else "",
    )


def _curl(request: str) -> str:
    address = settings.SITE_URL + quote(request, safe="/?&=+%-_.,")
    return f"curl -s {shlex.quote(address) if '?' in address else address}"


def _shortened(answer: Any) -> str:
    lines = json.dumps(answer, indent=2, ensure_ascii=False).splitlines()
    if len(lines) > LONGEST_EXAMPLE:
        lines = [*lines[:LONGEST_EXAMPLE], "…"]
    return "\n".join(lines)


def _records(schemas: dict[str, Any]) -> Iterator[Record]:
    for name, schema in sorted(schemas.items()):
        if schema.get("type") != "object" or name.startswith("Paginated"):
            continue
        fields = [
            Row(field, _kind(shape, schemas), _said_of(shape))
            for field, shape in schema.get("properties", {}).items()
        ]
        yield Record(name, schema.get("description", ""), fields)


def _said_of(shape: dict[str, Any]) -> str:
    # Where drf-spectacular adds a list of choices, that is told by the kind already.
    return shape.get("description", "").split("\n\n*")[0].split("* `")[0].strip()


def _kind(shape: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Return the type in words: ``"text or null"``, ``"list of City"``, ``"one of a, b"``."""
    null = " or null" if shape.get("nullable") else ""
    parts = [part for key in ("allOf", "oneOf", "anyOf") for part in shape.get(key, [])]
    if "$ref" in shape:
        parts = [shape]
    if parts and "$ref" in parts[0]:
        name = parts[0]["$ref"].rsplit("/", 1)[-1]
        target = schemas.get(name, {})
        return (_kind(target, schemas) if "enum" in target else name) + null
    if "enum" in shape:
        return "one of: " + ", ".join(str(value) for value in shape["enum"]) + null
    if shape.get("type") == "array":
        return f"list of {_kind(shape['items'], schemas)}{null}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    formats = {"uri": "address", "date": "date", "date-time": "time"}
    kind = shape.get("type", "")
    return formats.get(shape.get("format", ""), words.get(kind, kind)) + null
