"""The graph of cities and networks, whole or filtered, in the formats of programs for graphs."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from api.filters import filter_names, valid_filters
from api.parameters import headers_of_answer
from api.resources import Endpoint
from api.schema import FilteredSchema
from api.serializers.graph import GraphSerializer
from directory.history import current_revision
from directory.history.moment import one_moment
from directory.insights.graph import Graph, TooManyTies, gexf, graphml, node_link
from directory.insights.graph.filters import GraphFilter, all_memberships


class Format(NamedTuple):
    """A format of graphs: its media type, and what writes it."""

    media_type: str
    write: Callable[[Graph], Iterator[bytes]]


FORMATS = {
    "json": Format("application/json", node_link),
    "graphml": Format("application/graphml+xml", graphml),
    "gexf": Format("application/gexf+xml", gexf),
}
HEADERS = {
    "CityNet-Revision": _("Revision of the directory that the graph was read at."),
    "CityNet-Date": _("Day of the graph."),
    "Content-Disposition": _("Name of the file: mode, day and revision."),
}


class GraphOfMemberships(Endpoint):
    """The graph; its format stands at the end of the address or in ``format``."""

    schema = FilteredSchema()
    filterset_class = GraphFilter
    parameters = frozenset({"format", *filter_names(GraphFilter)[0]})
    repeatable = frozenset(filter_names(GraphFilter)[1])

    @extend_schema(
        operation_id="graph",
        summary=_("The graph of cities and networks"),
        description=_(
            "Cities and networks tied by memberships (`mode=two-mode`), or its projections on "
            "cities or on networks (`mode=cities`, `mode=networks`), from the weight 2 unless "
            "`min_weight` says otherwise. Ids of nodes are such as `city/bergen-no` and "
            "`network/eurocities`. Cities and networks without a membership that answers are not "
            "in it; those without a tie are in a projection all the same. All of it comes at "
            "once, from one moment of the directory; also at `/api/v1/graph.graphml`, "
            "`/api/v1/graph.gexf` and `/api/v1/graph.json`. GraphML is read by networkx, igraph "
            "and Cytoscape, GEXF by Gephi, JSON by `networkx.node_link_graph(data, "
            'edges="edges")`. What is not known is left out.'
        ),
        parameters=[
            OpenApiParameter(
                "format",
                {"type": "string", "enum": list(FORMATS), "default": "json"},
                description=_("Format of the file."),
            ),
            *headers_of_answer(HEADERS),
        ],
        responses={
            (200, "application/json"): GraphSerializer,
            (200, "application/graphml+xml"): OpenApiTypes.STR,
            (200, "application/gexf+xml"): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request, extension: str = "") -> StreamingHttpResponse:
        """Answer with the file, written while it is sent; all queries are over by then."""
        extension = self.extension(request, extension)
        with one_moment():
            filters = valid_filters(GraphFilter, request, all_memberships(), day=self.day)
            revision = current_revision()
            try:
                graph = filters.graph()
            except TooManyTies as error:
                advice = translated("Raise “min_weight”, or filter by network, city or region.")
                raise ValidationError({"min_weight": [f"{error} {advice}"]}) from error
        name = f"citynet-graph-{graph.facts['mode']}-{graph.facts['day']}-r{revision}.{extension}"
        headers = {
            "CityNet-Revision": str(revision),
            "CityNet-Date": str(graph.facts["day"]),
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        media_type, write = FORMATS[extension]
        return StreamingHttpResponse(write(graph), content_type=media_type, headers=headers)

    def extension(self, request: Request, written: str) -> str:
        """Return the format asked for; raises NotFound or ValidationError for one unknown."""
        known = ", ".join(FORMATS)
        if written:
            if "format" in request.query_params:
                message = translated("The address names the format already: leave this out.")
                raise ValidationError({"format": [message]})
            if written not in FORMATS:
                raise NotFound(translated("There is no such format; there is: %s.") % known)
            return written
        asked = request.query_params.get("format", "json")
        if asked not in FORMATS:
            raise ValidationError({"format": [translated("Use one of: %s.") % known]})
        return asked
