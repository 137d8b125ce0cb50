"""POST /api/v1/match: what may be meant by names, in lists; open to anyone."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.gazetteer.loading import load_places
from directory.gazetteer.places import PlaceRecord
from directory.models import Place
from tests.directory.gazetteer.places import DIVISIONS, GHENT, MOSCOW, MOSCOW_IDAHO
from tests.factories import make_city, make_country

pytestmark = pytest.mark.django_db

ALOST = PlaceRecord(
    2802433, "Aalst", "BE", "VLG", 50.94, 4.04, 77534, "Europe/Brussels", ("Alost",)
)


@pytest.fixture(autouse=True)
def places():
    for code in ("BE", "RU", "US"):
        make_country(code)
    gazetteer = [GHENT, MOSCOW, MOSCOW_IDAHO, ALOST]
    load_places(gazetteer, divisions=DIVISIONS, reason="For a test")
    place = Place.objects.get(pk=GHENT.geonameid)
    make_city("ghent-be", country="BE", name="Ghent", place=place)


@pytest.fixture
def send(caller):
    def post(body, address="/api/v1/match"):
        body = body if isinstance(body, str | bytes) else json.dumps(body)
        return caller.post(address, body, content_type="application/json")

    return post


@pytest.fixture
def ask(send):
    def results(*rows):
        response = send({"rows": rows})
        assert response.status_code == 200, response.content
        return response.json()["results"]

    return results


def test_each_row_is_answered_in_order_with_city_and_place(ask):
    ghent, alost, nothing = ask(
        {"name": "Stad Gent", "country": "be"},
        {"name": "Alost", "country": "Belgium"},
        {"name": "Zzyzx", "country": "BE"},
    )
    assert ghent == {
        "match": True,
        "candidates": [
            {
                "score": 0.97,
                "city": "ghent-be",
                "place": {
                    "geonameid": 2797656,
                    "name": "Gent",
                    "country": "BE",
                    "admin1": "VLG",
                    "latitude": 51.05,
                    "longitude": 3.71667,
                    "population": 265086,
                },
            }
        ],
    }
    assert (alost["candidates"][0]["city"], alost["candidates"][0]["place"]["name"]) == (
        None,
        "Aalst",
    )
    assert nothing == {"match": False, "candidates": []}


def test_nothing_beside_the_name_is_needed_and_null_is_nothing(ask):
    bare, null = ask(
        {"name": "Gent"},
        {"name": "Gent", "country": None, "admin1": None, "latitude": None, "longitude": None},
    )
    assert bare == null
    assert bare["candidates"][0]["city"] == "ghent-be"


def test_no_rows_have_no_results(ask):
    assert ask() == []


def test_a_thousand_rows_are_answered_and_one_more_is_refused(send, ask):
    assert len(ask(*[{"name": "Gent"}] * 1000)) == 1000
    response = send({"rows": [{"name": "Gent"}] * 1001})
    assert response.status_code == 400
    assert "1001" in response.json()["detail"]


def test_all_that_is_wrong_is_said_at_once_by_row_and_field(send):
    response = send(
        {
            "rows": [
                {"name": "Gent", "contry": "BE"},
                {"country": "BE"},
                {"name": " "},
                {"name": "Gent", "country": 32, "admin1": "x" * 101},
                {"name": "Gent", "latitude": 91, "longitude": "3"},
                {"name": "Gent", "latitude": 51.05},
                "Gent",
            ]
        }
    )
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    errors = {each["field"]: each["message"] for each in response.json()["errors"]}
    assert list(errors) == [
        "rows[0].contry",
        "rows[1].name",
        "rows[2].name",
        "rows[3].country",
        "rows[3].admin1",
        "rows[4].latitude",
        "rows[4].longitude",
        "rows[5].longitude",
        "rows[6]",
    ]
    assert "country" in errors["rows[0].contry"]


def test_countries_that_are_none_are_named_by_row(send):
    rows = [{"name": "Gent", "country": "BE"}, {"name": "Gent", "country": "Freedonia"}]
    response = send({"rows": rows})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["field"] == "rows[1].country"
    assert "Freedonia" in error["message"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"rows": {}}', '{"rows": [], "limit": 1}', "1"])
def test_other_bodies_are_refused(send, body):
    response = send(body)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_it_is_asked_by_post_alone_and_takes_no_parameters(caller, send):
    assert caller.get("/api/v1/match").status_code == 405
    assert send({"rows": []}, "/api/v1/match?limit=2").status_code == 400


def test_pages_of_other_sites_may_ask(caller):
    response = caller.post(
        "/api/v1/match/",
        {"rows": [{"name": "Gent"}]},
        content_type="application/json",
        headers={"origin": "https://example.org"},
    )
    assert response["Access-Control-Allow-Origin"] == "*"


def test_many_rows_take_as_many_queries_as_one(send, django_assert_max_num_queries):
    send({"rows": [{"name": "Gent"}]})
    with django_assert_max_num_queries(40):
        assert send({"rows": [{"name": "Gent"}, {"name": "Aalst"}] * 500}).status_code == 200


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=30)
)
ROWS = st.dictionaries(
    st.sampled_from(["name", "country", "admin1", "latitude", "longitude", "other"]), VALUES
)
NAMED = st.fixed_dictionaries(
    {"name": st.text(min_size=1, max_size=200)},
    optional={"country": st.sampled_from(["BE", "us", ""]), "admin1": st.text(max_size=100)},
)


@pytest.mark.usefixtures("unlimited")
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(st.one_of(ROWS, NAMED, NAMED), max_size=4))
def test_no_row_breaks_it(send, rows):
    response = send({"rows": rows})
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        assert len(response.json()["results"]) == len(rows)
