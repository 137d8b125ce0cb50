"""The pages that compare: an address to share, a form that finds one more, refusals in words."""

import pytest

from directory.insights.comparing import LONGEST_LIST
from tests.factories import make_city, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db

NETWORKS = "/compare/networks/"
CITIES = "/compare/cities/"


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def asked(path, *slugs):
    parameter = "city" if path.startswith(CITIES) else "network"
    return f"{path}?" + "&".join(f"{parameter}={slug}" for slug in slugs)


@pytest.fixture
def networks():
    """Three networks; Bergen is in two of them."""
    for slug in ("air", "sea", "land"):
        make_network(slug, name=f"Cities of the {slug.title()}", acronym=slug.upper())
    make_membership("air", "bergen-no")
    make_membership("sea", "bergen-no")
    make_membership("sea", "moss-no")


def test_facts_stand_side_by_side_each_with_the_name_of_whose_it_is(client):
    make_network("air", founded=1999, eligibility="Cities above 250,000 inhabitants", fee="none")
    make_network("sea", status="ended", ended=2020)
    shown = page(client, asked(NETWORKS, "air", "sea"))
    for name, air, sea in (
        ("Founded", "1999", "not known"),
        ("Ended", "no", "2020"),
        ("Fee", "no fee", "not known"),
        ("Who may join", "Cities above 250,000 inhabitants", "not stated"),
        ("How to join", "by application", "takes no new members"),
        ("Members it states", "no count known", "no count known"),
    ):
        cells = f'<td data-of="Air"><div>{air}</div></td><td data-of="Sea"><div>{sea}</div></td>'
        assert f'<th scope="row">{name}</th>{cells}' in shown


def test_members_are_listed_by_the_networks_that_they_are_in(client, networks):
    shown = page(client, asked(NETWORKS, "air", "sea"))
    assert 'In both <span class="count">1</span>' in shown
    assert 'Only in Cities of the Sea <span class="count">1</span>' in shown
    assert "2 cities listed here are in any of them, 1 in all." in shown
    shown = page(client, asked(NETWORKS, "air", "sea", "land"))
    assert 'In AIR and SEA alone <span class="count">1</span>' in shown
    assert "0 in all." in shown


def test_a_cut_list_leads_to_the_whole_one(client):
    make_network("sea")
    for number in range(LONGEST_LIST + 1):
        make_membership("air", f"city-{number:02}-no")
    shown = page(client, asked(NETWORKS, "air", "sea"))
    assert "and 1 more." in shown
    whole = f"{NETWORKS}list/?network=air&amp;network=sea&amp;of=air"
    assert f'<a class="whole-list" href="{whole}" rel="nofollow">Show all 51<' in shown
    shown = page(client, whole.replace("&amp;", "&"))
    assert "<h1>Only in Air</h1>" in shown
    assert shown.count('href="/cities/city-') == LONGEST_LIST + 1
    assert f'href="{asked(NETWORKS, "air", "sea").replace("&", "&amp;")}"' in shown


def test_a_very_long_list_has_pages(client, monkeypatch):
    monkeypatch.setattr("directory.web.views.comparing.ITEMS_A_PAGE", 2)
    make_network("sea")
    for number in range(3):
        make_membership("air", f"city-{number}-no")
    whole = f"{NETWORKS}list/?network=air&network=sea&of=air"
    assert f'href="{whole.replace("&", "&amp;")}&amp;page=2"' in page(client, whole)
    second = page(client, f"{whole}&page=2")
    assert second.count('href="/cities/city-') == 1
    page(client, f"{whole}&page=3", status=404)


def test_a_list_of_several_holders_has_what_no_other_has(client, networks):
    both = asked(f"{CITIES}list/", "bergen-no", "moss-no")
    shown = page(client, f"{both}&of=bergen-no&of=moss-no")
    assert "<h1>In common</h1>" in shown
    assert "Cities of the Sea" in shown
    assert "Cities of the Air" not in shown


@pytest.mark.parametrize("of", ["", "&of=land", "&of=nowhere", "&of=sea&of=land"])
def test_where_there_is_no_such_list_the_comparison_says_so(client, networks, of):
    response = client.get(asked(f"{NETWORKS}list/", "air", "sea") + of)
    assert (response.status_code, response["Location"]) == (302, asked(NETWORKS, "air", "sea"))


def test_former_ids_in_the_address_of_a_list_lead_to_the_present_ones(client, networks):
    make_redirect("network", "wind", "sea")
    response = client.get(asked(f"{NETWORKS}list/", "air", "wind") + "&of=wind")
    assert response.status_code == 301
    assert response["Location"] == asked(f"{NETWORKS}list/", "air", "sea") + "&of=sea"


