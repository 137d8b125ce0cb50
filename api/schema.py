"""The OpenAPI description: made by drf-spectacular from views, serializers and filter sets."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer

from api import examples
from api.errors import KINDS, MEDIA_TYPE
from api.filters import DirectoryFilters
from api.least_revision import NOT_YET, PARAMETER
from api.parameters import fields_parameter
from api.renderers import JSONRenderer
from api.serializers.past import PastRecordSerializer

JSON = "application/json"
RECONCILING = "/api/reconcile/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PROBLEM = {
    "type": "object",
    "description": _("What went wrong (RFC 9457), with each wrong parameter."),
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": _("Explained at that address.")},
        "title": {"type": "string"},
        "status": {"type": "integer", "description": _("The HTTP status.")},
        "detail": {"type": "string", "description": _("What happened, and what would be right.")},
        "code": {"type": "string", "description": _("Why a rule refused it, for programs.")},
        "existing": {
            "type": "string",
            "format": "uri",
            "description": _("The record that stands in the way."),
        },
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "field": {"type": "string", "description": _("The parameter or field.")},
                    "message": {"type": "string"},
                },
            },
        },
    },
}


# The problems that an operation may answer with: any, any that asks in a body, any that writes.
SHARED = (400, 404, 414, 429)
SHARED_BY_ASKING = (400, 404, 413, 414, 415, 429)
SHARED_BY_WRITING = (400, 401, 403, 404, 409, 412, 413, 414, 415, 422, 428, 429)
# Whose questions may also stand in the query string.
ASKING_BY_GET = {"reconcile"}
_TAG = {
    "with": ("200", "201"),
    "says": _("By which `If-Match` names what was read."),
}
_PLACE = {"with": ("201",), "says": _("Address of what was made.")}
HEADERS: dict[str, dict[str, Any]] = {
    "memberships_retrieve": {"ETag": _TAG},
    "memberships_create": {"ETag": _TAG, "Location": _PLACE},
    "memberships_partial_update": {"ETag": _TAG},
    "memberships_confirm_create": {"ETag": _TAG},
    "memberships_dispute_create": {"ETag": _TAG},
    "memberships_withdraw_create": {"ETag": _TAG},
    "uploads_create": {"Location": _PLACE},
}


REVISION = OpenApiParameter(
    "revision",
    {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    description=_(
        "What the record said at that revision of the directory, as a row of the data package: a "
        "PastRecord, found under the id of then or a later one. `fields` then names columns. One "
        "that was not there yet, or a revision that there is not, is 404."
    ),
)


class Schema(AutoSchema):
    """Describes ``fields`` and ids beside what drf-spectacular finds by itself."""

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that stand in no filter set."""
        parameters = list(super().get_override_parameters())
        if hasattr(self.view, "only") and self.method == "GET":
            names = ", ".join(f"`{name}`" for name in self.view.serializer_class().get_fields())
            parameters.append(fields_parameter(names))
        if self._is_record:
            parameters.append(REVISION)
        if "{" in self.path:
            parameters.append(
                OpenApiParameter(
                    self.view.lookup_field,
                    OpenApiTypes.STR,
                    OpenApiParameter.PATH,
                    description=_("Permanent id."),
                )
            )
        return parameters

    def get_response_serializers(self) -> Any:
        """Return what answers; of one record, also what it said at an earlier revision."""
        found = super().get_response_serializers()
        if not self._is_record:
            return found
        name = f"{type(found).__name__.removesuffix('Serializer')}OrPast"
        return PolymorphicProxySerializer(
            component_name=name,
            serializers=[type(found), PastRecordSerializer],
            resource_type_field_name=None,
        )

    @property
    def _is_record(self) -> bool:
        """Whether the operation reads one record of a table of the data package."""
        return hasattr(self.view, "table") and self.view.action == "retrieve"


class FilteredSchema(Schema):
    """Describes the filters of a view that answers with no list of records."""

    def get_filter_backends(self) -> list[type[DirectoryFilters]]:
        """Return what describes the filters."""
        return [DirectoryFilters]


def with_last_slash(endpoints: list[tuple], **_options: Any) -> list[tuple]:
    """Keep one of the two forms of each address (a hook of drf-spectacular); files have one.

    The methods of an address come as a set, in another order in each process: they are put into one
    order, so that the description is the same bytes whichever process answers.
    """
    kept = [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith(("/api/v1/", RECONCILING))
        and endpoint[0].endswith(("/", ".{extension}"))
    ]
    places = {path: place for place, path in enumerate(dict.fromkeys(path for path, *_ in kept))}
    return sorted(kept, key=lambda endpoint: (places[endpoint[0]], METHODS.index(endpoint[2])))


def with_problems_and_examples(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Add the errors that every endpoint shares, and real examples (a hook of drf-spectacular)."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for method, operation in operations(result):
        answers = operation["responses"]
        for status in _shared(method, operation):
            answers[str(status)] = {"description": str(KINDS[status][1]), "content": problem}
        if method == "get":
            described = PARAMETER | {"description": str(PARAMETER["description"])}
            operation.setdefault("parameters", []).append(described)
            answers["412"] = {"description": str(NOT_YET), "content": problem}
        if operation.get("security"):
            answers["401"] = {"description": str(KINDS[401][1]), "content": problem}
        for name, header in HEADERS.get(operation["operationId"], {}).items():
            for status, answer in answers.items():
                if status in header["with"]:
                    described = {"description": header["says"], "schema": {"type": "string"}}
                    answer.setdefault("headers", {})[name] = described
        example = examples.for_operation(operation["operationId"])
        if example:
            _show(example, operation)
    return result


def _shared(method: str, operation: dict[str, Any]) -> tuple[int, ...]:
    if operation["operationId"] in ASKING_BY_GET:
        return SHARED_BY_ASKING
    if method == "get":
        return SHARED
    return SHARED_BY_WRITING if operation.get("security") else SHARED_BY_ASKING


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation of a description with its method."""
    for path in description["paths"].values():
        yield from path.items()


def _show(example: examples.Example, operation: dict[str, Any]) -> None:
    """Add a real request and its answer to the description of an operation."""
    sent = example.body if example.form is None else example.form
    if sent is not None:
        for content in operation["requestBody"]["content"].values():
            content["examples"] = {"example": {"summary": example.request, "value": sent}}
    answer = operation["responses"][str(example.status)]
    if JSON in answer.get("content", {}):
        answer["content"][JSON]["examples"] = {
            "example": {"summary": example.request, "value": example.response}
        }


def description() -> dict[str, Any]:
    """Return the OpenAPI description in the language of the request."""
    return _description(get_language() or settings.LANGUAGE_CODE)


@cache
def _description(language: str) -> dict[str, Any]:
    # Made once per process and language: it takes a second and does not change.
    schema = SchemaGenerator().get_schema(request=None, public=True)
    schema["servers"] = [{"url": settings.SITE_URL}]
    # Through JSON and back, so that every text is plain in this language, for pages too.
    return orjson.loads(JSONRenderer().render(schema))
