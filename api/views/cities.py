"""Cities."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.filters import valid_filters
from api.fragments import Fragments
from api.keyset import Column, CorrectedKeysetPages
from api.paging import in_order
from api.resources import Resource
from api.serializers.cities import CitySerializer
from directory.models import City
from directory.search.cities import CityCriteria, CitySort, find_cities
from directory.search.filters import CityFilter

# A population that is not known comes last; a key must not be NULL. Its type is named because
# that of the column knows no -1, and Django would answer comparisons with it by itself, wrongly.
KNOWN_POPULATION = Coalesce("population", Value(-1), output_field=IntegerField())
BY_NAME = (Column("name_key", str), Column("slug", str))
KEYSETS = {
    CitySort.NAME: BY_NAME,
    CitySort.LARGEST: (Column("known_population", int, descending=True), *BY_NAME),
    CitySort.MOST_MEMBERSHIPS: (Column("listed_networks", int, descending=True), *BY_NAME),
}


@extend_schema_view(
    list=extend_schema(
        summary=_("Find cities"),
        description=_(
            "Cities that are or were members of networks, by any of their names and by what "
            "they belong to. Sorted by relevance where there are words, else by name."
        ),
    ),
    retrieve=extend_schema(
        summary=_("One city"),
        description=_("A city by its slug; its memberships are at `memberships_url`."),
    ),
)
class Cities(Resource):
    """Cities, with the ids that others know them by."""

    table = "cities"
    address_name = "city"
    record_type = "city"
    serializer_class = CitySerializer
    filterset_class = CityFilter
    pagination_class = CorrectedKeysetPages

    def get_queryset(self) -> QuerySet[City]:
        """Return cities with what the answer shows beside their own columns."""
        return self.with_parts(City.objects.public())

    def with_parts(self, cities: QuerySet[City]) -> QuerySet[City]:
        """Add to a queryset what the answer shows beside the columns of cities."""
        if self.wants("country"):
            cities = cities.select_related("country")
        if self.wants("successor"):
            cities = cities.select_related("successor")
        return cities.prefetch_related("labels") if self.wants("names") else cities

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with a page of the cities found."""
        hits = valid_filters(CityFilter, request, City.objects.public(), day=self.day).hits()
        self.paginator.correction = hits.correction
        order = hits.criteria.order
        if order == CitySort.RELEVANCE:
            page = self.paginator.paginate_ranked(hits.ids, self.get_queryset(), request)
        else:
            self.keyset = KEYSETS[order]
            rows = hits.rows.annotate(known_population=KNOWN_POPULATION)
            page = self.paginator.paginate_queryset(self.with_parts(rows), request, self)
        if self.wants("listed_networks", "as_of_answer"):
            hits.complete(page)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def complete(self, records: Sequence[City]) -> None:
        """Add of how many networks each city is a current member."""
        if self.wants("listed_networks"):
            count_networks(records, self.day)


def count_networks(cities: Sequence[City], day: datetime.date) -> None:
    """Add of how many networks each city is a current member."""
    find_cities(CityCriteria(City.objects.public()), day=day).complete(cities)


def _write(ids: list[int], day: datetime.date) -> list[Any]:
    cities = City.objects.public().select_related("country", "successor")
    records = in_order(ids, cities.prefetch_related("labels"))
    count_networks(records, day)
    return CitySerializer(records, many=True, context={"day": day}).data


whole_cities = Fragments(_write)
