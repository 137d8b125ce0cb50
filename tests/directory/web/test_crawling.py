"""Crawlers find every page once, and browsers how to search."""

import json
import re
import urllib.robotparser
from xml.etree import ElementTree

import pytest
from django.conf import settings

from directory.accounts.languages import in_language
from directory.web import sitemaps
from directory.web.urls import urlpatterns
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
# Pages without parameters that say nothing of their own.
LEFT_OUT = {
    "search": "a form, and what robots are asked to leave alone",
    "compare-networks": "a form, and what robots are asked to leave alone",
    "compare-cities": "a form, and what robots are asked to leave alone",
    "compare-networks-list": "a part of a comparison",
    "compare-cities-list": "a part of a comparison",
    "suggest": "JSON",
    "changes-feed": "Atom",
    "latest-release": "a redirect",
    "cities-map": "JSON",
    "compare-cities-map": "JSON",
    "compare-networks-map": "JSON",
}


def read(client, address):
    response = client.get(address.removeprefix(SITE))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def locations(client, address):
    return [each.text for each in read(client, address).iter(f"{SITEMAP}loc")]


def every_page(client):
    return [page for part in locations(client, "/sitemap.xml") for page in locations(client, part)]


def test_robots_are_led_to_every_page_once(client):
    make_membership(make_network("north", funders=["fund"]), "bergen-no")
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    (sitemap,) = robots.site_maps()
    assert sitemap == f"{SITE}/sitemap.xml"
    pages = every_page(client)
    assert len(pages) == len(set(pages))
    for path in ("/networks/north/", "/cities/bergen-no/", "/funders/fund/", "/countries/no/"):
        for language in LANGUAGES:
            assert f"{SITE}{in_language(path, language)}" in pages
    assert f"{SITE}/api/docs/" in pages
    assert f"{SITE}/fr/api/docs/" in pages
    for page in pages:
        assert robots.can_fetch("*", page), page
        assert client.get(page.removeprefix(SITE)).status_code == 200, page


def test_no_page_without_a_record_is_forgotten():
    fixed = {pattern.name for pattern in urlpatterns if not pattern.pattern.regex.groups}
    listed = set(sitemaps.PAGES)
    assert fixed - listed == LEFT_OUT.keys()


def test_a_page_names_itself_in_every_language(client):
    make_city("bergen-no")
    urls = {
        url.findtext(f"{SITEMAP}loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(f"{XHTML}link")
        }
        for url in read(client, "/sitemap-cities.xml")
    }
    every = {code: SITE + in_language("/cities/bergen-no/", code) for code in LANGUAGES}
    assert set(urls) == set(every.values())
    for address, alternates in urls.items():
        assert alternates == every | {"x-default": every["en"]}
        # As the page itself has it.
        html = client.get(address.removeprefix(SITE)).content.decode()
        assert dict(re.findall(r'hreflang="([a-z-]+)" href="([^"]+)">\n', html)) == alternates


def test_addresses_stand_on_the_public_one(client):
    make_city("bergen-no")
    answer = client.get("/sitemap-cities.xml", headers={"host": "127.0.0.1"})
    assert f"<loc>{SITE}/cities/bergen-no/</loc>" in answer.content.decode()


def test_a_large_part_is_split(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Records, "limit", 2)
    for slug in ("a-no", "b-no", "c-no"):
        make_city(slug)
    parts = [each for each in locations(client, "/sitemap.xml") if "cities" in each]
    assert parts == [f"{SITE}/sitemap-cities.xml", f"{SITE}/sitemap-cities.xml?p=2"]
    assert locations(client, parts[1])[0] == f"{SITE}/cities/c-no/"
    assert len(locations(client, parts[1])) == len(LANGUAGES)


@pytest.mark.parametrize(
    "path", ["/sitemap-cities.xml?p=9", "/sitemap-cities.xml?p=x", "/sitemap-x.xml"]
)
def test_a_part_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_part_costs_few_queries(client, django_assert_max_num_queries):
    for number in range(5):
        make_city(f"city-{number}-no")
    with django_assert_max_num_queries(3):
        client.get("/sitemap-cities.xml")


def test_a_browser_learns_how_to_search(client):
    make_network("north", name="Cities of the North")
    home = client.get("/").content.decode()
    assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in home
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    described = ElementTree.fromstring(response.content)
    assert len(described.findtext(f"{SEARCH}ShortName")) <= 16
    urls = {
        each.attrib["type"]: each.attrib["template"]
        .removeprefix(SITE)
        .replace("{searchTerms}", "cities+of")
        for each in described.iter(f"{SEARCH}Url")
    }
    assert "Cities of the North" in client.get(urls["text/html"]).content.decode()
    suggested = client.get(urls["application/x-suggestions+json"])
    assert suggested["Content-Type"] == "application/x-suggestions+json"
    words, names, details, addresses = json.loads(suggested.content)
    assert (words, names) == ("cities of", ["Cities of the North"])
    assert addresses == [f"{SITE}/networks/north/"]
    assert len(details) == 1
