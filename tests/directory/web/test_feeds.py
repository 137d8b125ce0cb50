"""Feeds of changes are valid Atom (RFC 4287), the same for everyone at every moment."""

import datetime
from xml.etree import ElementTree

import pytest

from directory.history import change_set
from directory.models.choices import Origin
from tests.factories import make_city, make_funder, make_membership, make_network

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://localhost:8000"
FEEDS = ["/changes/feed/", "/networks/mayors/feed/", "/cities/bergen-no/feed/"]


def feed(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    return ElementTree.fromstring(response.content)


def moment(element):
    found = datetime.datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
    assert found.tzinfo is not None
    return found


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_all_that_atom_asks_for(client, path):
    make_membership("mayors", "bergen-no")
    make_membership("mayors", "oslo-no")
    root = feed(client, path)
    assert root.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == SITE + path
    assert client.get(links["alternate"].removeprefix(SITE)).status_code == 200
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert element.findtext(f"{ATOM}{name}").strip()
        assert element.findtext(f"{ATOM}id").startswith(SITE)
        assert element.findtext(f"{ATOM}author/{ATOM}name")
    entries = root.findall(f"{ATOM}entry")
    assert entries
    moments = [moment(entry) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert moment(root) == moments[0]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        (link,) = entry.findall(f"{ATOM}link")
        assert client.get(link.get("href").removeprefix(SITE)).status_code == 200


def test_a_feed_of_a_city_tells_of_its_memberships_alone(client):
    make_city("bergen-no")
    make_city("oslo-no")
    make_membership("mayors", "oslo-no")
    assert len(feed(client, "/cities/bergen-no/feed/").findall(f"{ATOM}entry")) == 1
    assert len(feed(client, "/cities/oslo-no/feed/").findall(f"{ATOM}entry")) == 2


def test_a_feed_names_the_office(client):
    with change_set(origin=Origin.WEB, reason="Joined", actor="p-4711", office="City of Bergen"):
        make_network("mayors")
    entry = feed(client, "/changes/feed/").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "City of Bergen"
    assert b"4711" not in client.get("/changes/feed/").content


def test_what_xml_cannot_hold_is_left_out(client):
    with change_set(
        origin=Origin.WEB, reason="A <strange> reason", office="Office\x0b of & <odds>"
    ):
        make_funder()
    entry = feed(client, "/changes/feed/").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "A <strange> reason"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Office of & <odds>"


def test_an_empty_feed_is_the_same_at_every_request(client):
    first = client.get("/changes/feed/").content
    assert first == client.get("/changes/feed/").content
    assert feed(client, "/changes/feed/").findtext(f"{ATOM}updated").startswith("2026-01-01")


def test_a_feed_holds_the_newest_thirty(client):
    for number in range(32):
        make_funder(f"fund-{number:02}")
    entries = feed(client, "/changes/feed/").findall(f"{ATOM}entry")
    assert len(entries) == 30
    assert entries[0].findtext(f"{ATOM}id") == f"{SITE}/changes/32/"


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("/", ["/changes/feed/"]),
        ("/networks/mayors/", ["/changes/feed/", "/networks/mayors/feed/"]),
        ("/networks/mayors/history/", ["/changes/feed/", "/networks/mayors/feed/"]),
        ("/cities/bergen-no/", ["/changes/feed/", "/cities/bergen-no/feed/"]),
    ],
)
def test_pages_name_their_feeds_in_the_head(client, page, feeds):
    make_membership("mayors", "bergen-no")
    head = client.get(page).content.decode().partition("</head>")[0]
    for address in feeds:
        assert f'<link rel="alternate" type="application/atom+xml" href="{address}"' in head
