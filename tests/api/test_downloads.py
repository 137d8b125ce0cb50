import csv
import io
import json
from urllib.parse import urlencode

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from directory.downloads.columns import COLUMN_SETS
from directory.downloads.file_formats import formats_of
from directory.downloads.lists import FILTER_SETS
from directory.history import current_revision
from directory.models import Redirect
from directory.models.tables import TABLES
from tests.api.test_fuzz import FUZZED, VALUES
from tests.factories import (
    make_city,
    make_funder,
    make_label,
    make_membership,
    make_network,
    writing,
)

pytestmark = pytest.mark.django_db

FILES = [(name, each.extension) for name in FILTER_SETS for each in formats_of(name)]
KNOWN = ("columns", "bom", "end_marker")


@pytest.fixture
def records():
    make_membership(
        make_network("network", funders=["fund"]), make_city("bergen-no", name="Bergen")
    )
    make_label(make_city("oslo-no", name="Oslo"), "se", "Oslo")
    with writing():
        Redirect.objects.create(record_type="city", old_slug="kristiania-no", new_slug="oslo-no")


@pytest.fixture
def take(caller):
    """Returns the answer to a request for a file, which must be 200, and its bytes."""

    def answer(path, **parameters):
        response = caller.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content
        return response, response.getvalue()

    return answer


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize(("name", "extension"), FILES)
def test_every_list_comes_in_every_format(records, take, name, extension):
    response, content = take(f"{name}.{extension}")
    assert content
    file_name = f"citynet-{name}-r{current_revision()}.{extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{file_name}"'
    assert response["CityNet-Rows"] == str(COLUMN_SETS[name].table.model.objects.count())


def test_the_headers_say_what_the_file_is(records, take):
    response, content = take("cities.csv", country="no", columns=["name", "id"], q="", bom="true")
    assert response["Content-Type"].startswith("text/csv")
    assert response["CityNet-Revision"] == str(current_revision())
    assert response["CityNet-Query"] == "columns=name,id&country=NO"
    assert response["CityNet-Date"] == "2026-11-23"
    assert response["CityNet-Rows"] == "2"
    assert 'rel="license"' in response["Link"]
    assert content.startswith(b"\xef\xbb\xbfname,id\n")


def test_pages_of_other_sites_may_read_the_headers(caller):
    response = caller.get("/api/v1/funders.csv", headers={"origin": "https://example.org"})
    exposed = response["Access-Control-Expose-Headers"]
    for name in (
        "CityNet-As-Of",
        "CityNet-Revision",
        "CityNet-Query",
        "CityNet-Rows",
        "Content-Disposition",
    ):
        assert name in exposed


def test_head_answers_with_the_headers_alone(records, caller):
    response = caller.head("/api/v1/cities.csv")
    assert (response.status_code, response["CityNet-Rows"]) == (200, "2")
    assert response.content == b""


def test_the_filters_and_the_order_are_those_of_the_list(records, take, get):
    for query in ({"q": "oslo"}, {"sort": "-population"}, {"network": "network"}):
        _response, content = take("cities.csv", **query)
        listed = [city["slug"] for city in get("cities/", **query)["results"]]
        assert [row["id"] for row in rows_of(content)] == listed


@pytest.fixture
def past():
    """Networks and cities with members that were sure, possible, gone or to come in 2019."""
    sea = make_network("sea", name="Sea", founded=2000)
    old = make_network("old", name="Old", founded=1990, status="ended", ended=2021)
    make_network("young", name="Young", founded=2023)
    make_network("perhaps", name="Perhaps")
    bergen, oslo = make_city("bergen-no", name="Bergen"), make_city("oslo-no", name="Oslo")
    make_membership(sea, bergen, joined="2010")
    make_membership(sea, oslo)
    make_membership(old, oslo, joined="2011", left="2021")
    make_membership(old, make_city("gent-be", country="BE"), joined="2000", left="2015")
    make_membership(old, make_city("lyon-fr", country="FR"), joined="2019")


