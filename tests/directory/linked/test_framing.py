"""A page may be framed by other sites when its view says so, and never otherwise."""

import pytest
from django.http import HttpResponse
from django.urls import path

from directory.linked.framing import may_be_framed


def page(request):
    return HttpResponse("page")


urlpatterns = [path("page/", page), path("card/", may_be_framed(page))]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def policy(response):
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def test_a_page_refuses_to_be_framed(client):
    response = client.get("/page/")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert policy(response)["frame-ancestors"] == "'none'"


def test_a_page_that_may_be_framed_is_as_strict_in_all_else(client):
    strict, framed = client.get("/page/"), client.get("/card/")
    assert "X-Frame-Options" not in framed.headers
    assert policy(framed) == policy(strict) | {"frame-ancestors": "*"}
    known = framed.headers.keys() | {"X-Frame-Options"}
    assert known == strict.headers.keys()
