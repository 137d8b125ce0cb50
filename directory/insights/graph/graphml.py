"""GraphML, which networkx, igraph, Gephi and Cytoscape read (http://graphml.graphdrawing.org)."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from directory.insights.graph.attributes import WEIGHT
from directory.insights.graph.model import Attribute, Graph, Value
from directory.insights.graph.streaming import in_chunks, written

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {"string": "string", "integer": "int", "number": "double", "boolean": "boolean"}
LABEL = Attribute(name="label", type="string", description="The name.")


def graphml(graph: Graph) -> Iterator[bytes]:
    """Yield the graph as a file of GraphML, in pieces."""
    return in_chunks(_pieces(graph))


def _pieces(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<graphml xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd">\n'
    )
    yield f"<desc>{escape(graph.title)}</desc>\n"
    facts = {"title": graph.title, **graph.facts}
    for name, value in facts.items():
        kind = "int" if isinstance(value, int) else "string"
        yield f'<key id="g.{name}" for="graph" attr.name="{name}" attr.type="{kind}"/>\n'
    for attribute in (LABEL, *graph.node_attributes):
        yield _key("node", attribute)
    for attribute in (WEIGHT, *graph.edge_attributes):
        yield _key("edge", attribute)
    yield '<graph edgedefault="undirected">\n'
    yield _data("g", facts) + "\n"
    for node in graph.nodes:
        said = _data("n", {"label": node.label, **node.attributes})
        yield f"<node id={quoteattr(node.id)}>{said}</node>\n"
    for edge in graph.edges:
        said = _data("e", {"weight": edge.weight, **edge.attributes})
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        yield f"<edge {ends}>{said}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _key(of: str, attribute: Attribute) -> str:
    return (
        f'<key id="{of[0]}.{attribute.name}" for="{of}" attr.name="{attribute.name}" '
        f'attr.type="{TYPES[attribute.type]}"><desc>{escape(attribute.description)}</desc></key>\n'
    )


def _data(of: str, said: Mapping[str, Value]) -> str:
    return "".join(
        f'<data key="{of}.{name}">{escape(written(value))}</data>' for name, value in said.items()
    )
