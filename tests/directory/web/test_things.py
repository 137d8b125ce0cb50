"""Things have addresses for ever, which lead to what their reader understands."""

import pytest

from directory.history import change_set
from directory.models.choices import Origin
from tests.factories import (
    make_city,
    make_country,
    make_focus_area,
    make_funder,
    make_membership,
    make_network,
    make_redirect,
)

pytestmark = pytest.mark.django_db

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# What each kind of thing is called in addresses of things, pages and the API.
THINGS = [
    ("network", "north", "networks"),
    ("city", "bergen-no", "cities"),
    ("focus-area", "climate", "focus-areas"),
    ("funder", "fund", "funders"),
    ("country", "no", "countries"),
    ("membership", "{membership}", "memberships"),
]
RENAMED = [
    ("network", "network", "networks", make_network),
    ("city", "city", "cities", make_city),
    ("focus area", "focus-area", "focus-areas", make_focus_area),
    ("funder", "funder", "funders", make_funder),
]


@pytest.fixture
def membership():
    make_network("north", funders=["fund"])
    return make_membership("north", "bergen-no").public_id


@pytest.mark.parametrize(("name", "identifier", "folder"), THINGS)
@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (BROWSER, "/"),
        ("*/*", "/"),
        ("image/png", "/"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/ld+json;q=0.4, text/turtle;q=0.9", ".ttl"),
        ("text/turtle;q=0, application/ld+json", ".jsonld"),
        ("nonsense;;q=x", "/"),
    ],
)
def test_a_thing_leads_to_what_its_reader_takes(
    client, membership, name, identifier, folder, accept, suffix
):
    identifier = identifier.format(membership=membership)
    response = client.get(f"/id/{name}/{identifier}", headers={"accept": accept})
    assert (response.status_code, response["Location"]) == (303, f"/{folder}/{identifier}{suffix}")
    assert response["Cache-Control"] == "no-store"
    assert "Accept" in response["Vary"].replace(" ", "").split(",")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(("name", "identifier", "folder"), THINGS)
def test_json_is_the_record_in_the_api(client, membership, name, identifier, folder):
    identifier = identifier.format(membership=membership)
    asked = client.get(f"/id/{name}/{identifier}", headers={"accept": "application/json"})
    assert asked.status_code == 303
    file = client.get(f"/{folder}/{identifier}.json")
    assert file.status_code == 302
    assert asked["Location"] == file["Location"]
    assert file["Location"].startswith(f"/api/v1/{folder}/")
    assert client.get(file["Location"]).status_code == 200


def test_what_else_is_asked_of_json_is_passed_on(client):
    response = client.get("/cities/bergen-no.json?fields=name")
    assert response["Location"] == "/api/v1/cities/bergen-no/?fields=name"


@pytest.mark.parametrize(("kind", "name", "folder", "make"), RENAMED)
def test_a_former_id_leads_to_the_present_one(client, kind, name, folder, make):
    make("new-name")
    make_redirect(kind, "old-name", "new-name")
    for address in ("/id/{name}/{id}", "/{folder}/{id}.ttl", "/{folder}/{id}.jsonld"):
        response = client.get(address.format(name=name, folder=folder, id="old-name"))
        present = address.format(name=name, folder=folder, id="new-name")
        assert (response.status_code, response["Location"]) == (301, present)


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_there_is_one_way_to_write_an_id(client, membership, suffix):
    make_country("NO")
    long = f"m000{membership[1:]}"
    for written, right in [
        (f"/countries/NO.{suffix}", f"/countries/no.{suffix}"),
        (f"/cities/Bergen-NO.{suffix}", f"/cities/bergen-no.{suffix}"),
        (f"/memberships/{long}.{suffix}", f"/memberships/{membership}.{suffix}"),
        ("/id/country/NO", "/id/country/no"),
        (f"/id/membership/{long}", f"/id/membership/{membership}"),
    ]:
        response = client.get(written)
        assert (response.status_code, response["Location"]) == (301, right)


@pytest.mark.parametrize(
    "address",
    [
        "/id/city/nowhere-no",
        "/id/country/zz",
        "/id/country/norway",
        "/id/membership/m99999",
        "/id/membership/7",
        "/id/planet/earth",
        "/cities/nowhere-no.ttl",
        "/countries/zz.jsonld",
        "/memberships/m99999.ttl",
        "/networks/north.xml",
    ],
)
def test_what_never_was_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_what_was_taken_out_is_gone(client):
    funder = make_funder("short-lived")
    with change_set(origin=Origin.COMMAND, reason="Never existed"):
        funder.delete()
    assert client.get("/id/funder/short-lived").status_code == 410
    assert client.get("/funders/short-lived.ttl").status_code == 410


@pytest.mark.parametrize(
    "address", ["/id/city/bergen-no", "/cities/bergen-no.ttl", "/data/catalog.ttl", "/oembed"]
)
def test_pages_of_others_may_read_what_is_made_for_programs(client, address):
    make_city("bergen-no")
    response = client.get(address, headers={"origin": "https://other.example"})
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/cities/bergen-no/", "/account/login/", "/data/"])
def test_pages_of_others_may_not_read_pages(client, address):
    make_city("bergen-no")
    response = client.get(address, headers={"origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(("name", "identifier", "folder"), THINGS)
def test_a_page_names_its_files(client, membership, name, identifier, folder):
    identifier = identifier.format(membership=membership)
    page = client.get(f"/{folder}/{identifier}/").content.decode()
    for media_type, suffix in [
        ("application/json", "json"),
        ("application/ld+json", "jsonld"),
        ("text/turtle", "ttl"),
    ]:
        href = f"http://localhost:8000/{folder}/{identifier}.{suffix}"
        assert f'<link rel="alternate" type="{media_type}" href="{href}">' in page
