"""How central each city and each network is in the two-mode graph; for releases.

Worked out by rustworkx (Apache-2.0), which only those who make releases have: it is part of the
extra ``releases``. One graph serves all figures, so that none depends on a threshold: cities and
networks, an edge for each city in each network, without weights or directions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import ModuleType

from directory.insights.graph import CITIES, Graph
from directory.models.columns import Column, Row

DIGITS = 6
# Beyond any graph: sums in one thread are in one order, and so the same to the last digit.
NEVER_PARALLEL = 2**31
# Power iteration until no figure that is written moves any more.
TOLERANCE = 1e-12
MOST_ROUNDS = 20_000


class CentralitiesUnavailable(RuntimeError):
    """Raised where the library that works them out is not installed."""


@dataclass(frozen=True)
class Centrality:
    """The figures of one city or network; see ``CENTRALITY_COLUMNS`` for what each means."""

    id: str
    kind: str
    slug: str
    name: str
    degree: int
    degree_share: float
    betweenness: float
    closeness: float
    eigenvector: float


def _column(name: str, description: str, type: str, **schema: object) -> Column:  # noqa: A002
    return Column(name=name, description=description, read=attrgetter(name), type=type, **schema)


def _share(name: str, description: str) -> Column:
    return _column(
        name, f"{description} To six digits.", "number", required=True, minimum=0, maximum=1
    )


CENTRALITY_COLUMNS: tuple[Column, ...] = (
    _column(
        "id",
        "The node's id in the files of the graph, such as city/bergen-no.",
        "string",
        required=True,
        unique=True,
    ),
    _column("kind", "city or network.", "string", required=True),
    _column("slug", "Permanent id of the city or network.", "string", required=True),
    _column("name", "Its name.", "string", required=True),
    _column(
        "degree",
        "Current networks of a city, or current member cities of a network, that are listed here.",
        "integer",
        required=True,
        minimum=1,
    ),
    _share(
        "degree_share",
        "Degree over the largest possible: all networks, or all cities, of the graph (Borgatti "
        "and Everett 1997).",
    ),
    _share(
        "betweenness",
        "Share of shortest paths between other nodes that lead through it (Freeman 1977), over "
        "the largest possible in a two-mode graph of this size (Borgatti and Everett 1997).",
    ),
    _share(
        "closeness",
        "Inverse of the mean distance to the nodes that can be reached, times the share of nodes "
        "that can be reached (Wasserman and Faust 1994), so that small islands are not close.",
    ),
    _share(
        "eigenvector",
        "Central by central neighbours (Bonacich 1987): the eigenvector of the largest "
        "eigenvalue, over its largest value among nodes of the same kind.",
    ),
)


def centralities(graph: Graph) -> list[Centrality]:
    """Return the figures of every node of a two-mode graph, in the order of ids.

    For a graph of ``directory.insights.graph.two_mode``; ``[row(each) for each in …]`` are the
    rows of a table with ``CENTRALITY_COLUMNS``. Equal graphs give equal figures to the last digit.
    Raises CentralitiesUnavailable without rustworkx.
    """
    rustworkx = _library()
    built = rustworkx.PyGraph(multigraph=False)
    position = dict(
        zip(
            (node.id for node in graph.nodes),
            built.add_nodes_from(list(graph.nodes)),
            strict=True,
        )
    )
    built.add_edges_from_no_data(
        [(position[edge.source], position[edge.target]) for edge in graph.edges]
    )
    return list(_measured(rustworkx, built, graph))


def row(centrality: Centrality) -> Row:
    """Return the figures of a node as a row of the table."""
    return {column.name: column.read(centrality) for column in CENTRALITY_COLUMNS}


def _measured(rustworkx: ModuleType, built: object, graph: Graph) -> Iterator[Centrality]:
    if not graph.nodes:
        return
    between = rustworkx.betweenness_centrality(
        built, normalized=False, parallel_threshold=NEVER_PARALLEL
    )
    close = rustworkx.closeness_centrality(
        built, wf_improved=True, parallel_threshold=NEVER_PARALLEL
    )
    eigen = rustworkx.eigenvector_centrality(built, max_iter=MOST_ROUNDS, tol=TOLERANCE)
    sizes = _sizes(graph)
    kinds = [str(node.attributes["kind"]) for node in graph.nodes]
    highest = {kind: max(eigen[i] for i, of in enumerate(kinds) if of == kind) for kind in sizes}
    for index, node in enumerate(graph.nodes):
        kind = kinds[index]
        others = sizes["network" if kind == CITIES else CITIES]
        largest = _largest_betweenness(sizes[kind], others)
        yield Centrality(
            id=node.id,
            kind=kind,
            slug=str(node.attributes["slug"]),
            name=node.label,
            degree=built.degree(index),
            degree_share=round(built.degree(index) / others, DIGITS),
            betweenness=round(between[index] / largest, DIGITS) if largest else 0.0,
            closeness=round(close[index], DIGITS),
            eigenvector=round(eigen[index] / highest[kind], DIGITS),
        )


def _sizes(graph: Graph) -> Mapping[str, int]:
    sizes: dict[str, int] = {}
    for node in graph.nodes:
        kind = str(node.attributes["kind"])
        sizes[kind] = sizes.get(kind, 0) + 1
    return sizes


def _largest_betweenness(own: int, others: int) -> float:
    """Return how many paths could lead through one node of ``own`` kind at most.

    Borgatti and Everett, 1997, Social Networks 19(3).
    """
    s, t = divmod(own - 1, others)
    paths = others**2 * (s + 1) ** 2 + others * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)
    return paths / 2


def _library() -> ModuleType:
    try:
        import rustworkx
    except ImportError:
        raise CentralitiesUnavailable(
            "Centralities need rustworkx, which is not installed: .venv/bin/pip install "
            "'.[releases]'."
        ) from None
    return rustworkx
