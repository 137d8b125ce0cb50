"""Countries with their cities and networks."""

import datetime

import pytest

from directory.insights.countries import (
    cities_in,
    continents_with_countries,
    networks_based_in,
    networks_with_members_in,
)
from tests.factories import make_city, make_country, make_membership, make_network

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def test_countries_stand_in_their_part_of_their_continent(django_assert_num_queries):
    for code in ("SE", "NO", "FR", "AQ"):
        make_country(code)
    make_membership(city="bergen-no")
    make_membership(city="oslo-no", left="2009")
    with django_assert_num_queries(1):
        antarctica, europe = continents_with_countries(day=DAY)
    assert antarctica.parts[0].region.name == "Antarctica"
    assert [part.region.name for part in europe.parts] == ["Northern Europe", "Western Europe"]
    assert [(country.code, country.city_count) for country in europe.parts[0].countries] == [
        ("NO", 1),
        ("SE", 0),
    ]


def test_networks_with_most_members_in_a_country_come_first():
    make_membership("one", "bergen-no")
    make_membership("two", "bergen-no")
    make_membership("two", "oslo-no")
    make_membership("past", "oslo-no", left="2009")
    make_membership("elsewhere", make_city("lyon-fr", country="FR"))
    norway = make_country("NO")
    found = networks_with_members_in(norway, day=DAY)
    assert [(network.slug, network.members_there) for network in found] == [("two", 2), ("one", 1)]
    assert [(city.slug, city.network_count) for city in cities_in(norway, day=DAY)] == [
        ("bergen-no", 2),
        ("oslo-no", 1),
    ]


def test_networks_based_in_a_country_are_those_with_headquarters_there():
    make_network("seated", headquarters_country="NO")
    make_network("elsewhere", headquarters_country="FR")
    assert [network.slug for network in networks_based_in(make_country("NO"))] == ["seated"]
