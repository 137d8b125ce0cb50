"""The graph of cities and networks: built from memberships, written as programs of graphs read it.

Either ``two_mode(memberships, day=day)`` or ``one_mode(memberships, CITIES, day=day)``, with
``Membership.objects.public().current(day)`` or ``.as_of(day)``, filtered or not; then the bytes of
``graphml(graph)``, ``gexf(graph)`` or ``node_link(graph)``. Whoever wants both as of one moment
does it within ``directory.history.moment.one_moment()``.
"""

from directory.insights.graph.attributes import (
    CITY_ATTRIBUTES,
    LINK_ATTRIBUTES,
    NETWORK_ATTRIBUTES,
    NODE_ATTRIBUTES,
    TIE_ATTRIBUTES,
)
from directory.insights.graph.building import (
    CITIES,
    LEAST_WEIGHT,
    NETWORKS,
    TooManyTies,
    one_mode,
    two_mode,
)
from directory.insights.graph.gexf import gexf
from directory.insights.graph.graphml import graphml
from directory.insights.graph.model import Attribute, Edge, Graph, Node
from directory.insights.graph.node_link import node_link

__all__ = [
    "CITIES",
    "CITY_ATTRIBUTES",
    "LEAST_WEIGHT",
    "LINK_ATTRIBUTES",
    "NETWORKS",
    "NETWORK_ATTRIBUTES",
    "NODE_ATTRIBUTES",
    "TIE_ATTRIBUTES",
    "Attribute",
    "Edge",
    "Graph",
    "Node",
    "TooManyTies",
    "gexf",
    "graphml",
    "node_link",
    "one_mode",
    "two_mode",
]
