"""Networks."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.counts import listed_members
from api.filters import valid_filters
from api.paging import CorrectedNumberedPages
from api.resources import Resource
from api.serializers.networks import NetworkSerializer
from directory.models import Network
from directory.search.filters import NetworkFilter
from directory.search.networks import NetworkHits

FACTS = (
    "focus_areas",
    "regions",
    "countries",
    "funders",
    "headquarters",
    "parent",
    "merged_into",
)


@extend_schema_view(
    list=extend_schema(
        summary=_("Find networks"),
        description=_(
            "City networks by words and by facts. Values of one filter are OR, filters are AND. "
            "Sorted by relevance where there are words, else by name."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One network"),
        description=_("All facts about a network, by its slug."),
    ),
)
class Networks(Resource):
    """City networks with all their facts."""

    table = "networks"
    address_name = "network"
    record_type = "network"
    serializer_class = NetworkSerializer
    filterset_class = NetworkFilter
    pagination_class = CorrectedNumberedPages

    def get_queryset(self) -> QuerySet[Network]:
        """Return networks with the facts that the answer shows."""
        networks = Network.objects.public()
        if self.wants(*FACTS):
            networks = networks.with_facts()
        return networks.prefetch_related("labels") if self.wants("names") else networks

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with a page of the networks found."""
        _hits, page = self.found(request)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def found(self, request: Request) -> tuple[NetworkHits, Sequence[Network]]:
        """Return what the request finds, and the page of it that it asks for."""
        networks = Network.objects.public()
        hits = valid_filters(NetworkFilter, request, networks, day=self.day).hits()
        self.paginator.correction = hits.correction
        page = self.paginator.paginate_ranked(hits.ids, self.get_queryset(), request)
        hits.complete(page)
        return hits, page

    def complete(self, records: Sequence[Network]) -> None:
        """Add how many current members of each are listed."""
        if self.wants("listed_members"):
            counts = listed_members(self.day)
            for network in records:
                network.listed_members = counts.get(network.pk, 0)
