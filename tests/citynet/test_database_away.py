"""While the database is away every address says so in plain words, and nothing is a 500."""

import pytest
from django.test import Client
from django.utils.translation import override

from directory.web.errors import ERRORS
from tests import outages
from tests.directory.web.kinds_of_page import KINDS

SESSION = {"citynet_session": "0123456789abcdefghijklmnopqrstuv"}
# What says the same whatever stands in the database.
WITHOUT_DATABASE = {
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/data/vocabulary/",
    "/data/dictionary/",
    "/compare/networks/",
    "/compare/cities/",
}
OF_PEOPLE = [
    *("/account/", "/account/login/", "/account/signup/", "/account/password/reset/"),
    *("/account/networks/north/uploads/", "/account/cities/bergen-no/", "/account/tokens/"),
    *("/corrections/networks/north/", "/editors/", "/account/confirm-email/x:y/"),
]
OF_PROGRAMS = [
    *("/api/v1/networks/", "/api/v1/networks/north/", "/api/v1/memberships/?network=north"),
    *("/api/v1/search/?q=north", "/api/v1/suggest/?q=nor", "/api/v1/changes/?after=0"),
    *("/api/v1/networks.csv", "/api/v1/graph.json", "/api/v1/stats/coverage/"),
    *("/api/v1/uploads/", "/api/v1/editors/queue/"),
]
LANGUAGES = ["fr", "ar"]


@pytest.fixture
def visitor(django_db_blocker):
    """Somebody with a session, whose requests meet a database that cannot be reached."""
    with django_db_blocker.unblock(), outages.away():
        client = Client(raise_request_exception=False)
        client.cookies.load(SESSION)
        yield client


def says_so(answer, language="en"):
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert answer["Cache-Control"] == "private, no-store"
    with override(language):
        assert str(ERRORS[503].happened) in answer.content.decode()


@pytest.mark.parametrize("path", [kind.path for kind in KINDS])
def test_each_kind_of_page_says_so(visitor, path):
    answer = visitor.get(path)
    if path in WITHOUT_DATABASE:
        assert answer.status_code == 200
    else:
        says_so(answer)


@pytest.mark.parametrize("path", OF_PEOPLE)
def test_private_pages_say_so(visitor, path):
    says_so(visitor.get(path))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/networks/", "/search/?q=x", "/account/"])
def test_it_is_said_in_the_language_of_the_page(visitor, language, path):
    says_so(visitor.get(f"/{language}{path}"), language)


@pytest.mark.parametrize("path", OF_PROGRAMS)
def test_programs_are_given_a_problem(visitor, path):
    answer = visitor.get(path, headers={"authorization": f"Bearer citynet_{'0' * 8}_{'0' * 64}"})
    is_a_problem(answer)


def is_a_problem(answer):
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "60"
    problem = answer.json()
    assert problem["detail"] == "Its database does not answer: try again in a minute."
    assert problem["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/account/login/", {"login": "ada@bergen.example", "password": "x"}),
        ("/account/signup/", {"email": "ada@bergen.example", "password1": "correct horse battery"}),
        ("/account/password/reset/", {"email": "ada@bergen.example"}),
        ("/account/networks/north/uploads/", {"text": "city\nBergen\n"}),
        ("/corrections/networks/north/", {"source": "https://bergen.example"}),
    ],
)
def test_what_people_send_is_answered_so_too(visitor, path, typed):
    says_so(visitor.post(path, typed))


@pytest.mark.parametrize("path", ["/api/v1/memberships/", "/api/v1/uploads/", "/api/v1/match/"])
def test_what_programs_send_is_answered_so_too(visitor, path):
    secret = {"authorization": f"Bearer citynet_{'0' * 8}_{'0' * 64}"}
    body = {"rows": [{"name": "Bergen"}]}
    is_a_problem(visitor.post(path, body, "application/json", headers=secret))


@pytest.mark.parametrize("path", ["/robots.txt", "/healthz"])
def test_what_needs_no_database_is_there(visitor, path):
    assert visitor.get(path).status_code == 200
