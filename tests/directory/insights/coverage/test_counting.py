"""Coverage counts listed members by region, and weighs them by the people of its towns."""

import datetime

import pytest

from directory.insights.coverage import cell, coverage, coverage_by_funder, largest_gaps
from directory.insights.coverage.counting import listed_of_stated
from directory.insights.coverage.funding import paid_for
from directory.models import FocusArea, Membership, Place, Region
from tests.factories import (
    make_city,
    make_country,
    make_focus_area,
    make_funder,
    make_membership,
    make_network,
    writing,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 28)
PLACE = {"admin1_code": "", "admin1_name": "", "latitude": 60, "longitude": 5}


@pytest.fixture(autouse=True)
def towns():
    """Norway has three towns and a village, of which Bergen is listed; Kenya has one town."""
    make_country("NO")
    make_country("KE")
    inhabitants = {1: 300_000, 2: 600_000, 3: 100_000, 4: 14_999}
    with writing() as changes:
        changes.touched.setdefault("cities", set())
        for number, population in inhabitants.items():
            Place.objects.create(
                geonameid=number,
                name=f"Place {number}",
                country_code="NO",
                population=population,
                **PLACE,
            )
        Place.objects.create(
            geonameid=9, name="Kisumu", country_code="KE", population=400_000, **PLACE
        )
        make_city("bergen-no", place_id=1)
        make_city("village-no", place_id=4)
        make_city("kisumu-ke", country="KE", place_id=9)


def current():
    return Membership.objects.public().current(DAY)


def figures(row, region):
    return next(each for each in row.regions if each.region.name == region)


def test_the_share_of_people_is_that_of_towns_whose_cities_are_members():
    make_membership(make_network("north"), "bergen-no")
    [climate] = coverage(current(), day=DAY)
    europe = figures(climate, "Europe")
    assert (europe.inhabitants, europe.population) == (300_000, 1_000_000)
    assert europe.population_share == 0.3
    assert figures(climate, "Africa").population_share == 0


def test_a_member_too_small_for_a_town_counts_as_city_but_not_among_the_people():
    make_membership(make_network("north"), "village-no")
    [climate] = coverage(current(), day=DAY)
    europe = figures(climate, "Northern Europe")
    assert (europe.cities, europe.inhabitants) == (1, 0)


def test_a_city_in_two_networks_counts_its_people_once():
    for slug in ("north", "south"):
        make_membership(make_network(slug), "bergen-no")
    [climate] = coverage(current(), day=DAY)
    assert figures(climate, "Europe").inhabitants == 300_000


def test_gaps_are_regions_without_members_the_most_people_first():
    make_focus_area("inclusion")
    make_membership(make_network("north"), "bergen-no")
    make_network("fair", focus_areas=["inclusion"])
    gaps = largest_gaps(coverage(current(), day=DAY))
    assert [(gap.row.subject.slug, gap.figures.region.name) for gap in gaps] == [
        ("inclusion", "Northern Europe"),
        ("climate", "Sub-Saharan Africa"),
        ("inclusion", "Sub-Saharan Africa"),
    ]


def test_a_gap_hides_the_gaps_of_its_parts():
    make_focus_area("inclusion")
    make_focus_area("ageing", parent="inclusion")
    gaps = largest_gaps(coverage(current(), day=DAY))
    assert "ageing" not in {gap.row.subject.slug for gap in gaps}


def test_no_region_and_no_issue_fills_the_list_of_gaps():
    for number in range(5):
        make_focus_area(f"area-{number}")
    gaps = largest_gaps(coverage(current(), day=DAY))
    assert len(gaps) == 4
    assert len({gap.figures.region.pk for gap in gaps}) == 2


def test_networks_of_which_no_member_is_listed_are_told():
    silent = make_network("silent")
    make_membership(make_network("north"), "bergen-no")
    [climate] = coverage(current(), day=DAY)
    assert climate.unlisted == {silent.pk}


def test_what_is_listed_of_what_networks_state_never_exceeds_it():
    source = {"stated_members_source": "https://a.example"}
    make_membership(make_network("north", stated_members=10, **source), "bergen-no")
    small = make_network("small", stated_members=1, **source)
    for city in ("bergen-no", "kisumu-ke"):
        make_membership(small, city)
    assert listed_of_stated(current(), day=DAY) == (2, 11)


def test_a_cell_names_the_networks_and_cities_that_it_counts():
    make_membership(make_network("north"), "bergen-no")
    make_membership(make_network("south"), "kisumu-ke")
    make_network("continental", regions=["Europe"])
    found = cell(
        current(),
        day=DAY,
        area=FocusArea.objects.get(slug="climate"),
        region=Region.objects.get(name="Europe"),
    )
    assert [(each.network.slug, each.cities) for each in found.networks] == [("north", 1)]
    assert [(each.city.slug, each.networks) for each in found.cities] == [("bergen-no", 1)]
    assert [network.slug for network in found.naming] == ["continental"]
    assert [network.slug for network in found.worldwide] == ["south"]
    assert (found.figures.with_members, found.figures.cities) == (1, 1)


def test_funders_cover_where_their_networks_have_members_and_pay_for_their_issues():
    make_focus_area("climate")
    make_focus_area("inclusion")
    make_focus_area("ageing", parent="inclusion")
    funder = make_funder("bank")
    make_funder("of-nothing")
    north = make_network("north", funders=[funder], focus_areas=["climate", "ageing"])
    make_membership(north, "bergen-no")
    [row] = coverage_by_funder(current(), day=DAY)
    assert (row.subject, row.networks, figures(row, "Europe").cities) == (funder, 1, 1)
    [paid] = paid_for(DAY)
    assert [(each.area.slug, each.networks) for each in paid.areas] == [
        ("climate", 1),
        ("inclusion", 1),
    ]
