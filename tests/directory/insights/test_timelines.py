"""Years of networks and of members: what is known is counted, what is not is said."""

import datetime

import pytest

from directory.insights.timelines import growth, timeline
from directory.models import FocusArea
from directory.models.choices import NetworkStatus
from tests.factories import make_city, make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 28)


def test_every_year_between_the_first_and_the_last_is_there():
    make_network("old", founded=1990)
    make_network("gone", founded=1990, ended=1993, status=NetworkStatus.ENDED)
    found = timeline()
    assert [(each.year, each.founded, each.ended) for each in found.years] == [
        (1990, 2, 0),
        (1991, 0, 0),
        (1992, 0, 0),
        (1993, 0, 1),
    ]


def test_unknown_years_are_counted_as_unknown():
    make_network("undated")
    make_network("over", status=NetworkStatus.ENDED)
    found = timeline()
    assert (found.years, found.networks) == ([], 2)
    assert (found.founded_unknown, found.ended_unknown) == (2, 1)


def test_a_broad_issue_has_the_networks_of_its_parts_each_once():
    make_focus_area("inclusion")
    make_focus_area("ageing", parent="inclusion")
    make_network("both", founded=2000, focus_areas=["inclusion", "ageing"])
    make_network("part", founded=2001, focus_areas=["ageing"])
    make_network("other", founded=2002)
    found = timeline(FocusArea.objects.get(slug="inclusion"))
    assert (found.networks, sum(each.founded for each in found.years)) == (2, 2)


def test_growth_tells_sure_members_from_possible_ones():
    north = make_network("north")
    make_membership(north, make_city("bergen-no"), joined="2023-05-01")
    make_membership(north, make_city("oslo-no"), joined="2024", left="2025")
    make_membership(north, make_city("kiruna-se", country="SE"))
    found = growth(north, day=DAY)
    assert [(each.year, each.sure, each.possible) for each in found.years] == [
        (2023, 1, 1),
        (2024, 2, 1),
        (2025, 1, 2),
        (2026, 1, 1),
    ]
    assert (found.memberships, found.undated) == (3, 1)


def test_a_network_without_any_date_has_no_years():
    north = make_network("north")
    make_membership(north, make_city("bergen-no"))
    assert growth(north, day=DAY).years == []


def test_the_present_year_is_counted_on_the_day():
    north = make_network("north")
    make_membership(north, make_city("bergen-no"), joined="2026-12-01")
    assert [(each.sure, each.possible) for each in growth(north, day=DAY).years] == [(0, 0)]
