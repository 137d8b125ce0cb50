"""Bodies are read strictly, and whatever they hold is answered, never with a fault of our own."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.api.writing.programs import problem

pytestmark = pytest.mark.django_db

FIELDS = (
    *("city", "network", "role", "founder", "joined", "left", "ended"),
    *("source", "source_year", "reason", "standing", ""),
)
VALUES = st.one_of(
    st.sampled_from(["bergen-no", "north", "2019", "member", "", "\0", "\u202e", "\ud800", "<b>"]),
    st.text(max_size=30),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.booleans(),
    st.none(),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)
FUZZED = hypothesis_settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
COLUMNS = st.one_of(
    st.sampled_from([*FIELDS, "country", "id", "City name", "URL"]), st.text(max_size=10)
)
ANSWERS = {200, 201, 204, 400, 403, 404, 409}


@pytest.fixture
def paths(membership):
    one = f"memberships/{membership.public_id}/"
    return [
        ("POST", "memberships/"),
        ("PATCH", one),
        *(("POST", f"{one}{act}/") for act in ("confirm", "dispute", "withdraw")),
    ]


@pytest.fixture
def listed(city):
    """What is sent to lists: method, path, known fields."""
    made = city.post("uploads/", {"rows": [{"network": "north"}, {"network": "nothing"}]}).json()
    one = f"uploads/{made['id']}/"
    return [
        ("POST", "uploads/", ("complete", "source", "source_year", "x")),
        ("PATCH", f"{one}rows/2/", ("city", "network", "name", "skip", "end", "x")),
        ("POST", f"{one}confirm/", ("without_unusable", "ends_missing", "left", "reason", "x")),
    ]


@pytest.fixture(autouse=True)
def without_limit(monkeypatch):
    monkeypatch.setattr("api.writing.endpoint.spend", lambda *args, **options: None)


@FUZZED
@given(data=st.data())
def test_no_value_of_a_field_breaks_anything(city, paths, data):
    method, path = data.draw(st.sampled_from(paths))
    body = data.draw(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5))
    if path == "memberships/":
        body = {"city": "bergen-no", "network": "north"} | body
    sent = json.dumps(body).encode(errors="surrogatepass")
    assert city.send(method, path, sent, if_match="*").status_code in ANSWERS


@FUZZED
@given(data=st.data())
def test_no_list_breaks_anything(city, listed, data):
    method, path, known = data.draw(st.sampled_from(listed))
    body = data.draw(st.dictionaries(st.sampled_from(known), VALUES, max_size=3))
    if path == "uploads/":
        rows = st.lists(st.dictionaries(COLUMNS, VALUES, max_size=5), max_size=4)
        body |= {"rows": data.draw(st.one_of(rows, VALUES))}
    sent = json.dumps(body).encode(errors="surrogatepass")
    assert city.send(method, path, sent).status_code in ANSWERS


@FUZZED
@given(body=st.binary(max_size=40))
def test_no_bytes_break_a_body(city, paths, body):
    for method, path in paths:
        assert city.send(method, path, body, if_match="*").status_code in ANSWERS


def test_where_json_is_broken_is_said(city):
    said = problem(city.post("memberships/", b'{"city": "bergen-no",\n "network": }'), 400)
    assert "line 2, column 13" in said["detail"]


@pytest.mark.parametrize("body", [b"[]", b"1", b'"x"', b"null"])
def test_json_that_is_no_object_is_refused(city, body):
    assert "no object" in problem(city.post("memberships/", body), 400)["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "x"])
def test_another_type_is_refused(city, kind):
    said = problem(city.post("memberships/", b"{}", content_type=kind), 415)
    assert "application/json" in said["detail"]


def test_a_body_that_is_too_large_is_refused(city, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    said = problem(city.post("memberships/", {"reason": "x" * 2000}), 413)
    assert "1000 bytes" in said["detail"]


def test_a_deep_body_is_refused(city):
    problem(city.post("memberships/", b"[" * 100_000), 400)


def test_parameters_beside_a_body_are_refused(city):
    assert city.post("memberships/?fields=id", {}).status_code == 400


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "citynet_x",
        "Bearer é",
        "Bearer a b",
        "Bearer " + "x" * 9000,
    ],
)
def test_no_header_breaks_the_way_in(city, header):
    response = city.post("memberships/", {}, authorization=header)
    problem(response, 401)
    assert 'error="invalid_token"' in response["WWW-Authenticate"]
