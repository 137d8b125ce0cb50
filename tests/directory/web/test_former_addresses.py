"""Addresses live for ever: renamed records redirect, removed ones say so, capitals are forgiven."""

import pytest

from directory.history import change_set
from directory.models.choices import Origin
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_membership,
    make_network,
    make_redirect,
)

pytestmark = pytest.mark.django_db

MAKE = {
    "network": (make_network, "/networks/"),
    "city": (make_city, "/cities/"),
    "focus area": (make_focus_area, "/focus-areas/"),
    "funder": (make_funder, "/funders/"),
}


@pytest.mark.parametrize("kind", MAKE)
def test_a_renamed_record_redirects_for_good(client, kind):
    make, prefix = MAKE[kind]
    make("new-name")
    make_redirect(kind, "old-name", "new-name")
    response = client.get(f"{prefix}old-name/")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}new-name/")


@pytest.mark.parametrize("kind", MAKE)
def test_what_never_was_is_not_found(client, kind):
    _make, prefix = MAKE[kind]
    assert client.get(f"{prefix}never-was/").status_code == 404


@pytest.mark.parametrize("kind", MAKE)
def test_capitals_are_forgiven(client, kind):
    make, prefix = MAKE[kind]
    make("new-name")
    assert client.get(f"{prefix}New-Name/")["Location"] == f"{prefix}new-name/"


def test_a_removed_record_is_gone(client):
    funder = make_funder("short-lived")
    with change_set(origin=Origin.COMMAND, reason="Never existed"):
        funder.delete()
    assert client.get("/funders/short-lived/").status_code == 410


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/countries/NO/", "/countries/no/"), ("/countries/No/", "/countries/no/")],
)
def test_country_codes_are_written_small(client, asked, leads_to):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, leads_to)


@pytest.mark.parametrize("path", ["/countries/zz/", "/memberships/m00001/", "/memberships/x1/",
                                  "/memberships/m99999999999999999999/"])  # fmt: skip
def test_unknown_codes_and_ids_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_id_with_extra_zeros_leads_to_the_one_address(client):
    membership = make_membership("mayors", "bergen-no")
    response = client.get(f"/memberships/m000{membership.public_id[1:]}/")
    assert (response.status_code, response["Location"]) == (301, membership.get_absolute_url())


def test_robots_may_read_pages_but_not_every_search(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"Disallow: /search/" in response.content


def test_the_old_address_of_the_icon_leads_to_the_drawing(client):
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")
