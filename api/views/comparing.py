"""Two to four networks, or cities, side by side: what the pages of comparisons show."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from api.addresses import api_address
from api.compared import CITIES, NETWORKS, Comparable, NamedRecords
from api.paging import whole_number
from api.resources import Endpoint
from api.serializers.comparing import CityComparisonSerializer, NetworkComparisonSerializer
from directory.insights.comparing import (
    LEAST_COMPARED,
    LONGEST_LIST,
    MOST_COMPARED,
    CityComparison,
    NetworkComparison,
    compare_cities,
    compare_networks,
)

LONGEST_LIMIT = 1000


def _parameters(name: str, description: Promise) -> list[OpenApiParameter]:
    schema = {
        "type": "array",
        "items": {"type": "string"},
        "minItems": LEAST_COMPARED,
        "maxItems": MOST_COMPARED,
    }
    limit = {"type": "integer", "minimum": 1, "maximum": LONGEST_LIMIT, "default": LONGEST_LIST}
    return [
        OpenApiParameter(
            name, schema, required=True, explode=True, style="form", description=description
        ),
        OpenApiParameter(
            "limit",
            limit,
            description=_(
                "How many cities or networks of each list to give at most: `count` says how long "
                "it is, and the file at `file_url` has all."
            ),
        ),
    ]


class _Comparison(Endpoint):
    """A comparison of the records of one kind."""

    kind: Comparable
    address_name: str
    serializer_class: type[Serializer]
    compare: Callable[..., CityComparison | NetworkComparison]

    def get(self, request: Request) -> Response:
        """Answer with the comparison, or lead to where former ids lead now."""
        limit = whole_number(request, "limit", default=LONGEST_LIST, largest=LONGEST_LIMIT)
        named = NamedRecords(request, self.kind)
        if named.moved:
            address = f"{api_address(self.address_name)}?{named.query}"
            if "limit" in request.query_params:
                address = f"{address}&limit={limit}"
            return Response({"url": address}, status=301, headers={"Location": address})
        answer = {
            "day": self.day,
            "html_url": named.address(self.kind.page),
            "file_url": named.address(self.kind.file),
            **vars(self.compare(named.records, day=self.day)),
        }
        return Response(self.serializer_class(answer, context={"limit": limit}).data)


@extend_schema_view(
    get=extend_schema(
        operation_id="compare_networks",
        summary=_("Compare networks"),
        description=_(
            "Two to four networks side by side: their facts, what they work on, and which of the "
            "member cities listed are in all of them, in some, in one alone."
        ),
        parameters=_parameters("network", _("Slug of a network; given two to four times.")),
        responses=NetworkComparisonSerializer,
    )
)
class NetworksCompared(_Comparison):
    """Networks side by side."""

    kind = NETWORKS
    address_name = "compare-networks"
    serializer_class = NetworkComparisonSerializer
    parameters = frozenset({"network", "limit"})
    repeatable = frozenset({"network"})
    compare = staticmethod(compare_networks)


@extend_schema_view(
    get=extend_schema(
        operation_id="compare_cities",
        summary=_("Compare cities"),
        description=_(
            "Two to four cities side by side: which networks have all of them as members, some, "
            "or one alone, and on which focus areas those networks work."
        ),
        parameters=_parameters("city", _("Slug of a city; given two to four times.")),
        responses=CityComparisonSerializer,
    )
)
class CitiesCompared(_Comparison):
    """Cities side by side."""

    kind = CITIES
    address_name = "compare-cities"
    serializer_class = CityComparisonSerializer
    parameters = frozenset({"city", "limit"})
    repeatable = frozenset({"city"})
    compare = staticmethod(compare_cities)
