"""What helps people choose while they reconcile: suggestions, previews, and where entities are."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.paging import whole_number
from api.reconciling import answers
from api.reconciling.reading import kind_named
from api.views.reconciling import OfTheProtocol
from directory.linked.framing import may_be_framed
from directory.reconciliation.kinds import KINDS, Kind
from directory.reconciliation.previewing import preview_of
from directory.reconciliation.properties import PROPERTIES
from directory.reconciliation.suggesting import (
    suggest_entities,
    suggest_kinds,
    suggest_properties,
)

LARGEST_CURSOR = 10_000
LONGEST_PREFIX = 200
PREFIX = OpenApiParameter(
    "prefix",
    OpenApiTypes.STR,
    description=_("What has been typed so far."),
)
CURSOR = OpenApiParameter(
    "cursor",
    {"type": "integer", "minimum": 0, "maximum": LARGEST_CURSOR, "default": 0},
    description=_("How many suggestions to pass over."),
)
TYPE = OpenApiParameter(
    "type", {"type": "string", "enum": list(KINDS)}, description=_("Only of this type.")
)


class SuggestedEntities(OfTheProtocol):
    """Entities, as one types."""

    @extend_schema(
        operation_id="reconcile_suggest_entity",
        summary=_("Suggest entities"),
        description=_("Entities whose name or id may begin with what has been typed."),
        parameters=[PREFIX, CURSOR, TYPE],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Answer with a page of entities."""
        found = suggest_entities(
            _prefix(request), _kinds(request), day=self.day, skip=_cursor(request)
        )
        return Response({"result": [answers.suggested_entity(one) for one in found]})


class SuggestedTypes(OfTheProtocol):
    """Kinds of entities, as one types."""

    @extend_schema(
        operation_id="reconcile_suggest_type",
        summary=_("Suggest types"),
        description=_("Types of entities whose name may begin with what has been typed."),
        parameters=[PREFIX, CURSOR],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Answer with the types."""
        found = suggest_kinds(_prefix(request))[_cursor(request) :]
        return Response({"result": [answers.suggested_kind(one) for one in found]})


class SuggestedProperties(OfTheProtocol):
    """Properties of entities, as one types."""

    @extend_schema(
        operation_id="reconcile_suggest_property",
        summary=_("Suggest properties"),
        description=_("Properties of entities whose name may begin with what has been typed."),
        parameters=[PREFIX, CURSOR, TYPE],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Answer with the properties."""
        found = suggest_properties(_prefix(request), _kinds(request))[_cursor(request) :]
        return Response({"result": [answers.suggested_property(one) for one in found]})


class ProposedProperties(OfTheProtocol):
    """What can be told of entities of one type."""

    @extend_schema(
        operation_id="reconcile_properties",
        summary=_("Properties to extend data with"),
        description=_("What the service can tell of entities of a type, once they are reconciled."),
        parameters=[
            TYPE,
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": 1000},
                description=_("How many to give at most."),
            ),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Answer with the properties of a type; of cities, where none is named."""
        kind, *_others = _kinds(request)
        found = list(PROPERTIES[kind.id].values())
        limit = None
        if "limit" in request.query_params:
            limit = whole_number(request, "limit", default=len(found), largest=1000)
        return Response(answers.proposed(kind, found[:limit], limit))


@csrf_exempt
@require_safe
@may_be_framed
def preview(request: HttpRequest, entity_id: str) -> HttpResponse:
    """Show an entity in a few lines, for a frame in the client."""
    found = preview_of(entity_id)
    if found is None:
        return _nothing(request, entity_id)
    context = {**found._asdict(), "title": found.entity.name}
    return render(request, "api/preview.html", context)


@csrf_exempt
@require_safe
def entity(request: HttpRequest, entity_id: str) -> HttpResponse:
    """Lead from the address of an entity to its page."""
    found = preview_of(entity_id)
    if found is None:
        return _nothing(request, entity_id)
    return HttpResponseRedirect(found.record.get_absolute_url())


def _nothing(request: HttpRequest, entity_id: str) -> HttpResponse:
    return render(request, "api/preview_of_nothing.html", {"id": entity_id}, status=404)


def _prefix(request: Request) -> str:
    return request.query_params.get("prefix", "")[:LONGEST_PREFIX]


def _cursor(request: Request) -> int:
    return whole_number(request, "cursor", default=0, smallest=0, largest=LARGEST_CURSOR)


def _kinds(request: Request) -> list[Kind]:
    name = request.query_params.get("type", "")
    return [kind_named(name, "type")] if name else list(KINDS.values())
