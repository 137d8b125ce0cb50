"""Networks."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.filters import valid_filters
from api.fragments import Fragments
from api.paging import CorrectedNumberedPages, in_order
from api.resources import Resource
from api.serializers.networks import NetworkSerializer
from directory.insights.members import listed_members
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
        return self.get_paginated_response(page)

    def found(self, request: Request) -> tuple[NetworkHits, Sequence[Any]]:
        """Return what the request finds, and the page of it that it asks for, as JSON."""
        networks = Network.objects.public()
        hits = valid_filters(NetworkFilter, request, networks, day=self.day).hits()
        self.paginator.correction = hits.correction
        if self.only is None and hits.criteria.as_of is None:
            first, last = self.paginator.window(request, len(hits.ids))
            return hits, whole_networks.of(hits.ids[first:last], self.day)
        page = self.paginator.paginate_ranked(hits.ids, self.get_queryset(), request)
        hits.complete(page)
        return hits, self.get_serializer(page, many=True).data

    def complete(self, records: Sequence[Network]) -> None:
        """Add how many current members of each are listed."""
        if self.wants("listed_members"):
            count_members(records, self.day)


def count_members(networks: Iterable[Network], day: datetime.date) -> None:
    """Add how many current members of each network are listed."""
    counts = listed_members(day)
    for network in networks:
        network.listed_members = counts.get(network.pk, 0)


def _write(ids: list[int], day: datetime.date) -> list[Any]:
    networks = in_order(ids, Network.objects.public().with_facts().prefetch_related("labels"))
    count_members(networks, day)
    return NetworkSerializer(networks, many=True, context={"day": day}).data


whole_networks = Fragments(_write)
