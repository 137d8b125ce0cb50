"""The graph: its nodes and edges follow from memberships, whatever their number."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.insights.graph import CITIES, NETWORKS, TooManyTies, one_mode, two_mode
from directory.models import Membership
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def current():
    return Membership.objects.public().current(DAY)


def edges(graph):
    return [(edge.source, edge.target, edge.weight) for edge in graph.edges]


@pytest.fixture
def memberships():
    """Bergen and Oslo share two networks, both share one with Turku."""
    for city in ("bergen-no", "oslo-no", "turku-fi"):
        make_city(city, country=city[-2:].upper())
        make_membership("eurocities", city)
    make_membership("iclei", "bergen-no")
    make_membership("iclei", "oslo-no")


def test_the_two_mode_graph_has_an_edge_for_each_city_in_a_network(memberships):
    graph = two_mode(current(), day=DAY)
    assert [node.id for node in graph.nodes] == [
        "city/bergen-no",
        "city/oslo-no",
        "city/turku-fi",
        "network/eurocities",
        "network/iclei",
    ]
    assert edges(graph) == [
        ("city/bergen-no", "network/eurocities", 1),
        ("city/bergen-no", "network/iclei", 1),
        ("city/oslo-no", "network/eurocities", 1),
        ("city/oslo-no", "network/iclei", 1),
        ("city/turku-fi", "network/eurocities", 1),
    ]
    assert [node.attributes["links"] for node in graph.nodes] == [2, 2, 1, 3, 2]


def test_cities_are_tied_by_the_networks_that_they_have_in_common(memberships):
    graph = one_mode(current(), CITIES, day=DAY)
    (tie,) = graph.edges
    assert (tie.source, tie.target, tie.weight) == ("city/bergen-no", "city/oslo-no", 2)
    assert tie.attributes == {"jaccard": 1.0}


def test_a_city_without_a_tie_stays_in_the_projection(memberships):
    graph = one_mode(current(), CITIES, day=DAY)
    assert "city/turku-fi" in [node.id for node in graph.nodes]


def test_ties_of_less_weight_show_where_they_are_asked_for(memberships):
    graph = one_mode(current(), CITIES, day=DAY, least_weight=1)
    assert edges(graph) == [
        ("city/bergen-no", "city/oslo-no", 2),
        ("city/bergen-no", "city/turku-fi", 1),
        ("city/oslo-no", "city/turku-fi", 1),
    ]
    # They are worked out each time, and the same each time.
    assert edges(graph) == edges(graph)


def test_networks_are_tied_by_the_cities_that_they_have_in_common(memberships):
    graph = one_mode(current(), NETWORKS, day=DAY)
    assert edges(graph) == [("network/eurocities", "network/iclei", 2)]


def test_two_memberships_of_a_city_in_one_network_are_one_edge_that_answers_best():
    city, network = make_city("bergen-no"), make_network("eurocities")
    make_membership(network, city, joined="2010", left="2019")
    surely = make_membership(network, city, joined="2018-01-01", left="2020")
    day = datetime.date(2019, 6, 30)
    (edge,) = two_mode(Membership.objects.as_of(day), day=day).edges
    assert edge.attributes["membership"] == surely.public_id
    assert edge.attributes["answer"] == "yes"


def test_an_open_membership_that_begins_later_answers_nothing():
    make_membership("eurocities", "bergen-no", joined="2030")
    (edge,) = two_mode(current(), day=DAY).edges
    assert "answer" not in edge.attributes


def test_what_is_not_known_is_left_out():
    make_city("bergen-no", population=None)
    make_membership("eurocities", "bergen-no")
    city = two_mode(current(), day=DAY).nodes[0]
    assert {"population", "wikidata", "geonameid"}.isdisjoint(city.attributes)


def test_every_attribute_is_declared(memberships):
    for graph in (
        two_mode(current(), day=DAY),
        one_mode(current(), CITIES, day=DAY),
        one_mode(current(), NETWORKS, day=DAY),
    ):
        declared = {attribute.name for attribute in graph.node_attributes}
        assert all(node.attributes.keys() <= declared for node in graph.nodes)
        declared = {attribute.name for attribute in graph.edge_attributes}
        assert all(edge.attributes.keys() <= declared for edge in graph.edges)


def test_more_memberships_take_no_more_queries(memberships):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            two_mode(current(), day=DAY)
            one_mode(current(), CITIES, day=DAY)
            one_mode(current(), NETWORKS, day=DAY)
        return len(captured)

    few = queries()
    for city in ("lund-se", "malmo-se", "uppsala-se"):
        make_membership("nordic-cities", make_city(city, country="SE"))
    assert queries() == few


def test_a_projection_that_would_take_too_long_is_refused(memberships):
    with pytest.raises(TooManyTies, match="at most 3"):
        one_mode(current(), CITIES, day=DAY, least_weight=1, most_pairs=3)
    # Of weight 2 only cities in two networks can have any: one pair in each of the two networks.
    one_mode(current(), CITIES, day=DAY, most_pairs=2)
