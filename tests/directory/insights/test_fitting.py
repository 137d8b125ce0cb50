"""Networks that may fit a city: which it may join, in which order, and for which reasons."""

import datetime

import pytest

from directory.insights.fitting import FittingNetworks, open_to
from directory.models import City
from tests.factories import (
    make_city,
    make_focus_area,
    make_membership,
    make_network,
    make_region,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def city(slug="bergen-no"):
    return City.objects.with_country().get(slug=slug)


def fitting(slug="bergen-no", areas=()):
    return FittingNetworks(city(slug), day=DAY, areas=areas)


def order(**asked):
    return [fit.network.slug for fit in fitting(**asked).page(0, 20)]


def reasons(network, **asked):
    found = {fit.network.slug: fit.reasons for fit in fitting(**asked).page(0, 20)}
    return found[network]


@pytest.fixture
def bergen():
    """Bergen and two cities like it: Oslo, and less so Tromsø, which is in more networks."""
    make_city("bergen-no")
    for network in ("ports", "culture"):
        make_membership(network, "bergen-no")
    for name, networks in {
        "oslo": "ports culture wind",
        "tromso": "ports culture wind arctic peace",
    }.items():
        for network in networks.split():
            make_membership(network, f"{name}-no")


def test_what_is_over_is_out():
    make_city("bergen-no")
    make_network("at-work")
    make_network("dormant", status="dormant")
    make_network("ended", status="ended")
    make_network("merged", status="merged", merged_into=make_network("whole"))
    assert order() == ["at-work", "whole", "dormant"]


@pytest.mark.parametrize("scope", ["national", "regional", "cross-border"])
def test_what_is_limited_to_other_countries_is_out(scope):
    make_city("bergen-no")
    regions = [make_region("Europe")]
    make_network("french", scope=scope, countries=["FR"], regions=regions)
    make_network("nordic", scope=scope, countries=["NO", "SE"], regions=regions)
    assert order() == ["nordic"]


def test_a_region_contains_its_parts_and_no_part_its_whole():
    make_city("bergen-no")
    make_city("lyon-fr", country="FR")
    for name in ("Europe", "Northern Europe", "Western Europe", "Asia"):
        make_network(name.lower().replace(" ", "-"), scope="regional", regions=[make_region(name)])
    assert order() == ["europe", "northern-europe"]
    assert order(slug="lyon-fr") == ["europe", "western-europe"]


def test_global_networks_take_cities_from_everywhere_wherever_they_work():
    make_city("bergen-no")
    make_network("in-asia", scope="global", regions=[make_region("Asia")])
    assert order() == ["in-asia"]


def test_a_network_of_associations_takes_no_city():
    make_city("bergen-no")
    make_network("of-associations", members_are="associations")
    assert order() == []


def test_the_networks_of_the_likest_cities_come_first(bergen):
    make_network("aaa")
    assert order() == ["wind", "arctic", "peace", "aaa"]


def test_a_chosen_focus_area_counts_and_stands_for_its_parts(bergen):
    inclusion = make_focus_area("inclusion")
    make_focus_area("migration", parent=inclusion)
    make_network("refuge", focus_areas=["migration"])
    assert order()[-1] == "refuge"
    assert order(areas=[inclusion])[0] == "refuge"
    assert reasons("refuge", areas=[inclusion])[0] == "works on Inclusion"


def test_among_equals_those_with_more_cities_of_the_country_come_first():
    make_city("bergen-no")
    make_network("aaa")
    make_membership("bbb", "moss-no")
    assert order() == ["bbb", "aaa"]
    assert "1 other city of Norway is in it" in reasons("bbb")


def test_every_network_says_which_similar_cities_are_in_it(bergen):
    assert "2 of the 2 cities most like Bergen are in it, such as Oslo and Tromso" in reasons(
        "wind"
    )
    assert "1 of the 2 cities most like Bergen is in it: Tromso" in reasons("arctic")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "open to cities of the whole world"),
        ({"regions": ["Europe"], "scope": "regional"}, "open to cities of Europe"),
        ({"countries": ["NO"], "scope": "national"}, "for cities of Norway"),
        ({"countries": ["NO", "SE"]}, "for cities of 2 countries, Norway among them"),
    ],
)
def test_every_network_says_for_whom_it_is(fields, reason):
    make_city("bergen-no")
    make_network("wind", **fields)
    assert reasons("wind")[-1] == reason


def test_joined_networks_stand_apart_whatever_their_limits(bergen):
    make_membership(make_network("french", countries=["FR"], scope="national"), "bergen-no")
    make_membership("arctic", "bergen-no", left="2009")
    found = fitting()
    assert [network.slug for network in found.joined] == ["culture", "french", "ports"]
    assert not {"culture", "french", "ports"} & set(order())
    assert "arctic" in order()


def test_total_counts_what_all_pages_show(bergen):
    found = fitting()
    assert found.total == 3
    pages = found.page(0, 2) + found.page(2, 4)
    assert [fit.network.slug for fit in pages] == ["wind", "arctic", "peace"]


def test_what_is_open_to_a_city_says_nothing_of_what_it_has_joined(bergen):
    assert "ports" in {network.slug for network in open_to(city())}


def test_the_number_of_queries_is_fixed(bergen, django_assert_max_num_queries):
    climate = make_focus_area("weather")
    for number in range(6):
        make_membership(make_network(f"more-{number}", focus_areas=[climate]), "oslo-no")
    asked = city()
    FittingNetworks(asked, day=DAY, areas=[climate]).page(0, 20)
    with django_assert_max_num_queries(16):
        found = FittingNetworks(asked, day=DAY, areas=[climate])
        assert found.page(0, 20)[0].network.focus_area_links.all()[0].focus_area.name
