"""Whatever is sent to the reconciliation service, it answers: never with a fault of its own."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.accounts import limits
from directory.reconciliation.kinds import KINDS
from directory.reconciliation.properties import PROPERTIES
from tests.api.reconciling.protocol import check
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
FUZZED = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXTS = st.one_of(
    st.sampled_from(["Bergen", "bergen-no", "network:safe", "Safe", "\0", "%", "'", "NO", "1e999"]),
    st.text(max_size=30),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
NAMES = sorted({name for kind in KINDS for name in PROPERTIES[kind]})
PROPERTY = st.fixed_dictionaries(
    {"pid": st.sampled_from(NAMES), "v": st.one_of(SCALARS, st.lists(SCALARS, max_size=2))}
)
QUERY = st.fixed_dictionaries(
    {"query": TEXTS},
    optional={
        "type": st.one_of(st.sampled_from(sorted(KINDS)), JSON),
        "limit": st.one_of(st.integers(1, 9), JSON),
        "properties": st.lists(PROPERTY, max_size=3),
    },
)
EXTENSION = st.fixed_dictionaries(
    {
        "ids": st.lists(TEXTS, max_size=3),
        "properties": st.lists(st.fixed_dictionaries({"id": st.sampled_from(NAMES)}), max_size=3),
    }
)


@pytest.fixture(autouse=True)
def records(monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "match", "100000/min")
    make_membership(make_network("safe", name="Safe"), make_city("bergen-no", name="Bergen"))


def send(**form):
    caller = Client(headers={"host": "localhost"}, raise_request_exception=True)
    encoded = urlencode({name: json.dumps(value) for name, value in form.items()})
    response = caller.post("/api/reconcile", encoded, content_type=FORM)
    assert response.status_code in {200, 400}
    return response.json() if response.status_code == 200 else None


@FUZZED
@given(st.dictionaries(st.text(max_size=4), QUERY, max_size=3))
def test_no_question_breaks_it(queries):
    answer = send(queries=queries)
    if answer is not None:
        check(answer, "reconciliation-result-batch")
        assert list(answer) == list(queries)


@FUZZED
@given(EXTENSION)
def test_no_extension_breaks_it(extension):
    answer = send(extend=extension)
    check(answer, "data-extension-response")
    assert set(answer["rows"]) == set(extension["ids"])


@FUZZED
@given(JSON, JSON)
def test_no_json_breaks_it(queries, extension):
    send(queries=queries)
    send(extend=extension)


@FUZZED
@given(TEXTS, TEXTS, st.sampled_from(["entity", "type", "property"]))
def test_no_typing_breaks_a_suggestion(prefix, other, name):
    caller = Client(headers={"host": "localhost"}, raise_request_exception=True)
    for parameters in ({"prefix": prefix, "cursor": other}, {"prefix": prefix, "type": other}):
        response = caller.get(f"/api/reconcile/suggest/{name}", parameters)
        assert response.status_code in {200, 400}
