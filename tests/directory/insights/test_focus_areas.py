"""Focus areas with their networks: counts of the tree, and who works on one of them."""

import datetime

import pytest

from directory.insights.focus_areas import children_with_counts, focus_area_tree, networks_on
from tests.factories import make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def inclusion():
    area = make_focus_area("inclusion")
    make_focus_area("womens-safety", parent=area)
    make_focus_area("migration", parent=area)
    return area


def test_a_parent_counts_each_network_below_it_once(inclusion, django_assert_num_queries):
    make_network(focus_areas=["womens-safety", "migration"])
    make_network(focus_areas=["inclusion"])
    with django_assert_num_queries(2):
        (top,) = focus_area_tree()
    assert top.networks == 2
    assert [child.networks for child in top.children] == [1, 1]
    assert children_with_counts(inclusion) == top.children
    assert children_with_counts(top.children[0].area) == []


def test_active_networks_come_first_then_those_that_rank_the_area_highest(inclusion):
    make_network("ended", status="ended", focus_areas=["migration"])
    make_network("second", focus_areas=["inclusion", "migration"])
    make_network("small", focus_areas=["migration"])
    make_membership(make_network("large", focus_areas=["migration"]))
    migration = inclusion.children.get(slug="migration")
    found = networks_on(migration, day=DAY)
    assert [network.slug for network in found] == ["large", "small", "second", "ended"]


def test_a_parent_has_the_networks_of_its_parts_with_their_best_rank(inclusion):
    make_network("both", focus_areas=["migration", "inclusion"])
    (network,) = networks_on(inclusion, day=DAY)
    assert network.rank == 1
