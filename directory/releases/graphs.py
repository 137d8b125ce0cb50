"""The graphs of a release: cities and networks whole, and each projected by what they share."""

from collections.abc import Callable, Iterator

from directory.insights.graph import CITIES, NETWORKS, Graph, gexf, graphml, one_mode, two_mode
from directory.models import Membership
from directory.models.choices import ReleasePart
from directory.releases.frozen import Frozen

FORMATS: dict[str, tuple[Callable[[Graph], Iterator[bytes]], str]] = {
    "graphml": (graphml, "application/graphml+xml"),
    "gexf": (gexf, "application/gexf+xml"),
}


def write_graphs(frozen: Frozen) -> None:
    """Write each graph in each format; call it inside ``one_moment``.

    The two-mode graph holds past memberships as well and says which answer the day of the
    release; the projections are of the memberships that are current on that day.
    """
    day = frozen.edition.day
    everything = Membership.objects.public()
    current = everything.current(day)
    _write(
        frozen,
        "graph-two-mode",
        two_mode(everything, day=day),
        "Cities and networks, an edge for each membership, past ones included",
    )
    _write(
        frozen,
        "graph-cities",
        one_mode(current, CITIES, day=day),
        "Cities, tied where they share two networks or more on the day of the release",
    )
    _write(
        frozen,
        "graph-networks",
        one_mode(current, NETWORKS, day=day),
        "Networks, tied where they share two cities or more on the day of the release",
    )


def _write(frozen: Frozen, name: str, graph: Graph, description: str) -> None:
    edges = sum(1 for _edge in graph.edges)
    for ending, (pieces, media_type) in FORMATS.items():
        with frozen.path(f"{name}.{ending}").open("wb") as file:
            file.writelines(pieces(graph))
        frozen.add(
            f"{name}.{ending}",
            part=ReleasePart.GRAPH,
            description=f"{description}: {len(graph.nodes):,} nodes, {edges:,} edges.",
            media_type=media_type,
        )
