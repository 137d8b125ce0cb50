"""Cards may be shown in frames of other sites, and oEmbed tells how; no other page may."""

import html
import json
import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.urls import URLPattern, get_resolver

from directory.models import City
from tests.browser.pages import PAGES
from tests.directory.web.kinds_of_page import KINDS
from tests.factories import make_city, make_label, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
CARDS = ["/embed/networks/north/", "/embed/cities/bergen-no/"]
OTHERS = [
    "/embed/networks/nowhere/",
    "/embed/cities/",
    "/id/city/bergen-no",
    "/cities/bergen-no.ttl",
    "/cities/bergen-no.json",
    "/data/catalog.ttl",
    "/oembed",
    "/opensearch.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/search/suggest/?q=b",
    "/search/completions/?q=b",
    "/changes/feed/",
    "/account/",
    "/editors/",
    "/api/",
    "/api/v1/networks/",
    "/api/v1/nowhere/",
]


@pytest.fixture(autouse=True)
def _records():
    make_network("north", name="Cities of the North & Sea", summary="Colder <b>cities</b>.")
    make_membership("north", make_city("bergen-no"))


def oembed(client, **asked):
    return client.get(f"/oembed?{urlencode(asked)}")


@pytest.mark.parametrize("path", CARDS)
def test_a_card_may_be_framed_by_anyone(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "default-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", CARDS)
def test_a_card_runs_nothing_keeps_nothing_and_asks_for_nothing(client, path):
    response = client.get(path)
    page = response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not re.findall(r"<script|<style|<form|<input|\sstyle=|\son[a-z]+=", page)
    assert re.findall(r'<a [^>]*target="_blank" rel="noopener"', page)
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize(
    "path", sorted({*PAGES, *(kind.path for kind in KINDS), *OTHERS} - set(CARDS))
)
def test_no_other_address_may_be_framed(client, path):
    response = client.get(path)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_a_new_address_that_may_be_framed_is_added_here():
    def framable(patterns):
        for pattern in patterns:
            if not isinstance(pattern, URLPattern):
                yield from framable(pattern.url_patterns)
            elif "may_be_framed" in vars(pattern.callback):
                yield pattern.name

    named = {name for name in framable(get_resolver().url_patterns) if name}
    assert named == {"network-card", "city-card", "reconcile-preview"}


def test_cards_tell_the_facts(client):
    network = client.get("/embed/networks/north/").content.decode()
    assert "Colder &lt;b&gt;cities&lt;/b&gt;." in network
    assert "<strong>1</strong> current member city listed" in network
    city = client.get("/embed/cities/bergen-no/").content.decode()
    assert "Cities of the North &amp; Sea" in city


