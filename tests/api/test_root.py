import pytest
from django.conf import settings

from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

LISTS = ("networks", "cities", "memberships", "statements", "focus-areas", "countries", "funders")


def test_the_entrance_names_every_list(get, caller):
    answer = get("")
    assert caller.get(answer["uploads"].removeprefix(settings.SITE_URL)).status_code == 401
    for name in (*LISTS, "changes", "search", "suggest", "schema", "docs"):
        assert caller.get(answer[name].removeprefix(settings.SITE_URL)).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1", *(f"/api/v1/{name}" for name in LISTS)])
def test_addresses_answer_with_and_without_the_last_slash(caller, path):
    with_slash, without = caller.get(f"{path}/"), caller.get(path)
    assert (with_slash.status_code, without.status_code) == (200, 200)
    assert with_slash.content == without.content


def test_records_too_answer_without_the_last_slash(caller):
    membership = make_membership(make_network("network"), make_city("city-no"))
    for path in ("networks/network", "cities/city-no", f"memberships/{membership.public_id}"):
        with_slash, without = caller.get(f"/api/v1/{path}/"), caller.get(f"/api/v1/{path}")
        assert with_slash.status_code == 200
        assert with_slash.content == without.content


def test_addresses_stand_on_the_address_of_the_site_and_not_on_the_host_header(client):
    make_network("network")
    answer = client.get("/api/v1/networks/network/", headers={"host": "127.0.0.1:9999"}).json()
    assert answer["url"] == f"{settings.SITE_URL}/api/v1/networks/network/"


def test_answers_name_the_licence_and_the_description(caller):
    links = caller.get("/api/v1/networks/")["Link"]
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert f'<{settings.SITE_URL}/api/v1/schema/>; rel="service-desc"' in links


def test_pages_of_other_sites_may_read(client):
    headers = {"host": "localhost", "origin": "https://elsewhere.example"}
    response = client.get("/api/v1/networks/", headers=headers)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


@pytest.mark.parametrize("path", ["", "networks/", "search/", "memberships/", "suggest/"])
def test_head_and_options_answer(caller, path):
    head = caller.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    options = caller.options(f"/api/v1/{path}")
    methods = "GET, POST, HEAD, OPTIONS" if path == "memberships/" else "GET, HEAD, OPTIONS"
    assert (options.status_code, options["Allow"]) == (200, methods)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense", "*/*", ""])
def test_answers_are_json_whatever_is_accepted(client, accept):
    response = client.get("/api/v1/", headers={"host": "localhost", "accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
