"""The labelled list itself holds: enough of it, each row once, each place and city known."""

import pytest

from directory.gazetteer.source import places
from directory.matching.countries import TERRITORIES
from directory.models import City, Place
from tests.directory.matching.labelled import labels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

LABELS = labels()


def test_it_has_hundreds_of_rows_from_more_than_forty_countries():
    assert len(LABELS) >= 500
    assert len({label.country for label in LABELS} - {""}) >= 45


def test_no_question_stands_twice():
    asked = [label[:5] for label in LABELS]
    assert len(asked) == len(set(asked))


def test_each_row_means_a_place_or_a_city_or_says_why_none():
    for label in LABELS:
        meant = [bool(label.geonameid), bool(label.city), bool(label.note)]
        assert sum(meant) == 1, label
        assert label.kind, label


def test_a_fifth_of_the_rows_allows_no_safe_match_with_the_bundled_gazetteer():
    known = set(Place.objects.values_list("geonameid", flat=True))
    without = [label for label in LABELS if not label.city and label.geonameid not in known]
    assert len(without) >= 80


def test_a_city_that_a_row_means_is_listed_and_has_no_place():
    meant = {label.city for label in LABELS} - {""}
    listed = City.objects.public().filter(slug__in=meant, place=None)
    assert set(listed.values_list("slug", flat=True)) == meant


def test_a_place_that_a_row_means_is_in_the_country_that_it_names():
    meant = {label.geonameid for label in LABELS if label.geonameid}
    country_of = {
        place.geonameid: place.country_code
        for place in places(min_population=0, also=meant)
        if place.geonameid in meant
    } | dict(Place.objects.filter(pk__in=meant).values_list("pk", "country_code"))
    for label in LABELS:
        if label.geonameid:
            country = country_of[label.geonameid]
            is_of_it = country in TERRITORIES.get(label.country, ())
            assert label.country in {country, ""} or is_of_it, label
