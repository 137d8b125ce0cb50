"""Whatever is asked, the API answers: never with a fault of its own."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cursors import Cursor, encode
from directory.insights.graph.filters import CoverageFilter, GraphFilter
from directory.search.filters import CityFilter, MembershipFilter, NetworkFilter, StatementFilter
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

OWN = {"page", "page_size", "cursor", "fields", "limit", "q"}
PARAMETERS = {
    "networks": OWN | set(NetworkFilter.base_filters),
    "search": OWN | set(NetworkFilter.base_filters),
    "cities": OWN | set(CityFilter.base_filters),
    "memberships": OWN | set(MembershipFilter.base_filters),
    "statements": OWN | set(StatementFilter.base_filters),
    "focus-areas": OWN,
    "countries": OWN,
    "funders": OWN,
    "suggest": OWN,
    "changes": OWN | {"after"},
    "graph": OWN | {"format"} | set(GraphFilter.base_filters),
    "stats/coverage": OWN | set(CoverageFilter.base_filters),
    "cities/newtown-no/similar": OWN | {"measure"},
    "cities/newtown-no/fit": OWN | {"focus_area"},
    "compare/networks": OWN | {"network"},
    "compare/cities": OWN | {"city"},
}
ORDERS = ("membership", "city ranked", "changes")
CURSORS = st.builds(
    lambda key, backwards, order: encode(Cursor(tuple(key), backwards), order),
    st.lists(st.one_of(st.integers(-(2**63), 2**63 - 1), st.text(max_size=20)), max_size=3),
    st.booleans(),
    st.sampled_from(ORDERS),
)
WORDS = (
    *("newtown-no", "network", "NO", "no", "europe", "climate", "open", "m00001", "東京"),
    *("true", "1", "0", "-1", "2026", "1e9", "10" * 30, "null", "\0"),
    *("name", "-population", "relevance", "slug,name", "slug,slug"),
    *("newtown", "NOT (", "--", "'", '"', "%", "_", "*"),
)
VALUES = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=40),
    st.integers().map(str),
    CURSORS,
)
FUZZED = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def records():
    make_membership(make_network("network"), make_city("newtown-no", name="Newtown"))


def ask(path, query):
    caller = Client(headers={"host": "localhost"}, raise_request_exception=True)
    response = caller.get(path, QUERY_STRING=query)
    assert response.status_code in {200, 400, 404, 414}
    assert response["Content-Type"].endswith("json")


@FUZZED
@given(st.data())
def test_no_value_of_a_parameter_breaks_a_list(data):
    name = data.draw(st.sampled_from(sorted(PARAMETERS)))
    known = st.sampled_from(sorted(PARAMETERS[name]))
    pairs = data.draw(st.lists(st.tuples(known, VALUES), max_size=4))
    ask(f"/api/v1/{name}/", urlencode(pairs, errors="replace"))


@FUZZED
@given(name=st.sampled_from(sorted(PARAMETERS)), raw=st.binary(max_size=60))
def test_no_bytes_break_a_query_string(name, raw):
    ask(f"/api/v1/{name}/", quote_from_bytes(raw, safe="&=+;%"))


@FUZZED
@given(name=st.sampled_from([*sorted(PARAMETERS), "x", ""]), raw=st.binary(max_size=30))
def test_no_bytes_break_an_address(name, raw):
    ask(f"/api/v1/{name}/{quote_from_bytes(raw)}", "")


@pytest.mark.parametrize("name", ["memberships", "statements", "cities"])
@pytest.mark.parametrize("number", [-1, 0, 2**31, 2**63 - 1, -(2**63) + 1])
def test_a_cursor_at_the_edge_of_numbers_is_answered(name, number):
    ask(f"/api/v1/{name}/", urlencode({"cursor": encode(Cursor((number,)), "membership")}))
