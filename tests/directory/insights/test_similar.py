"""Cities like a city, and the networks that those are in."""

import datetime

import pytest

from directory.history.validators import at_version, data_version
from directory.insights.similar import LikeCity
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def field():
    """Bergen and Oslo share two networks of three; Tromsø shares one with Bergen."""
    cities = {name: make_city(f"{name}-no") for name in ("bergen", "oslo", "tromso")}
    networks = {name: make_network(name) for name in ("ports", "culture", "peace", "arctic")}
    for city, names in {
        "bergen": ("ports", "culture"),
        "oslo": ("ports", "culture", "peace"),
        "tromso": ("ports", "arctic"),
    }.items():
        for name in names:
            make_membership(networks[name], cities[city])
    return cities, networks


def test_likeness_is_networks_shared_over_networks_of_either(field):
    cities, _networks = field
    (similar,) = LikeCity(cities["bergen"], day=DAY).cities()
    assert (similar.city, similar.shared) == (cities["oslo"], 2)
    assert similar.score == pytest.approx(2 / 3)


def test_one_network_in_common_is_not_likeness(field):
    cities, _networks = field
    assert cities["tromso"] not in [
        found.city for found in LikeCity(cities["oslo"], day=DAY).cities()
    ]


def test_networks_that_similar_cities_are_in_and_it_is_not(field):
    cities, networks = field
    (suggested,) = LikeCity(cities["bergen"], day=DAY).networks()
    assert (suggested.network, suggested.cities) == (networks["peace"], 1)


def test_networks_of_other_countries_and_ended_ones_are_not_suggested(field):
    cities, _networks = field
    for slug, fields in {
        "french": {"countries": ["FR"], "scope": "national"},
        "over": {"status": "ended"},
    }.items():
        make_membership(make_network(slug, **fields), cities["oslo"])
    found = LikeCity(cities["bergen"], day=DAY).networks()
    assert [suggested.network.slug for suggested in found] == ["peace"]


def test_past_memberships_do_not_count(field):
    cities, networks = field
    stavanger = make_city("stavanger-no")
    for name in ("ports", "culture"):
        make_membership(networks[name], stavanger, joined="2001", left="2009")
    assert stavanger not in [found.city for found in LikeCity(cities["bergen"], day=DAY).cities()]


def test_the_number_of_queries_is_fixed(field, django_assert_max_num_queries):
    cities, _networks = field
    # What all pages share is read once.
    like_it = LikeCity(cities["bergen"], day=DAY)
    assert like_it.cities()
    assert like_it.networks()
    with at_version(data_version()):
        with django_assert_max_num_queries(2):
            assert LikeCity(cities["bergen"], day=DAY).cities()[0].city.country.region.name
        with django_assert_max_num_queries(2):
            assert LikeCity(cities["bergen"], day=DAY).networks()
