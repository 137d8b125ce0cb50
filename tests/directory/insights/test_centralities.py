"""Centralities are those that another library finds, the same each time to the last digit."""

import builtins
import datetime
import json

import networkx
import pytest

from directory.insights.centralities import (
    CENTRALITY_COLUMNS,
    CentralitiesUnavailable,
    centralities,
    row,
)
from directory.insights.graph import node_link, two_mode
from directory.models import Membership
from tests.factories import make_city, make_membership

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def graph():
    """Two islands: three networks that overlap, and one city alone with its network."""
    members = {
        "c40": ["bergen-no", "oslo-no", "turku-fi"],
        "eurocities": ["oslo-no", "turku-fi", "lund-se"],
        "iclei": ["lund-se", "malmo-se"],
        "mayors": ["lima-pe"],
    }
    for network, cities in members.items():
        for slug in cities:
            country = slug[-2:].upper()
            make_membership(network, _city(slug, country))
    return two_mode(Membership.objects.public().current(DAY), day=DAY)


def _city(slug, country):
    from directory.models import City

    return City.objects.filter(slug=slug).first() or make_city(slug, country=country)


def test_they_are_those_of_networkx(graph):
    other = networkx.node_link_graph(json.loads(b"".join(node_link(graph))), edges="edges")
    networks = [name for name in other if name.startswith("network/")]
    between = networkx.bipartite.betweenness_centrality(other, networks)
    shares = networkx.bipartite.degree_centrality(other, networks)
    close = networkx.closeness_centrality(other)
    eigen = networkx.eigenvector_centrality(other, max_iter=5000, tol=1e-13)
    most = {
        kind: max(value for name, value in eigen.items() if name.startswith(kind))
        for kind in ("city", "network")
    }
    found = centralities(graph)
    assert [each.id for each in found] == [node.id for node in graph.nodes]
    for each in found:
        assert each.degree == other.degree(each.id)
        assert each.degree_share == pytest.approx(shares[each.id], abs=1e-6)
        assert each.betweenness == pytest.approx(between[each.id], abs=1e-6)
        assert each.closeness == pytest.approx(close[each.id], abs=1e-6)
        assert each.eigenvector == pytest.approx(eigen[each.id] / most[each.kind], abs=1e-6)


def test_made_twice_they_are_the_same(graph):
    assert centralities(graph) == centralities(graph)


def test_every_column_has_a_value_within_its_bounds(graph):
    for each in centralities(graph):
        values = row(each)
        for column in CENTRALITY_COLUMNS:
            value = values[column.name]
            assert value not in (None, "")
            assert column.minimum is None or value >= column.minimum
            assert column.maximum is None or value <= column.maximum


def test_without_the_library_it_says_how_to_get_it(graph, monkeypatch):
    load = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "rustworkx":
            raise ImportError
        return load(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CentralitiesUnavailable, match=r"\.\[releases\]"):
        centralities(graph)


def test_a_directory_without_memberships_has_none():
    assert centralities(two_mode(Membership.objects.public(), day=DAY)) == []
