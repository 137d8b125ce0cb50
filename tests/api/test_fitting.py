"""Networks that may fit a city, as the page for a city shows them."""

import pytest

from tests.factories import (
    make_city,
    make_focus_area,
    make_membership,
    make_network,
    make_redirect,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bergen():
    """Bergen and Oslo share two networks; Oslo is in a third, and a fourth is on safety."""
    for letter in "ab":
        for city in ("bergen-no", "oslo-no"):
            make_membership(f"shared-{letter}", city)
    make_membership(make_network("oslos", eligibility="Cities by the sea"), "oslo-no")
    make_focus_area("inclusion")
    make_network("safe", focus_areas=[make_focus_area("safety", parent="inclusion")])


def slugs(answer):
    return [each["network"]["slug"] for each in answer["results"]]


def test_the_best_come_first_each_with_its_reasons(get, today):
    answer = get("cities/bergen-no/fit/")
    assert slugs(answer) == ["oslos", "safe"]
    assert answer["results"][0]["eligibility"] == "Cities by the sea"
    assert answer["results"][1]["eligibility"] is None
    assert answer["results"][0]["reasons"][0] == (
        "1 of the 1 cities most like Bergen is in it: Oslo"
    )
    assert (answer["count"], answer["next"], answer["day"]) == (2, None, str(today))
    assert answer["html_url"].endswith("/for/bergen-no/")


def test_what_the_city_is_in_already_is_apart(get):
    answer = get("cities/bergen-no/fit/")
    assert [each["slug"] for each in answer["joined"]] == ["shared-a", "shared-b"]


def test_chosen_focus_areas_come_first_with_their_parts(get):
    answer = get("cities/bergen-no/fit/", focus_area="inclusion")
    assert slugs(answer) == ["safe", "oslos"]
    assert answer["results"][0]["reasons"][0] == "works on Inclusion"
    assert [each["slug"] for each in answer["focus_areas"]] == ["inclusion"]


def test_it_comes_in_pages(get, caller):
    first = get("cities/bergen-no/fit/", page_size=1)
    assert (slugs(first), first["count"], first["previous"]) == (["oslos"], 2, None)
    following = first["next"].partition("/api/v1/")[2]
    assert slugs(get(following)) == ["safe"]
    assert caller.get("/api/v1/cities/bergen-no/fit/?page=2").status_code == 404


def test_a_city_that_has_ended_may_join_none(get):
    make_city("fana-no", ended=1972)
    answer = get("cities/fana-no/fit/")
    assert (answer["count"], answer["results"]) == (0, [])


def test_the_page_says_the_same(get, client):
    shown = " ".join(client.get("/for/bergen-no/?focus_area=inclusion").content.decode().split())
    places = [
        shown.index(f'href="/networks/{slug}/"')
        for slug in slugs(get("cities/bergen-no/fit/", focus_area="inclusion"))
    ]
    assert places == sorted(places)


def test_a_former_id_leads_to_the_present_one(caller):
    make_redirect("city", "bjorgvin-no", "bergen-no")
    response = caller.get("/api/v1/cities/bjorgvin-no/fit?page_size=1")
    assert response.status_code == 301
    assert response["Location"].endswith("/api/v1/cities/bergen-no/fit/?page_size=1")
    assert caller.get("/api/v1/cities/atlantis-gr/fit/").status_code == 404


@pytest.mark.parametrize(
    "asked", [{"focus_area": "inclusio"}, {"page": 0}, {"page_size": 101}, {"focus": "safety"}]
)
def test_wrong_values_are_refused(refused, asked):
    assert set(refused("cities/bergen-no/fit/", **asked)) == set(asked)


def test_the_number_of_queries_does_not_grow_with_networks(caller, django_assert_max_num_queries):
    for number in range(10):
        make_network(f"more-{number}")
    with django_assert_max_num_queries(16):
        caller.get("/api/v1/cities/bergen-no/fit/")
