"""Each request has a name in the logs; who is told of a fault is told the name as well."""

import re

import pytest
from django.test import Client

from directory.models import Membership
from tests.factories import make_network

NAME = re.compile(r"[0-9a-f]{32}")


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def asked(visitor, address, name):
    return visitor.get(address, headers={"x-request-id": name})


@pytest.mark.django_db
def test_a_name_from_the_proxy_comes_back_where_the_answer_is_for_one(visitor):
    assert asked(visitor, "/account/login/", "a-1234567")["X-Request-ID"] == "a-1234567"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/networks/", "/networks/north/", "/no-such/", "/api/v1/"])
def test_what_is_the_same_for_everyone_has_no_name_in_it(visitor, settings, address):
    settings.KEPT_ANSWERS_BYTES = 1_000_000
    make_network("north")
    for _each in range(2):
        assert "X-Request-ID" not in asked(visitor, address, "a-1234567")


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["", "short", "a b c d e f", "x" * 65, "203.0.113.77", "<script>a"])
def test_what_is_no_name_is_replaced(visitor, odd):
    assert NAME.fullmatch(asked(visitor, "/account/login/", odd)["X-Request-ID"])


@pytest.mark.django_db
def test_a_page_and_a_problem_say_under_which_name_a_fault_is_recorded(visitor, monkeypatch):
    monkeypatch.setattr("directory.models.network.NetworkQuerySet.public", lambda _self: 1 / 0)
    monkeypatch.setattr(Membership.objects, "public", lambda: 1 / 0)
    page = asked(visitor, "/networks/north/", "a-1234567")
    assert page.status_code == 500
    assert b'<code dir="ltr">a-1234567</code>' in page.content
    problem = asked(visitor, "/api/v1/memberships/", "b-1234567")
    assert problem.status_code == 500
    assert (problem.json()["request_id"], problem["X-Request-ID"]) == ("b-1234567", "b-1234567")