@pytest.mark.parametrize(("language", "name"), [("fr", "Bergue"), ("ar", "برغن")])
def test_a_card_speaks_the_language_of_its_address(client, language, name):
    bergen = City.objects.get()
    make_label(bergen, language, name)
    page = f"/{language}/cities/bergen-no/"
    response = client.get(f"/{language}{CARDS[1]}")
    card = response.content.decode()
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert f'<html lang="{language}"' in card
    assert f"<h1>{name}</h1>" in card
    assert f'href="{SITE}{page}"' in card
    # The page, and oEmbed for it, offer the card in the same language.
    shown = client.get(page).content.decode()
    assert f"&lt;iframe src=&quot;{SITE}/{language}{CARDS[1]}&quot;" in shown
    (link,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', shown)
    said = json.loads(client.get(html.unescape(link).removeprefix(SITE)).content)
    assert f'src="{SITE}/{language}{CARDS[1]}"' in said["html"]
    assert name in said["title"]


def test_a_card_of_a_former_id_leads_to_the_present_one(client):
    make_redirect("network", "old", "north")
    response = client.get("/embed/networks/old/")
    assert (response.status_code, response["Location"]) == (301, "/embed/networks/north/")


def test_a_card_of_an_id_in_capitals_leads_to_the_usual_one(client):
    response = client.get("/embed/cities/Bergen-NO/")
    assert (response.status_code, response["Location"]) == (301, "/embed/cities/bergen-no/")


@pytest.mark.parametrize(("page", "card"), [("/networks/north/", 0), ("/cities/bergen-no/", 1)])
def test_a_page_offers_its_card_and_can_be_discovered(client, page, card):
    shown = client.get(page).content.decode()
    assert f"&lt;iframe src=&quot;{SITE}{CARDS[card]}&quot;" in shown
    assert "<iframe" not in shown
    for media_type in ("application/json+oembed", "text/xml+oembed"):
        (link,) = re.findall(f'type="{re.escape(media_type)}" href="([^"]+)"', shown)
        answer = client.get(html.unescape(link).removeprefix(SITE))
        assert answer.status_code == 200
        assert CARDS[card] in answer.content.decode()


def test_oembed_tells_how_to_show_a_page(client):
    response = oembed(client, url=f"{SITE}/networks/north/")
    assert response["Content-Type"] == "application/json"
    said = json.loads(response.content)
    assert (said["type"], said["version"]) == ("rich", "1.0")
    assert said["title"] == "Cities of the North & Sea in CityNet"
    frame = ElementTree.fromstring(said["html"])
    assert frame.attrib["src"] == f"{SITE}{CARDS[0]}"
    assert (frame.attrib["width"], frame.attrib["height"]) == ("480", "320")
    assert frame.attrib["title"] == said["title"]


def test_oembed_answers_in_xml(client):
    response = oembed(client, url=f"{SITE}/cities/bergen-no/", format="xml")
    assert response["Content-Type"].startswith("text/xml")
    said = ElementTree.fromstring(response.content)
    assert said.tag == "oembed"
    assert said.findtext("type") == "rich"
    assert ElementTree.fromstring(said.findtext("html")).attrib["src"] == f"{SITE}{CARDS[1]}"


@pytest.mark.parametrize(
    ("most", "size"),
    [
        ({"maxwidth": 300}, (300, 320)),
        ({"maxheight": 200}, (480, 200)),
        ({"maxwidth": 9999}, (480, 320)),
        ({"maxwidth": "000300"}, (300, 320)),
    ],
)
def test_a_card_is_no_larger_than_there_is_room(client, most, size):
    said = json.loads(oembed(client, url=f"{SITE}/cities/bergen-no/", **most).content)
    assert (said["width"], said["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in said["html"]


@pytest.mark.parametrize(
    "url",
    [
        "/networks/old/",
        "/networks/North/",
        "/networks/north",
        "/networks/north/?page=2",
        "/networks/north/#members",
    ],
)
def test_oembed_knows_a_page_by_whatever_leads_to_it(client, url):
    make_redirect("network", "old", "north")
    said = json.loads(oembed(client, url=f"{SITE}{url}").content)
    assert f"{SITE}{CARDS[0]}" in said["html"]


def test_a_page_in_another_language_has_its_card_in_it(client):
    said = json.loads(oembed(client, url=f"{SITE}/fr/networks/north/").content)
    assert f"{SITE}/fr{CARDS[0]}" in said["html"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"url": f"{SITE}/networks/nowhere/"}, 404),
        ({"url": f"{SITE}/about/"}, 404),
        ({"url": f"{SITE}/api/v1/networks/north/"}, 404),
        ({"url": "https://other.example/networks/north/"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": f"{SITE}/networks/north/", "format": "yaml"}, 501),
        ({}, 400),
        ({"url": f"{SITE}/networks/north/", "maxwidth": "wide"}, 400),
        ({"url": f"{SITE}/networks/north/", "maxheight": "0"}, 400),
        ({"url": f"{SITE}/networks/north/", "maxheight": "٣٠٠"}, 400),
    ],
)
def test_oembed_says_what_it_cannot_do(client, asked, status):
    response = oembed(client, **asked)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert len(response.content.decode()) > 20
