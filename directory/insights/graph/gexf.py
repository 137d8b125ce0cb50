"""GEXF 1.3, the format of Gephi 0.9.3 and later (https://gexf.net)."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from directory.insights.graph.model import Attribute, Graph, Value
from directory.insights.graph.streaming import in_chunks, written

NAMESPACE = "http://gexf.net/1.3"
TYPES = {"string": "string", "integer": "integer", "number": "double", "boolean": "boolean"}


def gexf(graph: Graph) -> Iterator[bytes]:
    """Yield the graph as a file of GEXF, in pieces."""
    return in_chunks(_pieces(graph))


def _pieces(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        f'<gexf xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {NAMESPACE}/gexf.xsd" version="1.3">\n'
    )
    yield f"<meta lastmodifieddate={quoteattr(str(graph.facts['day']))}><creator>CityNet</creator>"
    yield f"<description>{escape(_description(graph))}</description></meta>\n"
    yield '<graph defaultedgetype="undirected" mode="static" idtype="string">\n'
    yield from _declarations("node", graph.node_attributes)
    yield from _declarations("edge", graph.edge_attributes)
    yield "<nodes>\n"
    for node in graph.nodes:
        said = _values(node.attributes)
        yield f"<node id={quoteattr(node.id)} label={quoteattr(node.label)}>{said}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(graph.edges):
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        said = _values(edge.attributes)
        yield f'<edge id="{number}" {ends} weight="{edge.weight}">{said}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _description(graph: Graph) -> str:
    facts = "; ".join(f"{name}: {value}" for name, value in graph.facts.items())
    return f"{graph.title} ({facts})"


def _declarations(of: str, attributes: tuple[Attribute, ...]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for attribute in attributes:
        name, kind = attribute.name, TYPES[attribute.type]
        yield f'<attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _values(said: Mapping[str, Value]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value={quoteattr(written(value))}/>'
        for name, value in said.items()
    )
    return f"<attvalues>{values}</attvalues>" if values else ""
