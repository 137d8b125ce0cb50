"""The entrance of the API, its description, and whatever address is not in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import api_address, docs_address
from api.reference import reference
from api.resources import LICENCE, Endpoint
from api.schema import description
from api.suggestions import nearest

LISTS = (
    "networks",
    "cities",
    "memberships",
    "statements",
    "focus-areas",
    "countries",
    "funders",
    "releases",
    "changes",
    "search",
    "suggest",
    "graph",
    "stats",
)


class Root(Endpoint):
    """Where everything is."""

    @extend_schema(
        operation_id="root",
        summary=_("Where everything is"),
        description=_("The address of every list, of this description, and of the licence."),
        responses=inline_serializer(
            "Root",
            {
                **{name: serializers.URLField() for name in LISTS},
                "uploads": serializers.URLField(
                    help_text=_("Lists of memberships that you hand in; with an access token.")
                ),
                "reconcile": serializers.URLField(
                    help_text=_("For OpenRefine: the Entity Reconciliation API 0.2.")
                ),
                "schema": serializers.URLField(help_text=_("OpenAPI 3.0.3.")),
                "docs": serializers.URLField(help_text=_("The same for people.")),
                "licence": serializers.URLField(help_text=_("Of the data: CC BY 4.0.")),
            },
        ),
    )
    def get(self, request: Request) -> Response:
        """Answer with the address of every list."""
        names = (*LISTS, "uploads", "reconcile", "schema")
        addresses = {name: api_address(name) for name in names}
        return Response({**addresses, "docs": docs_address(), "licence": LICENCE})


class Description(Endpoint):
    """The OpenAPI description of the API."""

    schema = None

    def get(self, request: Request) -> Response:
        """Answer with the description, OpenAPI 3.0.3."""
        return Response(description())


class Nowhere(Endpoint):
    """Every address under /api/ that is none of the API."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer every method alike: there is nothing here."""
        part = request.path.removeprefix("/api/").removeprefix("v1/").split("/")[0]
        meant = nearest(part, (*LISTS, "uploads"))
        message = gettext("There is nothing at this address.")
        if meant and meant != part:
            message += " " + gettext("Did you mean %(address)s?") % {"address": api_address(meant)}
        raise NotFound(message)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the description as a page for people."""
    return render(request, "api/docs.html", reference(description()))
