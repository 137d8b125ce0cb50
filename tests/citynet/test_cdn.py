"""What a CDN may give again without asking, for how long, and under which keys."""

import datetime

import pytest
from django.test import Client

from citynet.cdn import cache_control, keys_of
from citynet.cdn_settings import CACHE_TAG, Cdn
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)
ASKED = "public, no-cache"


@pytest.fixture
def north():
    return make_membership(make_network("north"), make_city("bergen-no"))


@pytest.fixture
def visitor(settings, north):
    """A visitor of a site behind a CDN that may keep answers for a minute."""
    settings.CDN = Cdn(seconds=60)
    return Client()


@pytest.mark.parametrize("address", ["/", "/networks/north/", "/api/v1/cities/bergen-no/"])
def test_by_default_every_cache_asks_each_time(north, client, address):
    response = client.get(address)
    assert response["Cache-Control"] == ASKED
    assert not response.has_header("Surrogate-Key")


@pytest.mark.parametrize("address", ["/", "/networks/north/", "/api/v1/cities/bergen-no/"])
def test_a_shared_cache_need_not_ask_for_as_long_as_is_set_and_browsers_still_do(visitor, address):
    response = visitor.get(address)
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert response["Vary"] == "Accept-Encoding"
    told = visitor.get(address, headers={"if-none-match": response["ETag"]})
    assert told.status_code == 304
    for header in ("Surrogate-Key", "Vary"):
        assert told[header] == response[header]


@pytest.mark.parametrize(
    ("time", "says"),
    [
        (NOON, "s-maxage=60, stale-while-revalidate=60"),
        (NOON.replace(hour=23, minute=58, second=29), "s-maxage=60, stale-while-revalidate=30"),
        (NOON.replace(hour=23, minute=59, second=29), "s-maxage=30"),
        (NOON.replace(hour=23, minute=59, second=59), "s-maxage=0"),
    ],
)
def test_nothing_is_given_again_on_the_next_day(time, says):
    assert cache_control(60, time) == f"public, max-age=0, {says}"


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/networks/x/",
        "/networks/?page=x",
        "/search/?q=north",
        "/api/v1/networks.csv",
        "/favicon.ico",
    ],
)
def test_what_is_private_missing_refused_or_counted_is_asked_for_each_time(visitor, address):
    response = visitor.get(address)
    assert "s-maxage" not in response["Cache-Control"]
    assert not response.has_header("Surrogate-Key")


def test_what_is_asked_with_a_token_is_kept_by_nobody(visitor):
    response = visitor.get("/api/v1/networks/", headers={"authorization": "Bearer x"})
    assert response["Cache-Control"] == "private, no-store"


def test_what_the_site_keeps_itself_is_given_again_with_the_keys_and_the_time_of_now(
    visitor, settings, monkeypatch
):
    settings.KEPT_ANSWERS_BYTES = 10_000_000
    first = visitor.get("/networks/north/")
    monkeypatch.setattr("citynet.cdn.timezone.now", lambda: NOON.replace(hour=23, minute=59))
    again = visitor.get("/networks/north/")
    assert again["Surrogate-Key"] == first["Surrogate-Key"]
    assert again["Cache-Control"] == "public, max-age=0, s-maxage=59"


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/networks/north/", ["each-network", "network:north"]),
        ("/fr/networks/north/history/", ["each-network", "network:north"]),
        ("/networks/north/preview.png", ["each-network", "network:north"]),
        ("/networks/north.jsonld", ["each-network", "network:north"]),
        ("/maps/networks/north.json", ["each-network", "network:north"]),
        ("/embed/networks/north/", ["each-network", "network:north"]),
        ("/api/v1/networks/north", ["each-network", "network:north"]),
        ("/cities/bergen-no/", ["each-city", "city:bergen-no"]),
        ("/cities/bergen-no/neighbours/", ["each-city", "city:bergen-no", "lists"]),
        ("/api/v1/cities/bergen-no/fit/", ["each-city", "city:bergen-no", "lists"]),
        *((path, ["lists"]) for path in ("/", "/networks/", "/compare/networks/list/")),
        *((path, ["lists"]) for path in ("/api/v1/memberships/", "/maps/cities.json", "/for/x/")),
        *((path, ["lists"]) for path in ("/coverage/", "/memberships/m00001/", "/sitemap.xml")),
        (f"/networks/{'x' * 5000}/", ["lists"]),
    ],
)
def test_an_answer_is_purged_by_the_record_that_it_is_about_or_with_all_lists(path, keys):
    assert list(keys_of(path)) == ["citynet", *keys]


def test_keys_are_written_as_the_cdn_reads_them(settings, north):
    settings.CDN = Cdn(seconds=60, keys_header=CACHE_TAG)
    assert Client().get("/networks/north/")["Cache-Tag"] == "citynet,each-network,network:north"
