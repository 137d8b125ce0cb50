"""The graph: whole or filtered, of a day, in every format."""

import io

import networkx
import pytest

from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def memberships():
    """Bergen and Oslo share two networks; Lima is in one, and was in another."""
    bergen, oslo = make_city("bergen-no"), make_city("oslo-no", population=700_000)
    lima = make_city("lima-pe", country="PE")
    eurocities = make_network("eurocities", scope="regional", focus_areas=["culture"])
    iclei = make_network("iclei")
    for city in (bergen, oslo):
        make_membership(eurocities, city, joined="2015")
        make_membership(iclei, city, joined="2019-05")
    make_membership(iclei, lima)
    make_membership(eurocities, lima, joined="2001", left="2010")


def edges(answer):
    return {(edge["source"], edge["target"], edge["weight"]) for edge in answer["edges"]}


def test_without_a_question_it_is_the_two_mode_graph_of_today(get, today):
    answer = get("graph/")
    assert answer["graph"]["mode"] == "two-mode"
    assert answer["graph"]["day"] == today.isoformat()
    assert ("city/lima-pe", "network/iclei", 1) in edges(answer)
    assert ("city/lima-pe", "network/eurocities", 1) not in edges(answer)
    assert len(answer["edges"]) == 5


def test_projections_weigh_what_is_in_common(get):
    assert edges(get("graph/", mode="cities")) == {("city/bergen-no", "city/oslo-no", 2)}
    assert len(get("graph/", mode="cities", min_weight=1)["edges"]) == 3
    assert edges(get("graph/", mode="networks")) == {("network/eurocities", "network/iclei", 2)}


def test_it_is_of_another_day_where_that_is_asked_for(get):
    answer = get("graph/", as_of="2005-06-30")
    assert answer["graph"]["day"] == "2005-06-30"
    found = {(edge["source"], edge["target"]): edge["answer"] for edge in answer["edges"]}
    assert found == {
        ("city/lima-pe", "network/eurocities"): "yes",
        ("city/lima-pe", "network/iclei"): "possible",
    }
    sure = get("graph/", as_of="2005-06-30", precision="strict")
    assert edges(sure) == {("city/lima-pe", "network/eurocities", 1)}


@pytest.mark.parametrize(
    ("asked", "nodes"),
    [
        ({"country": "PE"}, {"city/lima-pe", "network/iclei"}),
        ({"region": "northern-europe", "network": "iclei"}, {"bergen", "oslo", "network/iclei"}),
        ({"focus_area": "culture"}, {"bergen", "oslo", "network/eurocities"}),
        ({"scope": "regional"}, {"bergen", "oslo", "network/eurocities"}),
        ({"population_min": 500_000}, {"oslo", "network/eurocities", "network/iclei"}),
        ({"city": "lima-pe"}, {"city/lima-pe", "network/iclei"}),
        ({"status": "ended"}, set()),
    ],
)
def test_filters_choose_the_memberships_that_make_it(get, asked, nodes):
    long = {"bergen": "city/bergen-no", "oslo": "city/oslo-no"}
    found = {node["id"] for node in get("graph/", **asked)["nodes"]}
    assert found == {long.get(name, name) for name in nodes}


@pytest.mark.parametrize("address", ["graph.{}", "graph/?format={}", "graph?format={}"])
def test_the_format_stands_at_the_end_or_in_a_parameter(caller, address):
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}
    for extension, reader in read.items():
        response = caller.get(f"/api/v1/{address.format(extension)}")
        assert response["Content-Type"] == f"application/{extension}+xml"
        assert len(reader(io.BytesIO(response.getvalue()))) == 5


def test_headers_name_the_revision_the_day_and_the_file(caller, today):
    response = caller.get("/api/v1/graph.gexf?mode=cities")
    revision = response["CityNet-Revision"]
    assert int(revision) > 0
    assert response["CityNet-Date"] == today.isoformat()
    name = f"citynet-graph-cities-{today}-r{revision}.gexf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"mode": "bipartite"}, "mode"),
        ({"mode": "cities", "min_weight": 0}, "min_weight"),
        ({"min_weight": 3}, "min_weight"),
        ({"format": "gml"}, "format"),
        ({"as_of": "2019"}, "as_of"),
        ({"precision": "strict"}, "precision"),
        ({"network": "eurocitys"}, "network"),
        ({"weight": 2}, "weight"),
        ({"current": "true"}, "current"),
    ],
)
def test_what_is_not_understood_is_refused(refused, asked, parameter):
    assert parameter in refused("graph/", **asked)


def test_a_format_is_named_once_and_must_be_known(caller, refused):
    assert caller.get("/api/v1/graph.gml").status_code == 404
    assert "format" in refused("graph.gexf", format="gexf")


def test_one_that_would_take_too_long_says_how_to_ask_for_less(refused, monkeypatch):
    monkeypatch.setattr("directory.insights.graph.filters.MOST_PAIRS", 1)
    message = refused("graph/", mode="cities", min_weight=1)["min_weight"]
    assert "Raise “min_weight”" in message


def test_it_answers_head_and_refuses_to_be_written(caller):
    assert caller.head("/api/v1/graph/").status_code == 200
    assert caller.post("/api/v1/graph/").status_code == 405
