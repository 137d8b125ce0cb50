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


def test_family_comes_first_and_is_named():
    parent = make_network("parent", focus_areas=["water"])
    section = make_network("section", parent=parent, focus_areas=["food"])
    sister = make_network("sister", name="Sister", parent=parent, focus_areas=["food"])
    assert list(related(section).items())[:2] == [
        ("sister", "a part of Parent too; works on Food too"),
        ("parent", "this network is a part of it"),
    ]
    assert related(parent)[sister.slug] == "a part of this network"


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
        assert len(related_networks(network, day=DAY)) == 6
