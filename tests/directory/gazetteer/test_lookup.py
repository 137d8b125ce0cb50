import pytest

from directory.gazetteer.loading import load_places
from directory.gazetteer.lookup import places_named
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places():
    load_places(EVERYWHERE, divisions=DIVISIONS, reason="Gazetteer loaded")


def found(text, country=None):
    return [str(place) for place in places_named(text, country)]


@pytest.mark.parametrize("text", ["Gent", "GHENT", " gand ", "Гент", "ГЕНТ", "Gént"])
def test_a_place_is_found_by_any_of_its_names(text):
    assert found(text) == ["Gent (BE)"]


def test_namesakes_come_by_population():
    assert found("Moscow") == ["Moscow (RU)", "Moscow (US)"]


@pytest.mark.parametrize("country", ["US", "us"])
def test_a_country_narrows_the_search(country):
    assert found("moscow", country) == ["Moscow (US)"]


@pytest.mark.parametrize("text", ["", " ", "—", "Ghen", "Nowhere", "%", "x" * 500])
def test_what_is_no_name_finds_nothing(text):
    assert found(text) == []


def test_an_unknown_country_finds_nothing():
    assert found("Moscow", "XX") == []


def test_a_lookup_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found("Moscow")
