"""Filters of memberships and statements: strict, indexed, and the same for pages and API."""

import datetime

import pytest
from django.http import QueryDict

from directory.models import Membership, Statement
from directory.search.filters import MembershipFilter, StatementFilter
from tests.factories import make_city, make_membership, make_network, make_statement

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


def memberships(query: str) -> list[str]:
    filters = MembershipFilter(QueryDict(query), queryset=Membership.objects.public(), day=DAY)
    assert filters.is_valid(), filters.errors
    return [str(membership.city.slug) for membership in filters.qs.order_by("pk")]


def statements(query: str) -> int:
    filters = StatementFilter(QueryDict(query), queryset=Statement.objects.public(), day=DAY)
    assert filters.is_valid(), filters.errors
    return filters.qs.count()


@pytest.fixture
def field():
    climate, peace = make_network("climate-net"), make_network("peace-net", focus_areas=["peace"])
    make_membership(climate, make_city("bergen-no"), joined="2010", role="chair", founder=True)
    make_membership(climate, make_city("nice-fr", country="FR"), joined="2001", left="2009")
    make_membership(peace, make_city("oslo-no"), standing="unverified", source_year=2015)
    make_membership(peace, make_city("lyon-fr", country="FR"), ended=True, source_year=2018)


@pytest.mark.parametrize(
    ("query", "cities"),
    [
        ("network=climate-net", ["bergen-no", "nice-fr"]),
        ("network=climate-net&network=peace-net&country=no", ["bergen-no", "oslo-no"]),
        ("city=oslo-no", ["oslo-no"]),
        ("find=Lyón", ["lyon-fr"]),
        ("find=norway&network=peace-net", ["oslo-no"]),
        ("focus_area=peace", ["oslo-no", "lyon-fr"]),
        ("role=chair", ["bergen-no"]),
        ("founder=true", ["bergen-no"]),
        ("founder=false&country=FR", ["nice-fr", "lyon-fr"]),
        ("standing=unverified", ["oslo-no"]),
        ("current=true", ["bergen-no", "oslo-no"]),
        ("current=false", ["nice-fr", "lyon-fr"]),
        ("open=true", ["bergen-no", "oslo-no"]),
        ("joined_min=2005", ["bergen-no"]),
        ("joined_max=2005", ["nice-fr"]),
        ("", ["bergen-no", "nice-fr", "oslo-no", "lyon-fr"]),
    ],
)
def test_memberships_are_filtered(field, query, cities):
    assert memberships(query) == cities


def test_statements_are_filtered(field):
    membership = Membership.objects.get(city__slug="bergen-no")
    make_statement(membership, voice="city")
    assert statements(f"membership={membership.public_id}") == 2
    assert statements("voice=city") == 1
    assert statements("network=peace-net") == 2
    assert statements("checked=false&city=oslo-no") == 1
    assert statements("source_year_min=2016&source_year_max=2020") == 1


@pytest.mark.parametrize(
    "query",
    [
        "network=nowhere",
        "current=maybe",
        "founder=1",
        "role=king",
        "joined_min=20x",
        "joined_min=2010&joined_max=2000",
        "country=Norway",
    ],
)
def test_a_wrong_value_is_an_error_not_all_results(query):
    filters = MembershipFilter(QueryDict(query), queryset=Membership.objects.public(), day=DAY)
    assert not filters.is_valid()


@pytest.mark.parametrize(
    "public_id", ["1", "m1", "m000001", "s00001", "m", "m" + "9" * 40, "m०००१२"]
)
def test_an_id_has_one_spelling(public_id):
    filters = StatementFilter(
        QueryDict(f"membership={public_id}"), queryset=Statement.objects.public()
    )
    assert not filters.is_valid()
    assert "m00001" in str(filters.errors)
