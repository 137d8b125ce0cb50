"""The reconciliation service: what it is, questions by the batch, and properties of entities."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.reconciling import answers, reading
from api.reconciling.manifest import manifest
from api.resources import Endpoint
from directory.reconciliation.extending import extend
from directory.reconciliation.reconciling import reconcile

FORM = "application/x-www-form-urlencoded"


class OfTheProtocol(Endpoint):
    """An address of the reconciliation service.

    Parameters that are not of the protocol are passed over here: its clients send their own.
    """

    @property
    def known_parameters(self) -> frozenset[str]:
        """Whatever was sent."""
        return frozenset(self.request.query_params)

    @property
    def repeatable_parameters(self) -> frozenset[str]:
        """Whatever was sent; the last one counts."""
        return frozenset(self.request.query_params)


class Reconcile(OfTheProtocol):
    """The one address that a client is told: what it answers depends on what is asked."""

    # A question, not a change: anyone may send it.
    permission_classes = []

    @extend_schema(
        operation_id="reconcile",
        summary=gettext_lazy("Reconciliation service"),
        description=gettext_lazy(
            "The manifest of the service, by the Entity Reconciliation API 0.2: add this address "
            "to OpenRefine. With `queries` or `extend` it answers as to a POST."
        ),
        parameters=[
            OpenApiParameter(
                "queries",
                OpenApiTypes.STR,
                description=gettext_lazy("Questions, as for the POST."),
            ),
            OpenApiParameter(
                "extend",
                OpenApiTypes.STR,
                description=gettext_lazy("Entities and properties, as for the POST."),
            ),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Answer with the manifest, or with what the query string asks for."""
        answer = _answer(request.query_params)
        return Response(manifest() if answer is None else answer)

    @extend_schema(
        operation_id="reconcile_create",
        summary=gettext_lazy("Reconcile names, or tell more of entities"),
        description=gettext_lazy(
            "A form with `queries` (a JSON object of up to 100 questions by names of your own) is "
            "answered with candidates: cities, networks and focus areas, each with a score from 0 "
            "to 100, and `match` where it is safe to take. A form with `extend` (a JSON object of "
            "`ids` and `properties`) is answered with the values of those properties."
        ),
        request={
            FORM: {
                "type": "object",
                "properties": {
                    "queries": {"type": "string", "description": gettext_lazy("Questions, JSON.")},
                    "extend": {"type": "string", "description": gettext_lazy("Ids, JSON.")},
                },
            }
        },
        responses=OpenApiTypes.OBJECT,
    )
    def post(self, request: Request) -> Response:
        """Answer what the form asks for."""
        # Through Django's own request, which refuses forms that are too large.
        answer = _answer(request._request.POST)
        if answer is None:
            raise ValidationError({"queries": [_("Send a form with “queries” or “extend”.")]})
        return Response(answer)


def _answer(form: Any) -> dict[str, Any] | None:
    """Return the answer to a form, or None where nothing of the protocol is asked."""
    if "queries" in form:
        asked = reading.questions(form["queries"])
        found = reconcile(list(asked.values()))
        return {
            name: {"result": [answers.candidate(one) for one in candidates]}
            for name, candidates in zip(asked, found, strict=True)
        }
    if "extend" in form:
        return answers.extended(*extend(*reading.extension(form["extend"])))
    return None
