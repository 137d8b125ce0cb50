"""Who asks too often is told when to come back; what is left stands in every answer that counts."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from api.views.graph import FORMATS as GRAPH_FORMATS
from directory.accounts import limits
from directory.accounts.limits import LIMITS, READS, action_of
from directory.downloads.file_formats import FILE_FORMATS
from directory.downloads.lists import FILTER_SETS

pytestmark = pytest.mark.django_db

ITEM = r'"[a-z-]+";{};{}'
POLICY = re.compile(ITEM.format(r"q=\d+", r"w=\d+"))
LEFT = re.compile(ITEM.format(r"r=\d+", r"t=\d+"))


@pytest.fixture
def three_searches(monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "search", "3/min")


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on only when it is told to: ``clock.append(20)``."""
    passed = [1_800_000_000.0]
    monkeypatch.setattr(limits._Throttle, "timer", staticmethod(lambda: sum(passed)))
    return passed


@pytest.mark.parametrize(
    ("address", "action"),
    [
        ("/search/", "search"),
        ("/search/suggest/", "search"),
        ("/api/v1/search", "search"),
        ("/api/v1/search/", "search"),
        ("/api/v1/suggest/", "search"),
        ("/api/v1/match", "match"),
        ("/api/reconcile", "match"),
        ("/api/reconcile/suggest/entity/", "match"),
        ("/api/v1/focus-areas.csv", "download"),
        ("/api/v1/networks.geojson", "download"),
        ("/api/v1/graph", "download"),
        ("/api/v1/graph/", "download"),
        ("/coverage/coverage.csv", "download"),
        ("/compare/cities.csv", "download"),
        ("/coverage.csv", ""),
        ("/networks.csv", ""),
        ("/api/v1/nothing.csv", ""),
        ("/api/v1/stats/coverage/", ""),
        ("/", ""),
        ("/networks/", ""),
        ("/api/v1/networks/", ""),
        ("/api/v1/networks/search/", ""),
        ("/robots.txt", ""),
        ("/api/v1/changes/", ""),
    ],
)
def test_one_table_says_which_address_costs_what(address, action):
    assert action_of(address) == action


@pytest.mark.parametrize(
    "address",
    [
        *(f"/api/v1/{name}.{ending}" for name in FILTER_SETS for ending in FILE_FORMATS),
        *(f"/api/v1/graph.{ending}" for ending in GRAPH_FORMATS),
    ],
)
def test_every_list_counts_as_a_download_in_every_format(address):
    assert action_of(address) == "download"


@pytest.mark.parametrize(
    "address", ["/networks/", "/cities/", "/api/v1/networks", "/api/v1/cities/"]
)
def test_lists_cost_a_search_where_they_are_given_words(address):
    assert action_of(address, has_words=True) == "search"


def test_every_limit_of_reading_is_one_of_an_address_and_the_reverse():
    assert {action for _pattern, action in limits.ADDRESSES} == READS
    assert set(LIMITS) > READS


@pytest.mark.parametrize("address", ["/search/?q=a", "/api/v1/search/?q=a", "/api/v1/suggest/?q=a"])
def test_what_is_left_is_said_and_then_refused(client, three_searches, clock, address):
    for left in (2, 1, 0):
        response = client.get(address)
        assert response.status_code == 200
        assert response["RateLimit-Policy"] == '"search";q=3;w=60'
        assert LEFT.fullmatch(response["RateLimit"])
        assert f";r={left};" in response["RateLimit"]
    clock.append(20)
    refused = client.get(address)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "40"
    assert refused["RateLimit"] == '"search";r=0;t=40'
    assert refused["Cache-Control"] == "private, no-store"
    if address.startswith("/api/"):
        assert refused["Content-Type"] == "application/problem+json"
        assert refused.json()["type"].endswith("#too-often")
        assert refused["Access-Control-Allow-Origin"] == "*"
    else:
        assert "Too many requests" in refused.content.decode()


def test_after_the_time_that_was_named_it_goes_on(client, three_searches, clock):
    for _ in range(3):
        client.get("/search/")
    wait = int(client.get("/search/")["Retry-After"])
    clock.append(wait - 1)
    assert client.get("/search/").status_code == 429
    clock.append(1)
    assert client.get("/search/").status_code == 200


def test_others_go_on_and_other_pages_cost_nothing(client, three_searches):
    for _ in range(4):
        client.get("/search/")
    assert client.get("/networks/").status_code == 200
    assert not client.get("/networks/").has_header("RateLimit")
    assert client.get("/search/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_an_address_that_a_visitor_only_claims_to_have_changes_nothing(three_searches):
    for number in range(3):
        Client(headers={"x-forwarded-for": f"203.0.113.{number}"}).get("/search/")
    assert Client(headers={"x-forwarded-for": "203.0.113.8"}).get("/search/").status_code == 429


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(three_searches):
    for number in range(3):
        Client(headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"}).get("/search/")
    ask = "203.0.113.9, 198.51.100.{}"
    assert Client(headers={"x-forwarded-for": ask.format(7)}).get("/search/").status_code == 429
    assert Client(headers={"x-forwarded-for": ask.format(8)}).get("/search/").status_code == 200


def test_counting_a_read_touches_no_database(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/")
    assert not [each["sql"] for each in captured if "citynet_cache" in each["sql"]]
    assert caches["reads"]._cache


def test_no_address_of_a_visitor_is_kept(client):
    client.get("/search/", REMOTE_ADDR="203.0.113.77")
    assert "203.0.113.77" not in str(list(caches["reads"]._cache))


def test_what_is_written_says_what_is_left_too(client, monkeypatch):
    from tests.api.writing.programs import program_for
    from tests.factories import make_city, make_network

    program = program_for(make_city("bergen-no"))
    make_network("north")
    monkeypatch.setitem(limits.LIMITS, "write", "1/hour")
    body = {"city": "bergen-no", "network": "north"}
    added = program.post("memberships/", body)
    assert added.status_code == 201
    assert POLICY.fullmatch(added["RateLimit-Policy"])
    assert added["RateLimit"].startswith('"write";r=0;t=')
    refused = program.post("memberships/", body)
    assert refused.status_code == 429
    assert refused["RateLimit"] == f'"write";r=0;t={refused["Retry-After"]}'
