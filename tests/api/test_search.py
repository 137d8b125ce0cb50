import pytest

from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def facet(answer, name):
    return next(facet for facet in answer["facets"] if facet["name"] == name)


def test_networks_come_with_facets_and_cities(get):
    make_network("walking", name="Walking Cities", joining="open")
    make_network("walking-clubs", name="Walking Clubs", joining="invitation")
    make_city("walking-on-thames-gb", country="GB", name="Walking on Thames")
    answer = get("search/", q="walking")
    assert (answer["count"], answer["correction"]) == (2, None)
    assert {network["slug"] for network in answer["results"]} == {"walking", "walking-clubs"}
    joining = {choice["value"]: choice["count"] for choice in facet(answer, "joining")["choices"]}
    assert joining == {"open": 1, "invitation": 1}
    assert answer["cities"]["count"] == 1
    assert answer["cities"]["results"][0]["slug"] == "walking-on-thames-gb"
    assert answer["cities"]["url"] == f"{SITE}/api/v1/cities/?q=walking"


def test_the_count_of_a_facet_ignores_its_own_choice(get):
    make_network(joining="open", fee="none")
    make_network(joining="pledge", fee="fee")
    answer = get("search/", joining="open")
    choices = {choice["value"]: choice for choice in facet(answer, "joining")["choices"]}
    assert (choices["pledge"]["count"], choices["open"]["selected"]) == (1, True)
    assert [choice["value"] for choice in facet(answer, "fee")["choices"]] == ["none"]


def test_a_range_comes_with_its_bounds(get):
    make_network(founded=1990)
    make_network(founded=2001)
    founded = facet(get("search/"), "founded")
    assert (founded["kind"], founded["least"], founded["most"]) == ("range", 1990, 2001)


def test_a_typing_mistake_is_corrected_and_the_correction_told(get):
    make_network("accessibility", name="Accessibility Alliance")
    answer = get("search/", q="accessibilty")
    assert answer["correction"] == {"typed": "accessibilty", "used": "accessibility"}
    assert answer["count"] == 1
    assert get("search/", q="accessibilty", exact="true")["count"] == 0


def test_without_words_there_are_no_cities(get):
    make_membership()
    assert get("search/")["cities"] is None


def test_at_most_five_cities_come_along(get):
    for number in range(7):
        make_city(f"newtown-{number}-no", name="Newtown")
    cities = get("search/", q="newtown")["cities"]
    assert (cities["count"], len(cities["results"])) == (7, 5)


def test_the_networks_are_paged_and_trimmed(get):
    for number in range(3):
        make_network(f"walking-{number}", name="Walking")
    answer = get("search/", q="walking", page_size=2, fields="slug")
    assert answer["results"] == [{"slug": "walking-0"}, {"slug": "walking-1"}]
    assert answer["next"].endswith("?q=walking&page_size=2&fields=slug&page=2")


def test_words_are_bounded(refused):
    assert "q" in refused("search/", q="a" * 201)


def test_wrong_values_are_refused(refused):
    assert set(refused("search/", sort="best", kind="club")) == {"sort", "kind"}
