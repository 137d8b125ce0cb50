"""The API's description as a page shows it: plain values for a template, and no markup."""

import json
import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from api import examples
from api.errors import KINDS

# What an example shows of a long answer.
LONGEST_EXAMPLE = 120
# Stands for a token in examples.
SECRET = "citynet_…"  # noqa: S105
KINDS_OF_VALUE = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "boolean": _("true or false"),
    "object": _("object"),
}
FORMATS = {"uri": _("address"), "date": _("date")}


class Row(NamedTuple):
    """A parameter, or a field of an answer; ``record`` names the record that it holds."""

    name: str
    kind: str
    description: str
    record: str = ""


class Operation(NamedTuple):
    """One method of one address of the API."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Row]
    sends: Row | None
    answers: Row | None
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
        "operations": [
            _operation(path, method, operation, schemas)
            for path, methods in description["paths"].items()
            for method, operation in methods.items()
        ],
        "records": list(_records(schemas)),
        "problems": [(status, *kind) for status, kind in KINDS.items()],
    }


def _operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> Operation:
    example = examples.for_operation(operation["operationId"])
    answers = operation["responses"]
    return Operation(
        anchor="op-" + operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        parameters=[
            _row(parameter["name"], parameter, parameter["schema"], schemas)
            for parameter in operation.get("parameters", [])
        ],
        sends=_content(operation.get("requestBody", {}), schemas),
        answers=_content(answers.get("201", answers.get("200", {})), schemas),
        curl=_curl(example) if example else "",
        answer=_shortened(example.response) if example and example.response else "",
    )


def _content(described: dict[str, Any], schemas: dict[str, Any]) -> Row | None:
    kinds = described.get("content", {})
    if len(kinds) > 1:
        return Row("", gettext("a file:") + " " + ", ".join(kinds), "")
    for content in kinds.values():
        return _row("", {}, _listed(content["schema"], schemas), schemas)
    return None


def _listed(answer: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return the list inside the envelope of a page, or the answer as it is."""
    name = answer.get("$ref", "").rsplit("/", 1)[-1]
    if name.startswith("Paginated"):
        return schemas[name]["properties"]["results"]
    return answer


def _curl(example: examples.Example) -> str:
    words = ["curl", "-s"]
    if example.method != "GET":
        words += ["-X", example.method]
    for header in _headers(example):
        words += ["-H", header]
    for name, value in (example.form or {}).items():
        words += ["--data-urlencode", f"{name}={value}"]
    if example.body is not None:
        words += ["-d", json.dumps(example.body, ensure_ascii=False)]
    address = settings.SITE_URL + quote(example.request, safe="/?&=+%-_.,")
    return " ".join(shlex.quote(word) for word in [*words, address])


def _headers(example: examples.Example) -> Iterator[str]:
    if example.needs_token:
        yield f"Authorization: Bearer {SECRET}"
    if example.body is not None:
        yield "Content-Type: application/json"
    for name, value in example.headers.items():
        yield f"{name}: {value}"


def _shortened(answer: Any) -> str:
    lines = json.dumps(answer, indent=2, ensure_ascii=False).splitlines()
    if len(lines) > LONGEST_EXAMPLE:
        lines = [*lines[:LONGEST_EXAMPLE], "…"]
    return "\n".join(lines)


def _records(schemas: dict[str, Any]) -> Iterator[Record]:
    for name, schema in sorted(schemas.items()):
        if schema.get("type") == "object" and not name.startswith("Paginated"):
            fields = schema["properties"].items()
            rows = [_row(field, shape, shape, schemas) for field, shape in fields]
            yield Record(name, schema.get("description", ""), rows)


def _row(
    name: str, described: dict[str, Any], shape: dict[str, Any], schemas: dict[str, Any]
) -> Row:
    # drf-spectacular adds a list of choices to descriptions; the kind tells them already.
    said = str(described.get("description", "")).split("* `")[0].strip()
    kind, record = _kind(shape, schemas)
    if shape.get("nullable"):
        kind = " ".join(filter(None, (kind, gettext("or null"))))
    if "default" in shape:
        kind = gettext("%(kind)s; %(default)s if not set") % {"kind": kind, **shape}
    return Row(name, kind, said, record)


def _kind(shape: dict[str, Any], schemas: dict[str, Any]) -> tuple[str, str]:
    """Return the type in words, and the name of the record that it holds, if it does."""
    for part in (shape, *shape.get("allOf", []), *shape.get("oneOf", [])):
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[-1]
            is_record = schemas[name].get("type") == "object"
            return ("", name) if is_record else _kind(schemas[name], schemas)
    if shape.get("type") == "array":
        kind, record = _kind(shape["items"], schemas)
        return " ".join(filter(None, (gettext("list of"), kind))), record
    if "enum" in shape:
        return gettext("one of") + ": " + ", ".join(str(value) for value in shape["enum"]), ""
    kind = FORMATS.get(shape.get("format", ""), KINDS_OF_VALUE.get(shape.get("type", ""), ""))
    if "minimum" in shape and "maximum" in shape:
        kind = gettext("%(kind)s from %(minimum)d to %(maximum)d") % {"kind": kind, **shape}
    return str(kind), ""