def test_all_lists_come_in_one_file(client, networks):
    response = client.get("/compare/networks.csv?network=sea&network=air")
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.decode().splitlines() == [
        "city,name,country,in_sea,in_air",
        "bergen-no,Bergen,NO,yes,yes",
        "moss-no,Moss,NO,yes,no",
    ]
    response = client.get("/compare/cities.csv?city=moss-no&city=bergen-no")
    assert response.content.decode().splitlines() == [
        "network,name,has_moss-no,has_bergen-no",
        "sea,Cities of the Sea,yes,yes",
        "air,Cities of the Air,no,yes",
    ]
    assert 'href="/compare/networks.csv?network=air&amp;network=sea"' in page(
        client, asked(NETWORKS, "air", "sea")
    )


@pytest.mark.parametrize("query", ["", "?network=air", "?network=air&network=nowhere"])
def test_a_file_of_what_cannot_be_compared_is_refused(client, networks, query):
    page(client, f"/compare/networks.csv{query}", status=400)


def test_cities_show_their_networks_in_common_and_those_of_one_alone(client, networks):
    shown = page(client, asked(CITIES, "bergen-no", "moss-no"))
    assert "2 networks have any of them as a member, 1 all of them." in shown
    assert 'Only Bergen <span class="count">1</span>' in shown
    assert "Focus areas covered" in shown


def test_the_link_to_share_keeps_the_order_and_the_canonical_one_has_none(client, networks):
    shown = page(client, asked(NETWORKS, "sea", "air"))
    site = "http://localhost:8000/compare/networks/"
    assert f">{site}?network=sea&amp;network=air</a>" in shown
    assert f'<link rel="canonical" href="{site}?network=air&amp;network=sea">' in shown


@pytest.mark.parametrize("path", [NETWORKS, CITIES])
def test_without_a_choice_the_page_is_a_form(client, path):
    shown = page(client, path)
    assert "Choose the first" in shown
    assert f'<form class="form" action="{path}" method="get">' in shown


def test_with_one_chosen_the_form_carries_it_along_and_suggests_what_is_like_it(client, networks):
    shown = page(client, asked(NETWORKS, "air"))
    assert '<input type="hidden" name="network" value="air">' in shown
    assert f'href="{NETWORKS}?network=air&amp;network=sea"' in shown


def test_the_same_one_twice_is_one(client, networks):
    assert "Chosen so far" in page(client, asked(NETWORKS, "air", "air"))


@pytest.mark.parametrize("typed", ["Cities of the Sea", "SEA", "sea", "Anything [sea]"])
def test_a_name_that_means_one_adds_it(client, networks, typed):
    response = client.get(NETWORKS, {"network": "air", "add": typed})
    assert response.status_code == 302
    assert response["Location"] == asked(NETWORKS, "air", "sea")


def test_a_name_that_may_mean_several_offers_them(client):
    for country in ("NO", "DE"):
        make_city(f"bergen-{country.lower()}", country=country, name="Bergen")
    make_city("oslo-no")
    shown = page(client, f"{asked(CITIES, 'oslo-no')}&add=Bergen")
    for slug in ("bergen-no", "bergen-de"):
        assert f'href="{CITIES}?city=oslo-no&amp;city={slug}"' in shown


def test_a_name_that_means_nothing_says_so_and_keeps_what_was_typed(client, networks):
    shown = page(client, f"{asked(NETWORKS, 'air')}&add=Qqqq<b>")
    assert "No network here is called “Qqqq&lt;b&gt;”" in shown
    assert 'value="Qqqq&lt;b&gt;"' in shown


def test_an_unknown_id_is_named_and_refused_with_what_to_do(client, networks):
    shown = page(client, asked(NETWORKS, "air", "sea-cities", "land"), status=400)
    assert "No network here has the id “sea-cities”." in shown
    assert f'href="{asked(NETWORKS, "air", "land").replace("&", "&amp;")}"' in shown
    assert f'href="{asked(NETWORKS, "air", "sea", "land").replace("&", "&amp;")}"' in shown
    assert "side-by-side" not in shown


def test_more_than_four_are_refused(client):
    for slug in ("a", "b", "c", "d", "e"):
        make_network(slug)
    assert "side-by-side" in page(client, asked(NETWORKS, "a", "b", "c", "d"))
    shown = page(client, asked(NETWORKS, "a", "b", "c", "d", "e"), status=400)
    assert "No more than 4 can be compared" in shown


@pytest.mark.parametrize("former", ["wind", "AIR"])
def test_former_ids_and_capitals_lead_to_the_present_address(client, networks, former):
    make_redirect("network", "wind", "air")
    response = client.get(asked(NETWORKS, former, "sea"))
    assert (response.status_code, response["Location"]) == (301, asked(NETWORKS, "air", "sea"))


@pytest.mark.parametrize("odd", ["%00", "a" * 5000, "<script>", "ü", "a--b", "[air]"])
def test_odd_ids_are_refused_like_others(client, networks, odd):
    shown = page(client, asked(NETWORKS, "air", odd), status=400)
    assert "<script>" not in shown


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/networks/air/", asked(NETWORKS, "air")),
        ("/cities/bergen-no/", asked(CITIES, "bergen-no")),
    ],
)
def test_the_page_of_a_record_leads_to_its_comparison(client, networks, path, link):
    assert f'href="{link}"' in page(client, path)
