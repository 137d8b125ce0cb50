"""What is worked out from memberships: coverage, and cities that are alike."""

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import api_address
from api.filters import filter_names, valid_filters
from api.paging import whole_number
from api.resources import Endpoint, moved_or_missing
from api.schema import FilteredSchema
from api.serializers.insights import (
    CoverageSerializer,
    SimilarCitiesSerializer,
    StatisticsSerializer,
)
from directory.history.moment import one_moment
from directory.insights.coverage import coverage
from directory.insights.graph.filters import CoverageFilter, all_memberships, answering
from directory.insights.likeness import MOST_STORED
from directory.insights.similar import LikeCity, Measure
from directory.models import City

FEW = 10
WHAT_COVERAGE_COUNTS = _(
    "Networks that may have been at work on the day, by their years (one that ended in an unknown "
    "year counts as ended), by focus area with its parts, and by region of UN M49 with its parts. "
    "A zero means that this directory lists none: absence here is absence from the directory."
)


class Statistics(Endpoint):
    """Which statistics there are."""

    @extend_schema(
        operation_id="statistics",
        summary=_("Which statistics there are"),
        description=_("The address of each."),
        responses=StatisticsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer with the address of each."""
        return Response({"coverage": api_address("coverage")})


class Coverage(Endpoint):
    """Focus areas by regions of the world."""

    schema = FilteredSchema()
    filterset_class = CoverageFilter
    parameters = frozenset(filter_names(CoverageFilter)[0])
    repeatable = frozenset(filter_names(CoverageFilter)[1])

    @extend_schema(
        operation_id="coverage",
        summary=_("Coverage of focus areas by region"),
        description=_(
            "For each focus area and each region of the world (UN M49, both levels): networks "
            "with listed members there, networks that name the region, and member cities; "
            "worldwide networks apart. `definition` says what is counted and what a zero means."
        ),
        responses=CoverageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer with every focus area in every region, zeros included: they are the gaps."""
        with one_moment():
            filters = valid_filters(CoverageFilter, request, all_memberships(), day=self.day)
            as_of = filters.as_of_day
            day = as_of.day if as_of else self.day
            areas = coverage(
                answering(all_memberships(), as_of, day=day),
                day=day,
                areas=filters.given["focus_area"],
            )
        answer = {
            "day": day,
            "precision": "strict" if as_of and as_of.strict else "possible",
            "definition": WHAT_COVERAGE_COUNTS,
            "results": areas,
        }
        return Response(CoverageSerializer(answer).data)


class SimilarCities(Endpoint):
    """The cities most like one city."""

    lookup_field = "slug"
    parameters = frozenset({"measure", "limit"})

    @extend_schema(
        operation_id="similar_cities",
        summary=_("Cities like a city"),
        description=_(
            "The cities that are in the same networks, the likest first; with two networks in "
            "common or more. By default by the Jaccard index of current memberships: networks "
            "that both are in over networks that either is in."
        ),
        parameters=[
            OpenApiParameter(
                "measure",
                OpenApiTypes.STR,
                enum=Measure.values,
                default=Measure.JACCARD.value,
                description=_(
                    "`jaccard`: networks of both over networks of either. `overlap`: over the "
                    "networks of the city that is in fewer. `cosine`: over the geometric mean."
                ),
            ),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MOST_STORED, "default": FEW},
                description=_("How many to give at most."),
            ),
        ],
        responses=SimilarCitiesSerializer,
    )
    def get(self, request: Request, slug: str) -> Response:
        """Answer with the likest cities, or lead to where a former id leads now."""
        measure = self._measure(request)
        limit = whole_number(request, "limit", default=FEW, largest=MOST_STORED)
        city = City.objects.public().with_country().filter(slug=slug).first()
        if city is None:
            return moved_or_missing("city", slug, request, part="similar/")
        found = LikeCity(city, day=self.day).by(measure, limit)
        answer = {
            "city": city,
            "measure": measure,
            "definition": measure.label,
            "day": self.day,
            "count": len(found),
            "results": found,
        }
        return Response(SimilarCitiesSerializer(answer).data)

    def _measure(self, request: Request) -> Measure:
        written = request.query_params.get("measure", Measure.JACCARD.value)
        if written not in Measure.values:
            known = ", ".join(Measure.values)
            raise ValidationError({"measure": [translated("Use one of: %s.") % known]})
        return Measure(written)
