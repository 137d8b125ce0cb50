"""Networks related to a network, and why."""

import datetime

import pytest

from directory.insights.related import related_networks
from tests.factories import make_city, make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


def related(network) -> dict[str, str]:
    return {found.network.slug: found.reason for found in related_networks(network, day=DAY)}


def test_a_shared_focus_area_relates_and_is_the_reason():
    peace = make_focus_area("peace", name="Peace")
    mayors = make_network("mayors", focus_areas=[peace])
    make_network("messengers", focus_areas=[peace])
    make_network("others")
    assert related(mayors) == {"messengers": "works on Peace too"}


def test_members_in_common_relate_and_are_counted():
    first, second = (
        make_network("first", focus_areas=["water"]),
        make_network("second", focus_areas=["food"]),
    )
    for _ in range(2):
        city = make_city()
        make_membership(first, city)
        make_membership(second, city)
    assert related(first) == {"second": "2 member cities in common"}


def test_sections_of_the_same_parent_relate_but_parent_and_own_sections_are_left_out():
    parent = make_network("parent", name="Parent", focus_areas=["water"])
    section = make_network("section", parent=parent, focus_areas=["water"])
    make_network("sister", parent=parent, focus_areas=["food"])
    make_network("stranger", focus_areas=["water"])
    assert related(section) == {"sister": "a part of Parent too", "stranger": "works on Water too"}
    assert related(parent) == {"stranger": "works on Water too"}


def test_ended_and_merged_networks_are_not_recommended():
    water = make_focus_area("water")
    network = make_network("at-work", focus_areas=[water])
    make_network("over", focus_areas=[water], status="ended")
    assert related(network) == {}


def test_the_number_of_queries_is_fixed(django_assert_max_num_queries):
    parent = make_network("parent")
    network = make_network("network", parent=parent)
    for number in range(5):
        make_network(f"sister-{number}", parent=parent)
    network.refresh_from_db()
    with django_assert_max_num_queries(14):
        assert len(related_networks(network, day=DAY)) == 5
