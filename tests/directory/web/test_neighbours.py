"""The page of a neighbourhood: a drawing of links, the same as a table, and what may be asked."""

import re

import pytest

from directory.models import Network
from directory.web.templatetags.neighbours import beside_mark
from tests.factories import make_city, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db

BERGEN = "/cities/bergen-no/neighbours/"


@pytest.fixture(autouse=True)
def north():
    """Bergen is in three networks, Oslo in the same, Turku in two of them, Moss in one."""
    for letter in "abc":
        make_network(f"net-{letter}", name=f"Net {letter.upper()}", acronym=f"N{letter.upper()}")
    for slug, letters in (
        ("bergen-no", "abc"),
        ("oslo-no", "abc"),
        ("turku-fi", "ab"),
        ("moss-no", "a"),
    ):
        make_city(slug, country=slug[-2:].upper())
        for letter in letters:
            make_membership(f"net-{letter}", slug)


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def drawing(html):
    (svg,) = re.findall(r'<svg class="neighbour-drawing.*?</svg>', html)
    return svg


def rows(html):
    """The names in the table, in its order."""
    table = re.search(r'<table class="neighbour-table">.*?</table>', html)[0]
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', table)


def test_each_mark_is_a_link_that_says_how_much_is_in_common(client):
    svg = drawing(page(client, BERGEN))
    assert re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', svg) == [
        ("/cities/oslo-no/", "1. Oslo, Norway: 3 networks in common"),
        ("/cities/turku-fi/", "2. Turku, Finland: 2 networks in common"),
    ]


def test_the_drawing_needs_neither_script_nor_style_of_its_own(client):
    svg = drawing(page(client, BERGEN))
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style|<img|<use", svg)


def test_the_page_says_in_words_how_to_read_the_drawing(client):
    html = page(client, BERGEN)
    assert "<strong>Distance</strong> from it says how alike a city is" in html
    assert "<strong>thickness</strong> says how many networks they have in common" in html
    assert "the direction from the middle means nothing" in html
    assert "A radial layout, worked out without chance" in html


def test_where_neighbours_have_nothing_in_common_no_line_is_promised(client):
    make_city("lima-pe", country="PE")
    for number, other in enumerate(("cusco-pe", "puno-pe")):
        for network in (f"of-{number}", f"also-of-{number}"):
            make_membership(network, "lima-pe")
            make_membership(network, other)
    html = page(client, "/cities/lima-pe/neighbours/")
    assert "data-ends" not in html
    assert "so no line ties any" in html


def test_the_table_has_what_the_drawing_shows(client):
    html = page(client, BERGEN)
    assert rows(html) == ["Oslo", "Turku"]
    assert "67% of 3" in html
    assert 'Turku <span class="quiet small">(2)</span>' in html
    assert 'href="/compare/cities/?city=bergen-no&amp;city=turku-fi"' in html
    assert 'href="/cities/turku-fi/neighbours/"' in html


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("", ["Oslo", "Turku"]), ("name", ["Oslo", "Turku"]), ("shared", ["Oslo", "Turku"])],
)
def test_the_order_of_the_table_is_stated(client, sort, expected):
    html = page(client, f"{BERGEN}?sort={sort}")
    assert rows(html) == expected
    words = {"": "likeness", "name": "name", "shared": "number in common"}[sort]
    assert f"Sorted by {words}." in html
    assert f'aria-current="true" rel="nofollow">{words}</a>' in html


def test_another_order_changes_no_number_and_no_canonical_address(client):
    make_membership("net-a", make_city("aarhus-dk", country="DK"))
    make_membership("net-b", "aarhus-dk")
    html = page(client, f"{BERGEN}?sort=name&nodes=40")
    assert rows(html) == ["Aarhus", "Oslo", "Turku"]
    assert '<td class="figure">2</td><th scope="row"><a href="/cities/aarhus-dk/">' in html
    assert f'<link rel="canonical" href="http://localhost:8000{BERGEN}?nodes=40">' in html


def test_more_in_common_may_be_asked_for(client):
    assert rows(page(client, f"{BERGEN}?least=3")) == ["Oslo"]


def test_where_nobody_has_so_much_in_common_the_page_says_so(client):
    html = page(client, f"{BERGEN}?least=8")
    assert "No city is listed that has 8 networks in common with Bergen." in html
    assert f'<a href="{BERGEN}">Ask for less in common</a>' in html
    assert "<svg class=" not in html.split("</header>")[1]


@pytest.mark.parametrize("query", ["least=1", "least=some", "nodes=61", "nodes=-20", "sort=size"])
def test_what_cannot_be_asked_is_refused_in_words(client, query):
    value = query.partition("=")[2]
    assert f"“{value}” is not known here; it can be" in page(client, f"{BERGEN}?{query}", 400)


def test_networks_have_neighbours_by_their_member_cities(client):
    html = page(client, "/networks/net-a/neighbours/")
    assert rows(html) == ["Net B", "Net C"]
    assert 'aria-label="1. NB, Net B: 3 member cities in common"' in html
    assert ">NB</text>" in html
    assert "75% of 4" in html


@pytest.mark.parametrize(
    ("name", "acronym", "shown"),
    [
        ("Net D", "", "Net D"),
        ("Cities Coalition for Digital Rights", "CC4DR", "CC4DR"),
        ("Cities Coalition for Digital Rights", "", "Cities Coalition…"),
        ("Städtenetzwerkverbundsgesellschaft", "", "Städtenetzwerkverbu…"),
    ],
)
def test_beside_a_mark_stands_a_short_name_of_whole_words(name, acronym, shown):
    assert beside_mark(Network(name=name, acronym=acronym)) == shown


def test_programs_are_led_to_the_same_graph(client):
    html = page(client, BERGEN)
    (address,) = re.findall(r'href="(/api/v1/graph/[^"]*format=json)"', html)
    answer = client.get(address.replace("&amp;", "&"))
    graph = b"".join(answer.streaming_content).decode()
    assert answer.status_code == 200
    for node in ("city/bergen-no", "city/oslo-no", "city/turku-fi"):
        assert f'"id":"{node}"' in graph
    assert "moss-no" not in graph
    assert 'href="/api/v1/cities/bergen-no/similar/"' in html


@pytest.mark.parametrize("path", ["/cities/bergen-no/", "/networks/net-a/"])
def test_the_page_of_a_record_leads_to_its_neighbours(client, path):
    assert f'href="{path}neighbours/"' in page(client, path)


def test_former_ids_and_capitals_lead_to_the_present_address(client):
    make_redirect("city", "bjorgvin-no", "bergen-no")
    for former in ("bjorgvin-no", "Bergen-NO"):
        response = client.get(f"/cities/{former}/neighbours/")
        assert (response.status_code, response["Location"]) == (301, BERGEN)
    assert client.get("/networks/nowhere/neighbours/").status_code == 404


def test_figures_of_the_drawing_are_the_same_in_every_language(client):
    def figures(html):
        return re.findall(r'(?:d|cx|cy|r|x1|transform|viewBox)="([^"]*)"', drawing(html))

    assert figures(page(client, BERGEN)) == figures(page(client, f"/fr{BERGEN}"))
