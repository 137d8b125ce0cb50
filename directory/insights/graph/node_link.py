"""JSON of nodes and links, as networkx reads it: ``networkx.node_link_graph(json.load(file))``."""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from directory.insights.graph.model import Graph
from directory.insights.graph.streaming import in_chunks


def node_link(graph: Graph) -> Iterator[bytes]:
    """Yield the graph as JSON, in pieces; one line for each node and each edge."""
    return in_chunks(_pieces(graph))


def _pieces(graph: Graph) -> Iterator[str]:
    facts = _json({"title": graph.title, **graph.facts})
    yield f'{{"directed":false,"multigraph":false,"graph":{facts},\n"nodes":[\n'
    yield from _lines(
        {"id": node.id, "label": node.label, **node.attributes} for node in graph.nodes
    )
    yield '],\n"edges":[\n'
    yield from _lines(
        {"source": edge.source, "target": edge.target, "weight": edge.weight, **edge.attributes}
        for edge in graph.edges
    )
    yield "]}\n"


def _lines(rows: Iterable[Mapping]) -> Iterator[str]:
    comma = ""
    for row in rows:
        yield comma + _json(row)
        comma = ",\n"
    yield "\n"


def _json(value: Mapping) -> str:
    return orjson.dumps(value).decode()
