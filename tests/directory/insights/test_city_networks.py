"""Memberships of a city by the issue that each network works on most."""

import datetime

import pytest

from directory.insights.city_networks import memberships_of
from tests.factories import make_city, make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def test_current_memberships_stand_under_the_broad_area_of_their_first_focus_area():
    bergen = make_city("bergen-no")
    make_focus_area("climate", position=1)
    inclusion = make_focus_area("inclusion", position=2)
    make_focus_area("migration", parent=inclusion, position=3)
    make_membership(make_network("refuge", focus_areas=["migration", "climate"]), bergen)
    make_membership(make_network("air", focus_areas=["climate"]), bergen)
    make_membership(make_network("all-sorts", focus_areas=[]), bergen)
    found = memberships_of(bergen, day=DAY)
    assert [
        (group.area and group.area.slug, [row.network.slug for row in group.memberships])
        for group in found.current
    ] == [("climate", ["air"]), ("inclusion", ["refuge"]), (None, ["all-sorts"])]
    assert found.count == 3


def test_past_and_coming_memberships_stand_apart():
    bergen = make_city("bergen-no")
    make_membership("past", bergen, left="2009")
    make_membership("coming", bergen, joined="2027", left="2027")
    found = memberships_of(bergen, day=DAY)
    assert [row.network.slug for row in found.past] == ["past"]
    assert [row.network.slug for row in found.coming] == ["coming"]
    assert found.current == []


def test_the_number_of_queries_does_not_grow_with_the_memberships(django_assert_max_num_queries):
    bergen = make_city("bergen-no")
    for _number in range(8):
        make_membership(city=bergen)
    memberships_of(bergen, day=DAY)
    with django_assert_max_num_queries(3):
        found = memberships_of(bergen, day=DAY)
        assert all(row.words for group in found.current for row in group.memberships)
