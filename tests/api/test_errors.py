import json
import logging

import pytest
from django.db import OperationalError
from django.test import Client

from directory.models import Membership
from tests.factories import make_network

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
PATHS = ["", "networks/", "networks/x/", "cities/", "statements/s00001", "search", "suggest/"]


def body(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (
        {"type", "title", "status", "detail"}
        <= set(problem)
        <= {
            "type",
            "title",
            "status",
            "detail",
            "errors",
        }
        | ({"request_id"} if status >= 500 else set())
    )
    assert problem["status"] == status
    return problem


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_but_memberships_can_be_written(caller, path, method):
    response = getattr(caller, method)(f"/api/v1/{path}")
    assert body(response, 405)["title"] == "This address does not take that method"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/api/nonsense/", None),
        ("/api/v2/networks/", None),
        ("/api/v1/netwroks/", f"{SITE}/api/v1/networks/"),
        ("/api/v1/citys", f"{SITE}/api/v1/cities/"),
        ("/api/v1/networks/a/b/", None),
        ("/api/v1/networks/a b/", None),
        ("/api/v1/networks/%00/", None),
        ("/api/v1/networks/%FF/", None),
        ("/api/v1/%E3%83%8D%E3%83%83%E3%83%88/", None),
    ],
)
def test_an_address_that_is_none_is_a_problem_too(caller, path, meant):
    detail = body(caller.get(path), 404)["detail"]
    assert (meant in detail) if meant else "Did you mean" not in detail


def test_a_parameter_that_is_unknown_is_refused_with_the_right_one(refused):
    errors = refused("networks/", {"foces_area": "climate", "pagesize": 3})
    assert errors["foces_area"] == "There is no such parameter. Did you mean “focus_area”?"
    assert errors["pagesize"].endswith("Did you mean “page_size”?")


def test_an_unknown_parameter_without_likeness_is_told_what_there_is(refused):
    errors = refused("funders/", {"zzzzzz": "1"})
    assert errors["zzzzzz"].endswith("Known here: fields, page, page_size.")


def test_one_record_takes_no_filters(refused):
    make_network("network")
    assert "status" in refused("networks/network/", {"status": "active"})


def test_a_parameter_with_one_value_is_not_given_twice(refused):
    assert refused("networks/", {"q": ["a", "b"]}) == {"q": "Give this parameter once."}


def test_a_field_that_is_unknown_is_refused_with_the_right_one(refused):
    errors = refused("networks/", {"fields": "slug,acronim"})
    assert errors["fields"] == "“acronim” is no field. Did you mean “acronym”?"


@pytest.mark.parametrize("fields", ["", ",", " "])
def test_no_field_at_all_is_refused(refused, fields):
    assert refused("networks/", {"fields": fields}) == {"fields": "Name one field or more."}


def test_a_query_string_longer_than_any_question_is_refused(caller):
    response = caller.get("/api/v1/networks/", {"q": "a" * 9000})
    assert "8000" in body(response, 414)["detail"]


def test_more_parameters_than_django_reads_are_refused(caller):
    response = caller.get("/api/v1/networks/?" + "&".join(["a"] * 1500))
    assert response.status_code == 400


def test_every_error_is_explained_where_its_type_leads(caller, refused):
    page = caller.get("/api/docs/").content.decode()
    problem = body(caller.get("/api/v1/networks/", {"page": "x"}), 400)
    address, _, anchor = problem["type"].partition("#")
    assert address == f"{SITE}/api/docs/"
    assert f'id="{anchor}"' in page


def test_a_request_that_reaches_no_view_is_answered_alike():
    quiet = Client(headers={"host": "elsewhere.example"})
    problem = body(quiet.get("/api/v1/networks/"), 400)
    assert problem["detail"] == "The request is malformed."
    assert quiet.get("/networks/")["Content-Type"].startswith("text/html")


def test_a_failure_outside_the_views_is_answered_alike(monkeypatch):
    def broken(*args):
        raise RuntimeError("a secret")

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", broken)
    quiet = Client(headers={"host": "localhost"}, raise_request_exception=False)
    assert "secret" not in json.dumps(body(quiet.get("/api/v1/networks/"), 500))
    assert quiet.get("/networks/")["Content-Type"].startswith("text/html")


def test_a_database_that_does_not_answer_is_no_fault_of_the_request(monkeypatch):
    def away(*args):
        raise OperationalError("connection refused by 10.0.0.7")

    monkeypatch.setattr(Membership.objects, "public", away)
    quiet = Client(headers={"host": "localhost"}, raise_request_exception=False)
    assert "10.0.0.7" not in json.dumps(body(quiet.get("/api/v1/memberships/"), 503))


def test_what_nobody_foresaw_is_logged_and_tells_nothing(monkeypatch, caplog):
    def broken(*args):
        raise RuntimeError("a secret")

    monkeypatch.setattr(Membership.objects, "public", broken)
    quiet = Client(headers={"host": "localhost"}, raise_request_exception=False)
    with caplog.at_level(logging.ERROR, logger="django.request"):
        response = quiet.get("/api/v1/memberships/")
    assert "secret" not in json.dumps(body(response, 500))
    assert "a secret" in caplog.text
