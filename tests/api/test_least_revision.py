"""``X-Min-Revision``: nothing older than somebody has seen, else plain words."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.least_revision import HEADER
from api.schema import description
from directory.history import current_revision
from tests.api.writing.programs import problem, program_for
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db
ADDRESSES = ["/api/v1/networks/", "/networks/north/", "/api/v1/networks.csv", "/contact/"]


@pytest.fixture
def north():
    return make_network("north")


def ask(address, least, **headers):
    return Client(headers={HEADER: least, **headers}).get(address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_revision_that_is_there_is_answered_as_ever(north, client, address):
    newest = current_revision()
    plain = client.get(address)
    for least in ("0", "1", str(newest), f"000{newest}"):
        response = ask(address, least)
        assert (response.status_code, response["ETag"]) == (200, plain["ETag"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_revision_to_come_is_refused_and_the_newest_named(north, address):
    newest = current_revision()
    refused = ask(address, str(newest + 1))
    said = problem(refused, 412)
    assert said["code"] == "revision_to_come"
    assert said["detail"] == f"There is no revision {newest + 1} yet: the newest one is {newest}."
    assert not refused.has_header("ETag")


def test_who_knows_the_answer_is_refused_all_the_same_where_it_is_too_old(north, client):
    tag = client.get("/networks/")["ETag"]
    assert ask("/networks/", "999", **{"if-none-match": tag}).status_code == 412
    assert ask("/networks/", "1", **{"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("junk", ["", "x", "-1", "1.0", "1, 2", "1" * 10, "٣", "1_0", " "])
def test_what_is_no_revision_is_refused_and_the_header_named(north, address, junk):
    said = problem(ask(address, junk), 400)
    assert [error["field"] for error in said["errors"]] == [HEADER]
    assert "from 0 to 999999999" in said["detail"]


def test_what_is_written_or_private_waits_for_no_revision_to_come_either(north):
    program = program_for(make_city("bergen-no"))
    newest = str(current_revision())
    assert program.get("uploads/", x_min_revision=newest).status_code == 200
    problem(program.get("uploads/", x_min_revision="999"), 412)
    problem(program.post("memberships/", {}, x_min_revision="999"), 412)


def test_pages_of_others_may_send_it_and_read_the_refusal(north):
    refused = ask("/api/v1/networks/", "999", origin="https://other.example")
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert HEADER.lower() in settings.CORS_ALLOW_HEADERS


@pytest.mark.parametrize("address", ["/api/v1/networks/", "/api/v1/networks/north/", "/api/v1/"])
def test_the_api_names_the_revision_of_its_answers(north, client, address):
    shown = client.get(address)
    assert shown["CityNet-Revision"] == str(current_revision())
    told = client.get(address, headers={"if-none-match": shown["ETag"]})
    assert (told.status_code, told["CityNet-Revision"]) == (304, shown["CityNet-Revision"])


def test_who_does_not_ask_for_a_revision_pays_for_no_question(north, client):
    client.get("/contact/")
    counts = []
    for headers in ({}, {HEADER: "1"}):
        with CaptureQueriesContext(connection) as queries:
            client.get("/contact/", headers=headers)
        counts.append(len(queries))
    assert counts[1] - counts[0] == 1


def test_what_is_kept_is_not_given_to_who_asks_for_a_revision_to_come(north, settings):
    settings.KEPT_ANSWERS_BYTES = 10_000_000
    visitor = Client()
    for _each in range(2):
        visitor.get("/networks/")
    assert visitor.get("/networks/", headers={HEADER: "999"}).status_code == 412


def test_it_is_described_wherever_something_is_read():
    for item in description()["paths"].values():
        for method, operation in item.items():
            names = [
                each["name"] for each in operation.get("parameters", []) if each["in"] == "header"
            ]
            assert (HEADER in names) is (method == "get")
            assert method != "get" or "412" in operation["responses"]
