"""The gazetteer that comes with the site has what the directory needs."""

import csv

import pytest
from django.conf import settings

from directory.gazetteer.archive import bundled_path, open_archive


@pytest.fixture(scope="module")
def bundled():
    with open_archive(bundled_path()) as archive:
        return {place.geonameid: place for place in archive.places}


def linked_places():
    with (settings.BASE_DIR / "fixtures" / "cities.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["geonameid"]) for row in csv.DictReader(file) if row["geonameid"]}


def test_every_place_that_a_city_is_linked_to_is_in_it(bundled):
    assert linked_places() - bundled.keys() == set()


def test_smaller_places_are_in_it_only_for_their_city(bundled):
    small = {key for key, place in bundled.items() if place.population < 15_000}
    assert small <= linked_places()


def test_it_has_all_the_large_places_of_the_world(bundled):
    assert sum(place.population >= 15_000 for place in bundled.values()) == 34_024


@pytest.mark.parametrize(
    ("geonameid", "names"),
    [
        (524901, {"Москва", "莫斯科"}),
        (2797656, {"Ghent", "Gand", "Гент"}),
        (1850147, {"東京", "Токио"}),
        (360630, {"القاهرة", "Le Caire"}),
    ],
)
def test_places_have_their_names_in_other_scripts(bundled, geonameid, names):
    assert names <= set(bundled[geonameid].other_names)


def test_most_places_have_a_division_with_a_name(bundled):
    with open_archive(bundled_path()) as archive:
        divisions = archive.divisions
    named = sum((place.country_code, place.admin1_code) in divisions for place in bundled.values())
    assert named / len(bundled) > 0.96


def test_it_fits_into_the_repository():
    assert bundled_path().stat().st_size < 3_000_000