@pytest.mark.parametrize("precision", [{}, {"precision": "strict"}])
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("networks", {}),
        ("networks", {"members_min": "1", "status": ["ended", "active"]}),
        ("networks", {"sort": "-members"}),
        ("networks", {"member": "oslo-no"}),
        ("cities", {}),
        ("cities", {"sort": "-memberships"}),
        ("cities", {"network": "old"}),
        ("cities", {"q": "oslo"}),
        ("memberships", {}),
        ("memberships", {"network": "old"}),
    ],
)
def test_as_of_a_day_a_file_says_what_the_list_says(past, take, get, name, query, precision):
    asked = {"as_of": "2019-12-31", **query, **precision}
    counted = {"networks": "listed_members", "cities": "listed_networks"}.get(name)
    key = COLUMN_SETS[name].identifier
    listed = [
        (
            each["id" if name == "memberships" else "slug"],
            each["as_of_answer"],
            counted and each[counted],
        )
        for each in get(f"{name}/", **asked)["results"]
    ]
    for columns in ({}, {"columns": ",".join(filter(None, (key, "as_of_answer", counted)))}):
        rows = rows_of(take(f"{name}.csv", **asked, **columns)[1])
        said = [(row[key], row["as_of_answer"], counted and int(row[counted])) for row in rows]
        assert said == listed
    assert listed


def test_columns_come_separated_by_commas_or_one_by_one_as_a_form_sends_them(records, take):
    together = take("cities.csv", columns="name,id")[1]
    assert (
        together
        == take("cities.csv", columns=["name", "id"])[1]
        == b"name,id\nBergen,bergen-no\nOslo,oslo-no\n"
    )


def test_the_end_marker_counts_the_rows(records, take):
    assert take("cities.csv", end_marker="true")[1].endswith(b"\n# complete: 2 rows\n")
    last = take("cities.jsonl", end_marker="true")[1].splitlines()[-1]
    assert json.loads(last) == {"complete": True, "rows": 2}


def test_a_json_document_says_what_it_is(records, take):
    document = json.loads(take("cities.json", columns="id", country="NO")[1])
    assert document == {
        "source": "CityNet",
        "revision": current_revision(),
        "date": "2026-11-23",
        "query": "columns=id&country=NO",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "rows": 2,
        "results": [{"id": "bergen-no"}, {"id": "oslo-no"}],
        "complete": True,
    }


@pytest.mark.parametrize(
    ("path", "typed", "written"),
    [
        ("cities.csv", "country=no", "country=NO"),
        ("cities.csv", "country=NO&country=be&country=no", "country=BE&country=NO"),
        ("cities.csv", "q=%20san++juan%20&exact=true", "exact=true&q=san+juan"),
        ("cities.csv", "population_min=0100&ended=false", "ended=false&population_min=100"),
        ("cities.csv", "columns=,", ""),
        ("cities.csv", "columns=id,,name&columns=id", "columns=id,name"),
        ("cities.csv", f"columns={','.join(COLUMN_SETS['cities'].by_name)}", ""),
        ("networks.csv", "sort=&status=ended&status=active", "status=active&status=ended"),
        ("networks.csv", "member=oslo-no&as_of=2019-12-31", "as_of=2019-12-31&member=oslo-no"),
        ("memberships.csv", "network=sea&network=old&bom=true", "network=old&network=sea"),
        (
            "statements.csv",
            "membership=m00002&membership=m00001",
            "membership=m00001&membership=m00002",
        ),
        ("funders.csv", "columns=id", "columns=id"),
    ],
)
def test_what_was_asked_is_written_in_one_way(past, caller, path, typed, written):
    response = caller.get(f"/api/v1/{path}", QUERY_STRING=typed)
    assert response.status_code == 200, response.content
    assert response["CityNet-Query"] == written
    again = caller.get(f"/api/v1/{path}", QUERY_STRING=written)
    assert again["CityNet-Query"] == written
    assert again.getvalue().lstrip(b"\xef\xbb\xbf") == response.getvalue().lstrip(b"\xef\xbb\xbf")


