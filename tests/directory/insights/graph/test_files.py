"""The files of the graph say the same, and programs that are not ours read them."""

import datetime
import io
import json

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.insights.graph import (
    CITIES,
    NETWORKS,
    Attribute,
    Edge,
    Graph,
    Node,
    gexf,
    graphml,
    node_link,
    one_mode,
    two_mode,
)
from directory.models import Membership
from directory.models.text import forbidden_characters

DAY = datetime.date(2026, 11, 23)


def read_graphml(graph):
    return networkx.read_graphml(io.BytesIO(b"".join(graphml(graph))))


def read_gexf(graph):
    return networkx.read_gexf(io.BytesIO(b"".join(gexf(graph))), version="1.3")


def read_json(graph):
    return networkx.node_link_graph(json.loads(b"".join(node_link(graph))), edges="edges")


def nodes(read):
    return {name: dict(said) for name, said in read.nodes(data=True)}


def ties(read):
    return {
        frozenset((one, other)): {name: value for name, value in said.items() if name != "id"}
        for one, other, said in read.edges(data=True)
    }


def whole(graph):
    """What the readers should find."""
    return (
        {node.id: {"label": node.label, **node.attributes} for node in graph.nodes},
        {
            frozenset((edge.source, edge.target)): {"weight": edge.weight, **edge.attributes}
            for edge in graph.edges
        },
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("starting_data")
class TestStartingData:
    @pytest.mark.parametrize("read", [read_graphml, read_gexf, read_json])
    @pytest.mark.parametrize("mode", ["two-mode", CITIES, NETWORKS])
    def test_networkx_reads_back_every_node_and_edge(self, mode, read):
        memberships = Membership.objects.public().current(DAY)
        if mode == "two-mode":
            graph = two_mode(memberships, day=DAY)
        else:
            graph = one_mode(memberships, mode, day=DAY)
        found = read(graph)
        assert not found.is_directed()
        assert not found.is_multigraph()
        assert (nodes(found), ties(found)) == whole(graph)

    def test_about_twenty_three_thousand_pairs_of_cities_share_two_networks(self):
        graph = one_mode(Membership.objects.public().current(DAY), CITIES, day=DAY)
        assert 20_000 < sum(1 for _edge in graph.edges) < 26_000


names = st.text(min_size=1, max_size=40).filter(
    lambda text: not forbidden_characters(text) and text == text.strip()
)


@given(name=names, other=names, text=names)
def test_any_name_comes_back_as_it_is(name, other, text):
    note = Attribute(name="note", type="string", description="A < note & more.")
    graph = Graph(
        title="Names",
        nodes=(Node("city/a", name, {"note": text}), Node("city/b", other, {})),
        edges=(Edge("city/a", "city/b", 2, {"note": text}),),
        node_attributes=(note,),
        edge_attributes=(note,),
        facts={"day": "2026-11-23"},
    )
    for read in (read_graphml, read_gexf, read_json):
        assert (nodes(read(graph)), ties(read(graph))) == whole(graph)


def test_a_graph_of_nothing_is_a_file_all_the_same():
    graph = Graph("Nothing", (), (), (), (), {"day": "2026-11-23"})
    for read in (read_graphml, read_gexf, read_json):
        assert len(read(graph)) == 0


def test_the_files_say_of_which_day_they_are():
    graph = Graph("Nothing", (), (), (), (), {"day": "2026-11-23"})
    assert read_graphml(graph).graph["day"] == "2026-11-23"
    assert read_json(graph).graph["day"] == "2026-11-23"
    assert b'lastmodifieddate="2026-11-23"' in b"".join(gexf(graph))
