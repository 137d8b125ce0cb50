"""Lists of networks and cities: filters in the address, wrong values answered with a message."""

import pytest

from tests.factories import make_city, make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def networks():
    make_focus_area("climate")
    make_network("arctic-mayors", scope="regional", founded=2003)
    make_network("world-mayors", scope="global", founded=1985)
    make_membership("world-mayors", make_city("bergen-no", name="Bergen"))


def html(response):
    return response.content.decode()


def test_filters_leave_what_answers(client, networks):
    shown = html(client.get("/networks/?scope=global"))
    assert "World Mayors" in shown
    assert "Arctic Mayors" not in shown


def test_each_filter_can_be_taken_off(client, networks):
    shown = html(client.get("/networks/?scope=global&status=active"))
    assert 'href="/networks/?status=active"' in shown
    assert "Remove filter Scope: global" in shown


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("scope=galactic", "it can be global, regional, cross-border, national"),
        ("founded_min=abc", "Enter a whole number"),
        ("founded_min=2000&founded_max=1990", "above the upper bound"),
        ("focus_area=nonsense", "nonsense"),
        ("page=zero", "whole number from 1"),
        ("member=Bergen", "No city here has the id “Bergen”"),
        ("sort=random", "random"),
    ],
)
def test_a_wrong_value_gets_a_message_and_no_list(client, networks, query, message):
    response = client.get(f"/networks/?{query}")
    shown = html(response)
    assert response.status_code == 400
    assert message in shown
    assert "Arctic Mayors" not in shown
    assert 'id="filters"' in shown
    assert "noindex" in shown


def test_a_city_typed_by_name_is_offered_by_id(client, networks):
    shown = html(client.get("/networks/?not_member=bergen"))
    assert 'href="/networks/?not_member=bergen-no"' in shown


def test_my_city_is_not_a_member(client, networks):
    shown = html(client.get("/networks/?not_member=bergen-no"))
    assert "Arctic Mayors" in shown
    assert "World Mayors" not in shown


def test_an_unknown_parameter_is_ignored_and_left_out_of_the_canonical_address(client, networks):
    shown = html(client.get("/networks/?utm_source=letter&scope=global"))
    assert 'rel="canonical" href="http://localhost:8000/networks/?scope=global"' in shown


def test_what_is_typed_is_shown_as_text(client, networks):
    shown = html(client.get("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "<script>alert" not in shown


def test_nothing_found_says_what_to_do(client, networks):
    shown = html(client.get("/search/?q=xylophone&exact=true"))
    assert "No network matches." in shown
    assert "/focus-areas/" in shown


def test_a_page_beyond_the_last_is_not_found(client, networks):
    assert client.get("/networks/?page=2").status_code == 404


def test_cities_are_filtered_and_wrong_values_refused(client, networks):
    assert "Bergen" in html(client.get("/cities/?country=no"))
    refused = client.get("/cities/?country=zz&population_min=-1")
    assert refused.status_code == 400
    assert "Bergen" not in html(refused)


def test_suggestions_are_json_with_addresses(client, networks):
    found = client.get("/search/suggest/?q=arct").json()["suggestions"]
    assert {"kind": "network", "url": "/networks/arctic-mayors/"}.items() <= found[0].items()
    cities = client.get("/search/suggest/?q=berg&kind=city").json()["suggestions"]
    assert [city["slug"] for city in cities] == ["bergen-no"]
    assert client.get("/search/suggest/").json() == {"suggestions": []}


def test_several_countries_stay_chosen(client, networks):
    make_city("lyon-fr", country="FR")
    shown = html(client.get("/cities/?country=NO&country=FR"))
    assert 'name="country" multiple' in shown
    assert '<option value="FR" selected>' in shown
    assert '<option value="NO" selected>' in shown


@pytest.mark.parametrize("path", ["/search/", "/networks/", "/cities/", "/search/suggest/"])
@pytest.mark.parametrize("typed", ["%00", "%ff", "'%22;--", "*:*", "%F0%9F%98%80", "a" * 5000])
def test_whatever_is_typed_is_answered(client, networks, path, typed):
    assert client.get(f"{path}?q={typed}").status_code in (200, 400)
    assert client.get(f"/networks/world-mayors/?find={typed}").status_code == 200