def test_a_file_as_of_a_day_says_which_day_that_is_and_when_it_was_taken(past, take):
    day = "2019-12-31"
    response, content = take("memberships.json", as_of=day)
    assert (response["CityNet-As-Of"], response["CityNet-Date"]) == (day, "2026-11-23")
    document = json.loads(content)
    assert (document["as_of"], document["date"]) == (day, "2026-11-23")
    features = json.loads(take("cities.geojson", as_of=day)[1])
    assert features["citynet"]["as_of"] == day
    workbook = openpyxl.load_workbook(io.BytesIO(take("networks.xlsx", as_of=day)[1]))
    assert ("as_of", day) in workbook["about"].values


def test_a_file_of_today_names_no_other_day(past, take):
    response, content = take("memberships.json")
    assert "CityNet-As-Of" not in response
    assert "as_of" not in json.loads(content)


def test_a_workbook_has_typed_cells(records, take):
    workbook = openpyxl.load_workbook(io.BytesIO(take("cities.xlsx")[1]))
    header, first, *_others = workbook["cities"].values
    row = dict(zip(header, first, strict=True))
    assert row["id"] == "bergen-no"
    assert isinstance(row["latitude"], int | float)
    assert isinstance(row["listed_networks"], int)


def test_names_by_language_and_former_ids_come_whole(take):
    make_label(make_city("genova-it", country="IT"), "fr", "Gênes")
    make_label(make_network("network"), "fr", "Réseau")
    with writing():
        Redirect.objects.create(record_type="city", old_slug="genua-it", new_slug="genova-it")
    names = take("labels.csv")[1].decode().splitlines()
    assert names == [
        "record,language,name,synonyms",
        "cities/genova-it,fr,Gênes,",
        "networks/network,fr,Réseau,",
    ]
    former = take("redirects.csv")[1].decode().splitlines()
    assert former == ["record_type,old,new", "city,genua-it,genova-it"]


def test_every_public_table_can_be_taken_whole():
    assert {column_set.table.name for column_set in COLUMN_SETS.values()} == set(TABLES)


def test_a_name_that_begins_with_a_hash_stays_as_it_is(take):
    make_funder("hash-fund", name="#Fund")
    assert b"\nhash-fund,#Fund,0\n" in take("funders.csv")[1]


@pytest.mark.parametrize(
    ("path", "parameters", "field", "says"),
    [
        ("cities.csv", {"contry": "NO"}, "contry", "Did you mean “country”?"),
        ("cities.csv", {"columns": "nam"}, "columns", "Did you mean “name”?"),
        ("cities.csv", {"country": "XX"}, "country", "not known"),
        ("cities.csv", {"bom": "yes"}, "bom", "true or false"),
        ("cities.xlsx", {"bom": "true"}, "bom", "no such parameter"),
        ("cities.csv", {"page": "2"}, "page", "no such parameter"),
        ("countries.csv", {"q": "x"}, "q", "no such parameter"),
    ],
)
def test_what_is_not_understood_is_refused_before_the_first_byte(
    refused, path, parameters, field, says
):
    assert says in refused(path, **parameters)[field]


@pytest.mark.parametrize("path", ["funders.geojson", "cities.exe", "cities.", "towns.csv"])
def test_what_is_not_there_says_so(caller, path):
    response = caller.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_format_that_a_list_has_not_names_those_that_it_has(caller):
    answer = caller.get("/api/v1/funders.geojson").json()
    assert answer["detail"].endswith("there is: csv, xlsx, json, jsonl.")


def test_more_rows_take_no_more_queries(take, django_assert_max_num_queries):
    for number in range(3):
        make_membership(make_network(f"network-{number}"), make_city(f"city-{number}-no"))
    take("networks.csv")
    for name in FILTER_SETS:
        with django_assert_max_num_queries(12):
            take(f"{name}.csv")


@pytest.mark.usefixtures("unlimited")
@FUZZED
@given(st.data())
def test_no_value_of_a_parameter_breaks_a_file(records, data):
    name, extension = data.draw(st.sampled_from(FILES))
    filter_set = FILTER_SETS[name]
    known = sorted({*KNOWN, *(filter_set.base_filters if filter_set else ())})
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(known), VALUES), max_size=3))
    caller = Client(headers={"host": "localhost"}, raise_request_exception=True)
    query = urlencode(pairs, errors="replace")
    response = caller.get(f"/api/v1/{name}.{extension}", QUERY_STRING=query)
    assert response.status_code in {200, 400}
    response.getvalue()
