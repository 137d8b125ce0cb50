"""What looks like a record that is there is named before it is made twice."""

import pytest
from django.db import connection, connections  # noqa: F401, used by skipif

from directory.models import (
    Place,
    PlaceName,
)
from directory.registration.likeness import cities_like, networks_like, skeleton
from directory.registration.problems import NotPossible
from tests.directory.registration.suggestions import (
    BERGEN,
    approve,
    propose_city,
)
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


def test_a_lookalike_is_named_and_passed_over_only_on_purpose():
    city = make_city("bergen-no", name="Bergen")
    with pytest.raises(NotPossible) as refusal:
        approve(propose_city(**BERGEN | {"name": "Вergen"}))
    assert refusal.value.existing == city
    assert (
        approve(
            propose_city(**BERGEN), changes={"id": "bergen-2-no"}, reason="Id", is_distinct=True
        ).slug
        == "bergen-2-no"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Cities of the Sea",
        "cities  of the SEA",
        "Cіtіеs оf the Sеа",
        "Ｃities of the Sea",
        "C1ties of the Sea",
        "Cities of the Seas",
        "The Sea of Cities",
    ],
)
def test_a_network_that_looks_like_another_is_found(name):
    network = make_network(name="Cities of the Sea")
    make_network(name="Women in Mayors' Offices")
    assert [each.record for each in networks_like(name)] == [network]


def test_a_network_is_found_by_acronym_and_website():
    network = make_network(name="Long Name", acronym="C40", website="https://www.c40.example/a")
    assert networks_like("C4O")[0].record == network
    assert networks_like("Other", website="https://c40.example")[0].record == network
    assert networks_like("Wholly Different") == []


def test_cities_are_like_by_place_by_other_name_and_by_what_lies_close():
    city = make_city("oslo-no", name="Oslo", latitude=59.9, longitude=10.7)
    assert cities_like("Olso", country="NO", latitude=59.91, longitude=10.71)[0].record == city
    assert cities_like("Olso", country="NO", latitude=69.91, longitude=10.71) == []
    place = Place.objects.create(
        geonameid=7, name="X", country_code="NO", latitude=0, longitude=0, population=1
    )
    PlaceName.objects.create(place=place, name="Kristiania", key="kristiania")
    made = make_city("x-no", name="Elsewhere", place=place)
    assert [each.record for each in cities_like("Kristiania", country="NO")] == [made]


def test_a_skeleton_is_what_the_eye_sees():
    assert skeleton("ЕUROCІТІЕЅ") == skeleton("Eurocities")
    assert skeleton("Modern") == skeleton("Modem")


@pytest.mark.parametrize("website", ["http://[", "example", ""])
def test_what_is_no_address_is_like_no_website(website):
    make_network(website="")
    assert networks_like("Something else entirely", website=website) == []
