"""The graph in JSON, for its description alone: what is sent is written while it is sent."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from directory.insights.graph import LINK_ATTRIBUTES, NODE_ATTRIBUTES, TIE_ATTRIBUTES, Attribute

FIELDS = {
    "string": serializers.CharField,
    "integer": serializers.IntegerField,
    "number": serializers.FloatField,
    "boolean": serializers.BooleanField,
}


def _fields(*attributes: Attribute) -> dict[str, serializers.Field]:
    """Return a field for each attribute; a node or edge has those that are known of it."""
    return {
        each.name: FIELDS[each.type](required=False, help_text=each.description)
        for each in attributes
    }


class GraphFactsSerializer(serializers.Serializer):
    """What is said of the graph as a whole."""

    title = serializers.CharField()
    mode = serializers.CharField(help_text=_("`two-mode`, `cities` or `networks`."))
    day = serializers.DateField(help_text=_("The day whose memberships it shows."))
    licence = serializers.URLField(help_text=_("Of the data: CC BY 4.0."))
    min_weight = serializers.IntegerField(
        required=False, help_text=_("Least weight of an edge, in a projection.")
    )


class GraphNodeSerializer(serializers.Serializer):
    """A city or a network. What is not known is left out."""

    id = serializers.CharField(help_text=_("Such as `city/bergen-no` or `network/eurocities`."))

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields of nodes, those of the registry included."""
        # Not in the class, where `label` is what the serializer itself is called.
        label = serializers.CharField(help_text=_("The name."))
        return {**super().get_fields(), "label": label, **_fields(*NODE_ATTRIBUTES)}


class GraphEdgeSerializer(serializers.Serializer):
    """A membership, or a tie of a projection."""

    target = serializers.CharField(help_text=_("Id of the other end."))
    weight = serializers.IntegerField(
        help_text=_("1 for a membership, else how many are in common.")
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return the fields of edges, those of the registry included."""
        # Not in the class, where `source` is where the serializer itself reads from.
        source = serializers.CharField(help_text=_("Id of one end."))
        known = _fields(*LINK_ATTRIBUTES, *TIE_ATTRIBUTES)
        return {"source": source, **super().get_fields(), **known}


@extend_schema_serializer(many=False)
class GraphSerializer(serializers.Serializer):
    """A graph as networkx reads it: nodes, and edges between them."""

    directed = serializers.BooleanField(help_text=_("Always false."))
    multigraph = serializers.BooleanField(help_text=_("Always false."))
    graph = GraphFactsSerializer()
    nodes = GraphNodeSerializer(many=True)
    edges = GraphEdgeSerializer(many=True)
