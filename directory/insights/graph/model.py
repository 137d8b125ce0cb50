"""What a graph is here: nodes, edges, and what is said of each; it never changes once made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool
"""What an attribute may hold; one that is not known is left out, never None or empty text."""


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """Something that is said of nodes or of edges.

    ``type`` is that of Table Schema: string, integer, number or boolean.
    """

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Node:
    """A city or a network; ``id`` is unique among both, such as ``city/bergen-no``."""

    id: str
    label: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two nodes, which are named by their ids; it has no direction."""

    source: str
    target: str
    weight: int
    attributes: Mapping[str, Value]


@dataclass(frozen=True)
class Graph:
    """A graph without directions, loops or parallel edges.

    Nodes are in the order of their ids, edges in that of their two ends, so that equal data give
    equal files. ``edges`` can be gone through again and again, and may be worked out each time:
    there can be many more than nodes. ``facts`` are said of the graph as a whole.
    """

    title: str
    nodes: tuple[Node, ...]
    edges: Iterable[Edge]
    node_attributes: tuple[Attribute, ...]
    edge_attributes: tuple[Attribute, ...]
    facts: Mapping[str, Value] = field(default_factory=dict)
