"""Search by words with facets, and suggestions as one types."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import api_query
from api.filters import cleaned
from api.paging import in_order, whole_number
from api.resources import Endpoint
from api.serializers.cities import CitySerializer
from api.serializers.search import (
    CorrectionSerializer,
    SearchSerializer,
    SuggestionsSerializer,
)
from api.views.cities import whole_cities
from api.views.networks import Networks
from directory.models import City
from directory.search.criteria import NetworkCriteria
from directory.search.filters import CityFilter, NetworkFilter
from directory.search.networks import Facet
from directory.search.query import LONGEST_QUERY
from directory.search.spelling import Correction
from directory.search.suggestions import MOST_SUGGESTIONS, suggest

MOST_CITIES = 5
FEW = 8


class Search(Networks):
    """Networks by words and facets, and the cities that the words name."""

    @extend_schema(
        operation_id="search",
        summary=_("Search"),
        description=_(
            "Networks by words and facets, a page of them, with the counts of every facet under "
            "the other filters; and the cities that the words name. `fields` trims the networks."
        ),
        responses=SearchSerializer,
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with a page of networks, the facets, and the best cities."""
        hits, page = self.found(request)
        envelope = self.paginator.envelope(page)
        results = envelope.pop("results")
        return Response(
            {
                **envelope,
                "facets": [_facet(facet) for facet in hits.facets],
                "results": results,
                "cities": self._cities(hits.criteria),
            }
        )

    def _cities(self, criteria: NetworkCriteria) -> dict[str, Any] | None:
        """Return the cities that the words name, the best of them in full; None without words."""
        if not criteria.text:
            return None
        asked = {"q": criteria.text, **({"exact": "true"} if criteria.exact else {})}
        if criteria.as_of:
            asked["as_of"] = criteria.as_of.day.isoformat()
        filters = CityFilter(asked, City.objects.public(), day=self.day, asked_only=True)
        filters.is_valid()
        hits = filters.hits()
        best = hits.ids[:MOST_CITIES]
        if criteria.as_of is None:
            results: Any = whole_cities.of(best, self.day)
        else:
            cities = City.objects.public().select_related("country").prefetch_related("labels")
            results = CitySerializer(in_order(best, hits.with_answers(cities)), many=True).data
        return {
            "count": hits.total,
            "correction": _correction(hits.correction),
            "url": api_query("cities", **asked),
            "results": results,
        }


class Suggestions(Endpoint):
    """What may be meant by the beginning of a name."""

    parameters = frozenset({"q", "limit"})

    @extend_schema(
        operation_id="suggest",
        summary=_("Suggest as one types"),
        description=_("Networks, cities and focus areas named like what has been typed so far."),
        parameters=[
            OpenApiParameter(
                "q",
                {"type": "string", "maxLength": LONGEST_QUERY},
                description=_("What has been typed so far."),
            ),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MOST_SUGGESTIONS, "default": FEW},
                description=_("How many to give at most."),
            ),
        ],
        responses=SuggestionsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer with suggestions, none for nothing typed."""
        limit = whole_number(request, "limit", default=FEW, largest=MOST_SUGGESTIONS)
        text = cleaned(NetworkFilter, "q", request)
        found = suggest(text, day=self.day, limit=limit)
        return Response(SuggestionsSerializer({"count": len(found), "results": found}).data)


def _facet(facet: Facet) -> dict[str, Any]:
    """Return what ``FacetSerializer`` describes, without asking each of a hundred choices."""
    return {
        "name": facet.name,
        "label": facet.label,
        "kind": facet.kind,
        "choices": [
            {
                "value": choice.value,
                "label": choice.label,
                "count": choice.count,
                "selected": choice.selected,
                "depth": choice.depth,
            }
            for choice in facet.choices
        ],
        "least": facet.least,
        "most": facet.most,
    }


def _correction(correction: Correction | None) -> dict[str, str] | None:
    return None if correction is None else CorrectionSerializer(correction).data
