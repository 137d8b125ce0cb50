"""The page of the networks that may fit a city: reasons, what is stated, what is joined already."""

import pytest

from tests.factories import (
    make_city,
    make_focus_area,
    make_membership,
    make_network,
    make_redirect,
)

pytestmark = pytest.mark.django_db


def page(client, query="", slug="bergen-no", status=200):
    response = client.get(f"/for/{slug}/{query}")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_who_may_join_is_quoted_as_stated_beside_the_size_of_the_city(client):
    make_city("bergen-no", population=294_029)
    make_network("big", eligibility="Cities above 500,000 inhabitants")
    shown = page(client)
    assert "“Cities above 500,000 inhabitants”" in shown
    assert "294,029 inhabitants" in shown


def test_each_network_stands_with_its_reasons(client):
    make_city("bergen-no")
    make_network("north", scope="national", countries=["NO"])
    assert "<li>for cities of Norway</li>" in page(client)


def test_those_joined_already_stand_in_a_section_of_their_own_marked(client):
    make_membership("ports", "bergen-no")
    make_network("wind")
    found, joined = page(client).split('id="joined"')
    assert 'href="/networks/wind/"' in found
    assert 'href="/networks/ports/"' not in found
    mark = '<span class="visually-hidden">joined</span>'
    assert f'<a href="/networks/ports/">Ports</a> {mark}' in joined


def test_chosen_focus_areas_stand_ticked_and_as_a_reason(client):
    make_city("bergen-no")
    make_focus_area("peace")
    make_network("doves", focus_areas=["peace"])
    shown = page(client, "?focus_area=peace")
    assert 'value="peace" checked' in shown
    assert "<li>works on Peace</li>" in shown


def test_an_unknown_focus_area_is_named_and_nothing_is_ranked(client):
    make_city("bergen-no")
    make_focus_area("peace")
    make_network("doves", focus_areas=["peace"])
    shown = page(client, "?focus_area=peas", status=400)
    assert "“peas” is not known here; did you mean “peace”?" in shown
    assert "/networks/doves/" not in shown


def test_a_long_list_has_pages_that_keep_the_choice(client):
    make_city("bergen-no")
    make_focus_area("peace")
    for number in range(21):
        make_network(f"network-{number:02}", focus_areas=["peace"])
    shown = page(client, "?focus_area=peace")
    assert "/networks/network-20/" not in shown
    assert 'href="/for/bergen-no/?focus_area=peace&amp;page=2"' in shown
    assert "/networks/network-20/" in page(client, "?focus_area=peace&page=2")
    page(client, "?page=3", status=404)
    page(client, "?page=x", status=400)


def test_a_city_of_which_little_is_known_is_told_why_there_is_no_likeness(client):
    make_city("bergen-no")
    make_network("wind")
    assert "No city is known to be like Bergen" in page(client)


def test_a_city_that_has_ended_joins_nothing_and_leads_to_its_successor(client):
    make_city("arna-no", ended=1972, successor=make_city("bergen-no"))
    make_network("wind")
    shown = page(client, slug="arna-no")
    assert 'href="/for/bergen-no/"' in shown
    assert "/networks/wind/" not in shown
    assert "/for/arna-no/" not in client.get("/cities/arna-no/").content.decode()


@pytest.mark.parametrize("former", ["bjorgvin-no", "Bergen-NO"])
def test_former_ids_and_capitals_lead_to_the_present_address(client, former):
    make_city("bergen-no")
    make_redirect("city", "bjorgvin-no", "bergen-no")
    response = client.get(f"/for/{former}/")
    assert (response.status_code, response["Location"]) == (301, "/for/bergen-no/")


def test_a_city_that_never_was_is_not_found(client):
    page(client, slug="never-was-no", status=404)


def test_the_page_of_the_city_leads_here(client):
    make_city("bergen-no")
    shown = client.get("/cities/bergen-no/").content.decode()
    assert '<a href="/for/bergen-no/">Networks that may fit Bergen</a>' in shown
