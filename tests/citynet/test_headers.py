"""Headers of every response, whatever the view; tests/security/test_origins.py has its policies."""

import pytest
from django.http import HttpResponse
from django.urls import path


def page(request):
    return HttpResponse("page")


urlpatterns = [path("page/", page), path("api/v1/thing/", page)]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_page_stands_in_no_frame_and_uses_nothing_of_the_machine(client):
    headers = client.get("/page/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_public_page_is_the_same_for_everyone(client):
    response = client.get("/page/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_api_may_be_read_from_other_sites_without_cookies(client):
    response = client.get("/api/v1/thing/", headers={"origin": "https://other.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_api_preflight_offers_reading_and_writing_with_a_token_and_never_with_cookies(client):
    response = client.options(
        "/api/v1/thing/",
        headers={"origin": "https://other.example", "access-control-request-method": "DELETE"},
    )
    offered = {
        name: {each.strip() for each in response.headers[name].split(",")}
        for name in ("Access-Control-Allow-Methods", "Access-Control-Allow-Headers")
    }
    known = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST"}
    assert offered["Access-Control-Allow-Methods"] == known
    needed = {"authorization", "content-type", "idempotency-key", "if-match"}
    assert needed <= offered["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_pages_are_not_open_to_other_sites(client):
    response = client.get("/page/", headers={"origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_unknown_host_is_refused(client):
    assert client.get("/page/", headers={"host": "evil.example"}).status_code == 400
