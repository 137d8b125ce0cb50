import pytest

from directory.gazetteer.loading import load_places
from directory.gazetteer.lookup import places_like, places_named
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE, GHENT

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


def begun(text, country=None, most=20):
    return [str(place) for place in places_like(text, country, most=most)]


@pytest.mark.parametrize("text", ["Ghen", "GEN", "Ген", "Ге"])
def test_a_place_is_found_by_the_beginning_of_a_name(text):
    assert begun(text) == ["Gent (BE)"]


def test_whole_names_come_before_beginnings_and_each_place_comes_once():
    larger = GHENT._replace(geonameid=1, name="Gentbrugge", population=9_000_000, other_names=())
    load_places([*EVERYWHERE, larger], divisions=DIVISIONS, reason="Gazetteer loaded")
    assert begun("Gent") == ["Gent (BE)", "Gentbrugge (BE)"]
    assert begun("gen") == ["Gentbrugge (BE)", "Gent (BE)"]
    assert begun("gen", most=1) == ["Gentbrugge (BE)"]
    assert begun("гент") == ["Gent (BE)"]
    assert begun("mos", "us") == ["Moscow (US)"]


@pytest.mark.parametrize("text", ["", " ", "—", "%", "G", "Ge", "x" * 500])
def test_too_little_is_no_beginning(text):
    assert begun(text) == []


def test_a_places_own_name_comes_before_what_others_call_another():
    larger = GHENT._replace(geonameid=1, name="Ledeberg", other_names=("Moskou",))
    load_places([*EVERYWHERE, larger._replace(population=99_000_000)], divisions={}, reason="New")
    assert begun("mos") == ["Moscow (RU)", "Moscow (US)", "Ledeberg (BE)"]


def test_beginnings_take_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        begun("Mos")
