"""What is kept of public answers is given again while it is right, and to those it is for."""

import datetime
import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from citynet.kept_answers import Answers, Kept
from directory.accounts.limits import LIMITS
from directory.models import Funder, Network
from tests.factories import make_city, make_funder, make_membership, make_network, writing

PAGES = [
    *("/", "/networks/", "/networks/north/", "/networks/?q=north", "/fr/networks/north/"),
    *("/cities/", "/cities/bergen-no/", "/coverage/", "/changes/", "/funders/", "/sitemap.xml"),
    *("/api/v1/networks/", "/api/v1/networks/north/", "/api/v1/memberships/?network=north"),
    *("/api/v1/search/?q=north", "/api/v1/changes/?after=0", "/api/v1/stats/coverage/"),
]
PRIVATE = ["/account/login/", "/account/signup/", "/corrections/networks/north/"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return make_membership(make_network("north"), make_city("bergen-no"))


@pytest.fixture
def keeping(settings):
    """A visitor of a site that keeps answers."""
    settings.KEPT_ANSWERS_BYTES = 10_000_000
    return Client()


@pytest.fixture
def making():
    """A visitor of a site that makes each answer anew."""
    return Client()


def same(kept, made):
    assert (kept.status_code, kept.content) == (made.status_code, made.content)
    assert dict(kept.items()) == dict(made.items())


@pytest.mark.parametrize("address", PAGES)
def test_an_answer_is_given_again_for_the_price_of_one_query(north, keeping, making, address):
    first = keeping.get(address)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        again = keeping.get(address)
    assert len(queries) == 1, queries.captured_queries
    personal = ("RateLimit", "RateLimit-Policy")
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert {name for name, _value in again.items()} == {name for name, _value in first.items()}
    assert [again[name] for name in again.headers if name not in personal] == [
        first[name] for name in again.headers if name not in personal
    ]


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_is_older_than_the_last_change(north, keeping, making, seed):
    """Writes and reads in any order: what is kept never differs from what is made anew."""
    order = random.Random(seed)
    for step in range(40):
        if order.random() < 0.3:
            order.choice(CHANGES)(step)
        address = order.choice(PAGES)
        kept, made = keeping.get(address), making.get(address)
        for response in (kept, made):
            for personal in ("RateLimit", "RateLimit-Policy"):
                response.headers.pop(personal, None)
        same(kept, made)


def rename(step):
    with writing() as changes:
        changes.touch("networks", {"north"})
        network = Network.objects.get(slug="north")
        network.name = f"Northern Cities {step}"
        network.save()


CHANGES = [
    rename,
    lambda step: make_city(f"city-{step}-no"),
    lambda step: make_funder(f"fund-{step}"),
    lambda step: make_network(f"network-{step}", funders=list(Funder.objects.all()[:1])),
    lambda step: make_membership("north", make_city(f"member-{step}-no")),
]


def test_an_answer_of_yesterday_is_made_anew(north, keeping, monkeypatch):
    before = keeping.get("/networks/north/")["ETag"]
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert keeping.get("/networks/north/")["ETag"] != before


def test_an_answer_of_another_build_is_made_anew(north, keeping, settings):
    before = keeping.get("/networks/north/")["ETag"]
    settings.BUILD = "next"
    assert keeping.get("/networks/north/")["ETag"] != before


@pytest.mark.parametrize("codings", ["gzip", "br", "zstd", "identity", "gzip, br"])
def test_each_asker_gets_the_coding_that_they_take(north, keeping, making, codings):
    for other in ("", "gzip", "br"):
        keeping.get("/networks/", headers={"accept-encoding": other})
    asked = {"accept-encoding": codings}
    keeping.get("/networks/", headers=asked)
    kept, made = (site.get("/networks/", headers=asked) for site in (keeping, making))
    same(kept, made)


def test_an_address_is_kept_in_each_language_for_itself(north, keeping):
    assert b'lang="en"' in keeping.get("/networks/").content
    assert b'lang="fr"' in keeping.get("/fr/networks/").content
    assert b'lang="en"' in keeping.get("/networks/").content


@pytest.mark.parametrize("address", [*PRIVATE, "/no-such-page/", "/networks/?page=x"])
def test_what_is_private_missing_or_refused_is_not_kept(north, keeping, monkeypatch, address):
    kept = []
    monkeypatch.setattr(Answers, "keep", lambda self, key, answer: kept.append(key))
    keeping.get(address)
    assert kept == []


def test_downloads_are_not_kept(north, keeping, monkeypatch):
    kept = []
    monkeypatch.setattr(Answers, "keep", lambda self, key, answer: kept.append(key))
    b"".join(keeping.get("/api/v1/networks.csv").streaming_content)
    assert kept == []


def test_who_knows_the_answer_is_told_so_before_it_is_looked_for(north, keeping):
    tag = keeping.get("/networks/")["ETag"]
    assert keeping.get("/networks/", headers={"if-none-match": tag}).status_code == 304


def test_a_request_with_a_token_is_not_answered_with_what_is_kept(north, keeping):
    keeping.get("/api/v1/networks/north/")
    asked = {"authorization": "Bearer no-such-token"}
    answer = keeping.get("/api/v1/networks/north/", headers=asked)
    assert answer["Cache-Control"] == "private, no-store"


def test_a_search_that_is_kept_is_counted_all_the_same(north, keeping, monkeypatch):
    monkeypatch.setitem(LIMITS, "search", "3/min")
    left = [keeping.get("/search/?q=north")["RateLimit"] for _each in range(3)]
    assert [each.split(";")[1] for each in left] == ["r=2", "r=1", "r=0"]
    refused = keeping.get("/search/?q=north")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_nobody_is_told_what_another_has_left(north, keeping, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = [{"x-forwarded-for": address} for address in ("192.0.2.1", "192.0.2.2")]
    first, second = (keeping.get("/search/?q=north", headers=each) for each in asked)
    assert first["RateLimit"] == second["RateLimit"]


def test_a_host_that_is_not_ours_is_refused_whatever_is_kept(north, keeping):
    keeping.get("/networks/")
    assert keeping.get("/networks/", headers={"host": "elsewhere.example"}).status_code == 400


def test_nothing_is_kept_where_there_is_no_room(north, settings):
    settings.KEPT_ANSWERS_BYTES = 0
    visitor = Client()
    visitor.get("/cities/bergen-no/")
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/cities/bergen-no/")
    assert len(queries) > 1


def kept(size):
    return Kept(frozenset({"tag"}), b"x" * size, {})


def test_the_least_asked_for_goes_first_and_the_room_is_never_exceeded():
    answers = Answers(400_000)
    for number in range(40):
        answers.keep((str(number), ""), kept(10_000))
        answers.get(("0", ""))
    assert answers.get(("0", "")) is not None
    assert answers.get(("1", "")) is None
    assert answers.get(("39", "")) is not None
    assert answers._answers.currsize <= 400_000


def test_what_would_take_the_room_of_many_is_not_kept():
    answers = Answers(400_000)
    answers.keep(("large", ""), kept(100_000))
    assert answers.get(("large", "")) is None
