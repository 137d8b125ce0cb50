"""Memberships, and the statements that they rest on."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.keyset import Column, KeysetPages
from api.resources import Resource
from api.rows import MembershipRows
from api.serializers.memberships import MembershipSerializer, StatementSerializer
from api.writing.preconditions import etag
from directory.models import Membership, Statement
from directory.search.filter_fields import number_of
from directory.search.filters import MembershipFilter, StatementFilter

BY_NUMBER = (Column("id", int),)


@extend_schema_view(
    list=extend_schema(
        summary=_("List memberships"),
        description=_(
            "One city in one network over one period, with the statements that it rests on: "
            "nothing more needs fetching to show a row. In the order of ids."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One membership"),
        description=_(
            "A membership by its permanent id, with all its statements. The `ETag` names what was "
            "read, for whoever wants to change it."
        ),
    ),
)
class Memberships(Resource):
    """Memberships with their statements."""

    table = "memberships"
    address_name = "membership"
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter
    pagination_class = KeysetPages
    keyset = BY_NUMBER
    lookup_field = "id"

    def get_queryset(self) -> QuerySet[Membership]:
        """Return memberships with what the answer shows beside their own columns."""
        memberships = Membership.objects.public()
        if self.wants("network"):
            memberships = memberships.select_related("network")
        if self.wants("city"):
            memberships = memberships.select_related("city__country")
        if self.wants("statements", "newest_year", "old", "last_confirmed"):
            memberships = memberships.with_statements()
        return memberships

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with a page of memberships."""
        rows = MembershipRows(self.only, self.day)
        found = self.filter_queryset(Membership.objects.public())
        page = self.paginator.paginate_queryset(found, request, view=self, shown=rows.of)
        return self.get_paginated_response(rows.written(page))

    def now(self) -> Response:
        """Answer with one membership; in full it says by which ETag it is changed."""
        membership = self.get_object()
        response = Response(self.get_serializer(membership).data)
        if self.only is None:
            response["ETag"] = etag(membership, self.request.get_full_path())
        return response

    def lookup(self, identifier: str) -> dict[str, Any]:
        """Return the condition on the membership with the public id."""
        return {"pk": number_of(identifier, "m") or 0}


@extend_schema_view(
    list=extend_schema(
        summary=_("List statements"),
        description=_(
            "What memberships rest on: who says what of a city in a network, and where it can "
            "be read. In the order of ids."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One statement"),
        description=_("A statement by its permanent id."),
    ),
)
class Statements(Resource):
    """Statements with the membership that each is about."""

    table = "statements"
    address_name = "statement"
    serializer_class = StatementSerializer
    filterset_class = StatementFilter
    pagination_class = KeysetPages
    keyset = BY_NUMBER
    lookup_field = "id"

    def get_queryset(self) -> QuerySet[Statement]:
        """Return statements with what the answer shows beside their own columns."""
        statements = Statement.objects.public()
        if self.wants("membership", "html_url"):
            statements = statements.select_related(
                "membership__network", "membership__city__country"
            )
        return statements

    def lookup(self, identifier: str) -> dict[str, Any]:
        """Return the condition on the statement with the public id."""
        return {"pk": number_of(identifier, "s") or 0}
