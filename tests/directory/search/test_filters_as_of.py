"""Filters as of a date: the same logic of `yes` and `possible` for all that is listed."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from directory.insights.graph.filters import CoverageFilter, GraphFilter
from directory.models import City, Membership, Network
from directory.search.facets_as_of import DAYS_KEPT, tables_as_of
from directory.search.filters import CityFilter, MembershipFilter, NetworkFilter
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)
THEN = "as_of=2019-12-31"
STRICT = f"{THEN}&precision=strict"


def checked(filter_set, query, rows):
    filters = filter_set(QueryDict(query), queryset=rows, day=TODAY)
    assert filters.is_valid(), filters.errors
    return filters


def networks(query):
    """Slugs of the networks found, each with its answer."""
    hits = checked(NetworkFilter, query, Network.objects.public()).hits()
    return {network.slug: getattr(network, "as_of_answer", None) for network in hits.page(1, 50)}


def cities(query):
    hits = checked(CityFilter, query, City.objects.public()).hits()
    return {city.slug: city.as_of_answer for city in hits.page(1, 50)}


def memberships(query):
    rows = checked(MembershipFilter, query, Membership.objects.public()).qs
    return {row.city.slug: row.as_of_answer for row in rows}


def errors(filter_set, query):
    filters = filter_set(QueryDict(query), day=TODAY)
    filters.is_valid()
    return {name: messages[0] for name, messages in filters.errors.items()}


@pytest.fixture
def field():
    """A network with a member that is sure, one that is possible, one gone, one to come."""
    network = make_network("sea", founded=2000)
    make_membership(network, make_city("sure-no"), joined="2010")
    make_membership(network, make_city("possible-fr", country="FR"))
    make_membership(network, make_city("gone-no"), joined="2010", left="2015")
    make_membership(network, make_city("later-de", country="DE"), joined="2021")
    return network


def test_memberships_are_those_of_the_day_each_with_its_answer(field):
    assert memberships(THEN) == {"sure-no": "yes", "possible-fr": "possible"}
    assert memberships(STRICT) == {"sure-no": "yes"}
    assert memberships(f"{THEN}&country=FR") == {"possible-fr": "possible"}


def test_whether_a_membership_is_still_open_may_be_asked_beside_a_day(field):
    make_membership(field, make_city("until-no"), joined="2010", left="2022")
    assert set(memberships(f"{THEN}&open=false")) == {"until-no"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"founded": 2018}, "yes"),
        ({"founded": 2019}, "yes"),
        ({"founded": 2020}, None),
        ({"founded": None}, "possible"),
        ({"founded": 2000, "status": "dormant"}, "yes"),
        ({"founded": 2000, "status": "ended", "ended": 2020}, "yes"),
        ({"founded": 2000, "status": "ended", "ended": 2019}, "possible"),
        ({"founded": 2000, "status": "ended", "ended": 2018}, None),
        ({"founded": 2000, "status": "ended"}, "possible"),
    ],
)
def test_a_network_existed_by_the_years_of_its_beginning_and_its_end(fields, expected):
    make_network("sea", **fields)
    assert networks(THEN).get("sea") == expected
    assert networks(STRICT).get("sea") == ("yes" if expected == "yes" else None)
    row = Network.objects.as_of(datetime.date(2019, 12, 31)).first()
    assert (row and row.as_of_answer) == expected


@pytest.mark.parametrize(
    ("day", "fields", "expected"),
    [
        ("2019-12-30", {"founded": 2019}, "possible"),
        ("2019-01-01", {"founded": 2000, "status": "ended", "ended": 2019}, "yes"),
        ("2019-01-02", {"founded": 2000, "status": "ended", "ended": 2019}, "possible"),
    ],
)
def test_within_the_year_itself_a_network_is_possible(day, fields, expected):
    make_network("sea", **fields)
    assert networks(f"as_of={day}")["sea"] == expected


def test_members_of_a_network_are_those_of_the_day(field):
    def listed(query):
        [network] = checked(NetworkFilter, query, None).hits().page(1, 5)
        return network.listed_members

    assert (listed(""), listed(THEN), listed(STRICT)) == (3, 2, 1)
    assert networks(f"{THEN}&member=sure-no") == {"sea": "yes"}
    assert networks(f"{THEN}&member=possible-fr") == {"sea": "possible"}
    assert networks(f"{STRICT}&member=possible-fr") == {}
    assert networks(f"{THEN}&member=later-de") == {}
    assert networks(f"{THEN}&member_country=FR") == {"sea": "possible"}
    assert networks(f"{THEN}&members_min=3") == {}
    assert networks(f"{THEN}&members_min=2") == {"sea": "yes"}


def test_not_a_member_means_not_even_possibly(field):
    for day in (THEN, STRICT):
        assert networks(f"{day}&not_member=possible-fr") == {}
        assert networks(f"{day}&not_member=later-de") == {"sea": "yes"}


def test_facets_and_the_order_by_members_are_those_of_the_day(field):
    make_membership(make_network("young", founded=2020), "later-de")
    make_network("air", founded=1990)
    hits = checked(NetworkFilter, f"{THEN}&sort=-members", None).hits()
    assert [network.slug for network in hits.page(1, 5)] == ["sea", "air"]
    countries = next(facet for facet in hits.facets if facet.name == "member_country")
    assert {choice.value: choice.count for choice in countries.choices} == {"FR": 1, "NO": 1}
    status = next(facet for facet in hits.facets if facet.name == "status")
    assert [(choice.value, choice.count) for choice in status.choices] == [("active", 2)]


def test_the_words_of_a_member_city_find_the_networks_of_the_day(field):
    assert networks("as_of=2019-12-31&q=sure") == {"sea": "yes"}
    assert networks("as_of=2012-12-31&q=gone") == {"sea": "yes"}
    assert "sea" not in networks("as_of=2019-12-31&q=gone&exact=true")


def test_cities_are_members_of_that_day(field):
    assert cities(f"{THEN}&network=sea") == {"possible-fr": "possible", "sure-no": "yes"}
    assert cities(f"{STRICT}&network=sea") == {"sure-no": "yes"}
    assert cities(f"{THEN}&focus_area=climate") == cities(f"{THEN}&network=sea")
    hits = checked(CityFilter, f"{THEN}&sort=-memberships", City.objects.public()).hits()
    assert {city.slug: city.listed_networks for city in hits.page(1, 9)} == {
        "possible-fr": 1,
        "sure-no": 1,
        "gone-no": 0,
        "later-de": 0,
    }


@pytest.mark.parametrize(
    ("fields", "had_ended", "still_stood"),
    [
        ({}, None, "yes"),
        ({"ended": 2018}, "yes", None),
        ({"ended": 2019}, "possible", "possible"),
        ({"ended": 2020}, None, "yes"),
    ],
)
def test_a_city_had_ended_by_the_day(fields, had_ended, still_stood):
    make_city("fana-no", **fields)
    for asked, expected in (("true", had_ended), ("false", still_stood)):
        assert cities(f"{THEN}&ended={asked}").get("fana-no") == expected
        strict = "yes" if expected == "yes" else None
        assert cities(f"{STRICT}&ended={asked}").get("fana-no") == strict
    assert cities(THEN) == {"fana-no": "yes"}


def test_of_a_merger_without_a_year_both_are_possible():
    make_city("fana-no", successor=make_city("bergen-no"))
    assert cities(f"{THEN}&ended=true") == {"fana-no": "possible"}
    assert cities(f"{THEN}&ended=false") == {"fana-no": "possible", "bergen-no": "yes"}


@pytest.mark.parametrize("filter_set", [NetworkFilter, CityFilter, MembershipFilter])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("as_of=2019", {"as_of": "“2019” is not a full day; write it as 2019-12-31."}),
        ("as_of=31.12.2019", {"as_of": "“31.12.2019” is not a full day; write it as 2019-12-31."}),
        ("as_of=2019-02-30", {"as_of": "“2019-02-30” is not in the calendar."}),
        ("as_of=1799-12-31", {"as_of": "The year 1799 lies outside 1800 to 2100."}),
        ("as_of=2101-01-01", {"as_of": "The year 2101 lies outside 1800 to 2100."}),
        ("as_of=٢٠١٩-١٢-٣١", {"as_of": "“٢٠١٩-١٢-٣١” is not a full day; write it as 2019-12-31."}),
        (
            "precision=strict",
            {"precision": "“precision” is that of the answer to a day: name the day in “as_of”."},
        ),
        (
            f"{THEN}&precision=loose",
            {"precision": "“loose” is not known here; it can be strict."},
        ),
        ("as_of=&precision=", {}),
        ("as_of=1800-01-01", {}),
    ],
)
def test_only_a_full_day_is_taken_and_a_precision_only_with_one(filter_set, query, expected):
    assert errors(filter_set, query) == expected


@pytest.mark.parametrize("filter_set", [CoverageFilter, GraphFilter, NetworkFilter])
def test_a_day_that_has_not_come_is_refused(filter_set, monkeypatch):
    now = datetime.datetime(2026, 11, 23, 23, 59, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    said = "“2026-11-24” has not come yet; the latest day to ask for is today, 2026-11-23."
    assert errors(filter_set, "as_of=2026-11-24&precision=strict") == {"as_of": said}
    assert errors(filter_set, "as_of=2026-11-23&precision=strict") == {}


def test_today_and_another_day_cannot_both_be_asked_for():
    expected = {"current": "“current” asks for today and “as_of” for another day: leave one out."}
    assert errors(MembershipFilter, f"{THEN}&current=true") == expected
    assert errors(MembershipFilter, f"{THEN}&current=false") == expected


def test_a_day_is_read_once_and_only_a_few_are_kept(field):
    networks("")
    with CaptureQueriesContext(connection) as first:
        networks(THEN)
    with CaptureQueriesContext(connection) as again:
        networks(THEN)
    assert len(again) < len(first)
    for month in range(1, 13):
        networks(f"as_of=2019-{month:02}-01")
    assert len(tables_as_of._kept) == DAYS_KEPT
    with CaptureQueriesContext(connection) as today:
        networks("")
    assert len(today) <= len(again), "today's table was put out by the others"
