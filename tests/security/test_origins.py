"""What other sites may do with every address of this one; the exceptions are named here by hand."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from citynet import origins
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

# Views whose pages other sites may show in a frame: no form, no visitor on them.
FRAMED = {"network-card", "city-card", "reconcile-preview"}

# Views that take a POST without the token of a form, outside the API, where a token of an office
# stands for the person instead of a cookie; each with the reason.
WITHOUT_TOKEN_OF_FORM = {
    "account-reminders-off": "mail programs send it without a cookie; its address is signed",
    "uploads": "checked all the same, once the size of the body is known (directory.web.bodies)",
}

# Address; may a page of another site frame it, read it, load it (a picture, a script)?
ADDRESSES = {
    "/": "---",
    "/networks/north/": "---",
    "/cities/bergen-no/": "---",
    "/fr/cities/bergen-no/": "---",
    "/search/?q=bergen": "---",
    "/changes/": "---",
    "/changes/feed/": "---",
    "/account/": "---",
    "/account/login/": "---",
    "/editors/": "---",
    "/corrections/cities/bergen-no/": "---",
    "/api/docs/": "-rl",
    "/nowhere/": "---",
    "/compare/networks.csv?network=north&network=south": "---",
    "/robots.txt": "---",
    "/favicon.ico": "---",
    "/static/css/base.css": "---",
    "/static/nowhere.css": "---",
    "/networks/north/preview.png": "--l",
    "/cities/bergen-no/preview.png": "--l",
    "/embed/networks/north/": "f-l",
    "/embed/cities/bergen-no/": "f-l",
    "/fr/embed/cities/bergen-no/": "f-l",
    "/api/reconcile/preview/bergen-no": "frl",
    "/api/reconcile/": "-rl",
    "/api/v1/networks/": "-rl",
    "/api/v1/nowhere/": "-rl",
    "/api/v1/networks.csv": "-rl",
    "/id/cities/bergen-no": "-rl",
    "/oembed?url=http://localhost:8000/networks/north/": "-rl",
    "/cities/bergen-no.jsonld": "-rl",
    "/maps/cities.json": "-rl",
    "/data/releases/": "-rl",
}


@pytest.fixture
def records():
    make_membership(make_network("north"), make_city("bergen-no"))
    make_network("south")


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_sites_may_do_what_the_table_says(records, address):
    headers = ask(address, headers={"origin": "https://other.example"}).headers
    policy = dict(
        part.split(" ", 1) for part in headers.get("Content-Security-Policy", "").split("; ")
    )
    is_framed = policy["frame-ancestors"] == "*"
    assert is_framed or policy["frame-ancestors"] == "'none'"
    is_read = headers.get("Access-Control-Allow-Origin") == "*"
    assert is_read or "Access-Control-Allow-Origin" not in headers
    is_loaded = headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert is_loaded or headers["Cross-Origin-Resource-Policy"] == "same-origin"
    found = ("f" if is_framed else "-") + ("r" if is_read else "-") + ("l" if is_loaded else "-")
    assert found == ADDRESSES[address]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_strict_in_all_else(records, address):
    headers = ask(address).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy | {"frame-ancestors": "'none'"} == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Credentials" not in headers
    assert "nonce-" not in headers["Content-Security-Policy"]


def test_a_refused_host_is_answered_as_strictly():
    answer = ask("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_views_that_may_be_framed_are_those_named_here():
    framed = {pattern.name for _address, pattern in patterns() if may_be_framed(pattern)}
    # The API's addresses without their last slash have no name.
    assert framed - {None} == FRAMED


def test_what_may_be_framed_is_what_the_policy_of_resources_says():
    for address, pattern in patterns():
        may = bool(re.match(origins.FRAMED, address))
        assert may == may_be_framed(pattern), (address, pattern.name)


def test_views_without_the_token_of_a_form_are_those_named_here():
    exempt = {
        pattern.name
        for address, pattern in patterns()
        if getattr(pattern.callback, "csrf_exempt", False) and not address.startswith("/api/")
    }
    assert exempt == set(WITHOUT_TOKEN_OF_FORM)


def test_no_view_of_the_api_knows_a_person_by_a_cookie(records):
    """Else a page of another site could send what the person may."""
    assert settings.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"] == []
    for address, pattern in patterns():
        if not address.startswith("/api/") or not hasattr(pattern.callback, "cls"):
            continue
        for each in pattern.callback.cls.authentication_classes:
            assert each.__module__.startswith("api."), (address, each)


def test_reconciliation_takes_questions_from_pages_of_any_site(records):
    answer = Client(enforce_csrf_checks=True).post(
        "/api/reconcile/",
        {"queries": '{"q0": {"query": "Bergen"}}'},
        headers={"origin": "https://other.example"},
    )
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


def test_a_drawing_runs_and_loads_nothing():
    header = ask("/static/img/favicon.svg")["Content-Security-Policy"]
    assert "default-src 'none'" in header
    assert "frame-ancestors 'none'" in header
    assert "script-src" not in header


def test_pages_and_static_files_have_one_policy():
    page = ask("/contact/").headers["Content-Security-Policy"]
    static = ask("/static/css/base.css").headers["Content-Security-Policy"]
    assert set(page.split("; ")) == set(static.split("; "))


def test_hsts_is_for_a_year_and_for_every_host_below(settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    for address in ("/", "/api/v1/networks/", "/static/css/base.css", "/nowhere/"):
        header = ask(address, secure=True)["Strict-Transport-Security"]
        assert header == "max-age=31536000; includeSubDomains", address


def may_be_framed(pattern):
    return getattr(pattern.callback, "may_be_framed", False)


def ask(address, **more):
    """Return an answer that was read to its end, as static files need."""
    answer = Client().get(address, **more)
    for _piece in answer:
        pass
    # Not the answer as a whole, which would close PostgreSQL's connection as well.
    if file := getattr(answer, "file_to_stream", None):
        file.close()
    return answer


def patterns(resolver=None, prefix="/"):
    """Yield every pattern of the site with the beginning of its address, in English."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield address.replace("//", "/"), pattern
        else:
            yield from patterns(pattern, address)
