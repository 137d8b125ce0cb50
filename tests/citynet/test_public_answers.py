"""Public answers: one state of the database, a validator, and who may keep them."""

import datetime
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from api.urls import urlpatterns as api_patterns
from citynet import urls as site
from citynet.build import digest_of_code
from directory.accounts.gates import PRIVATE_PREFIXES
from directory.history.validators import SHOWN
from directory.models import AccessToken, City
from tests.api.writing.programs import program_for
from tests.factories import make_city, make_funder, make_membership, make_network

PAGES = ["/", "/networks/", "/networks/north/", "/contact/", "/changes/feed/", "/robots.txt"]
ENDPOINTS = ["/api/v1/", "/api/v1/networks/north/", "/api/v1/memberships", "/api/docs/"]
TRANSACTIONS = re.compile("BEGIN|SET TRANSACTION|COMMIT|ROLLBACK|SELECT count.* FROM sqlite_master")


def counts_while_a_writer_goes_on(request):
    def lines():
        yield f"{City.objects.count()}\n"
        request.writes()
        yield f"{City.objects.count()}\n"

    answer = lines()
    return StreamingHttpResponse([next(answer), next(answer)] if "now" in request.GET else answer)


urlpatterns = [
    path("counts/", counts_while_a_writer_goes_on),
    path("own/", lambda request: HttpResponse("own", headers={"Cache-Control": "no-store"})),
    *site.urlpatterns,
]
handler500 = "citynet.errors.server_error"


@pytest.fixture
def north(db):
    make_membership(make_network("north"), make_city("bergen-no"))


def etag_of(address, **headers):
    response = Client(headers=headers).get(address)
    assert response.status_code == 200, response.content
    return response["ETag"]


@pytest.mark.parametrize("address", [*PAGES, *ENDPOINTS])
def test_whoever_has_the_answer_is_told_so_by_get_and_head(north, client, address):
    shown = client.get(address)
    assert shown["Cache-Control"] == "public, no-cache"
    assert shown["Vary"] == "Accept-Encoding"
    known = {"if-none-match": f'"other", {shown["ETag"]}'}
    for ask in (client.get, client.head):
        told = ask(address, headers=known)
        assert (told.status_code, told.content) == (304, b"")
        for header in ("ETag", "Cache-Control", "Vary"):
            assert told[header] == shown[header]
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", shown["ETag"])


@pytest.mark.parametrize("tags", ['"other"', "x", "", '"', 'W/"x"', "\x00"])
def test_whoever_has_something_else_gets_the_answer(north, client, tags):
    assert client.get("/networks/", headers={"if-none-match": tags}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/networks/", "/api/v1/networks.csv", "/api/v1/networks/north/"]
)
def test_whoever_has_anything_is_told_that_there_is_something(north, client, address):
    shown = client.get(address)
    for ask in (client.get, client.head):
        told = ask(address, headers={"if-none-match": "*"})
        assert (told.status_code, told.content) == (304, b"")
        for header in ("ETag", "Cache-Control", "Vary"):
            assert told[header] == shown[header]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/networks/x/", 404), ("/networks/?page=x", 400), ("/account/login/", 200)],
)
def test_what_is_missing_refused_or_private_is_so_whatever_is_known(north, client, address, status):
    assert client.get(address, headers={"if-none-match": "*"}).status_code == status


def test_the_validator_changes_with_all_that_the_answer_depends_on(north, monkeypatch, settings):
    tags = [etag_of("/networks/")]

    def is_new():
        tags.append(etag_of("/networks/"))
        return len(set(tags)) == len(tags)

    make_funder("fund")
    assert is_new()
    settings.BUILD = "next"
    assert is_new()
    settings.CONTACT_EMAIL = "hello@citynet.example"
    assert is_new()
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    assert is_new()
    addresses = ["/networks/", "/networks/?q=", "/networks/?q=a", "/networks/?q=b", "/cities/"]
    assert len({etag_of(address) for address in addresses}) == len(addresses)


def test_every_setting_that_a_public_answer_shows_is_part_of_the_validator():
    others = {
        "DATA_UPLOAD_MAX_MEMORY_SIZE": "in a refusal of what is sent",
        "AUTH_USER_MODEL": "names a table",
        "BASE_DIR": "where the code lies",
        "LANGUAGES": "fixed",
        "LOCALE_PATHS": "where the catalogues lie, of which BUILD is made, too",
        "LANGUAGE_CODE": "fixed",
        "SITE": "SITE_URL, taken apart",
        "STATIC_URL": "fixed",
    }
    found = set()
    private = {"accounts", "backup", "gazetteer", "management", "registration"}
    for folder in ("api", "directory"):
        for file in (settings.BASE_DIR / folder).rglob("*.py"):
            if private & set(file.parts):
                continue
            found |= set(re.findall(r"\bsettings\.([A-Z_]+)", file.read_text(encoding="utf-8")))
    assert {"SITE_URL", "CONTACT_EMAIL"} <= found
    assert found <= {*SHOWN, *others}


def test_what_runs_without_a_name_is_named_by_its_files(tmp_path):
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    page.write_text("one")
    (tmp_path / "requirements.txt").write_text("Django")
    before = digest_of_code(tmp_path)
    (tmp_path / "README.md").write_text("not of a page")
    (tmp_path / "templates" / "compiled.mo").write_text("made of what counts")
    assert digest_of_code(tmp_path) == before
    page.write_text("two")
    assert digest_of_code(tmp_path) != before
    assert str(settings.BUILD).endswith(digest_of_code(Path(settings.BASE_DIR)))


@pytest.mark.parametrize("address", ["/networks/north/", "/api/v1/memberships/m00001/"])
@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_known_costs_the_one_query_for_the_version(client, address):
    make_membership(make_network("north"))
    address = address.replace("m00001", City.objects.get().memberships.get().public_id)
    known = {"if-none-match": etag_of(address)}
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, headers=known).status_code == 304
    asked = [each["sql"] for each in captured if not TRANSACTIONS.match(each["sql"])]
    assert len(asked) == 1
    assert "directory_revision" in asked[0]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere/", 404), ("/networks/x/", 404), ("/networks/?page=x", 400), ("/favicon.ico", 301)],
)
def test_what_is_not_there_is_kept_no_longer_than_any_answer_and_has_no_validator(
    north, client, address, status
):
    for prefix in ("", "/api/v1"):
        response = client.get(prefix + address)
        assert response.status_code in (status, 404)
        assert response["Cache-Control"] == "public, no-cache"
        assert not response.has_header("ETag")


@pytest.mark.urls(__name__)
def test_a_view_that_says_itself_who_may_keep_its_answer_is_not_overruled(north, client):
    response = client.get("/own/")
    assert response["Cache-Control"] == "no-store"
    assert not response.has_header("ETag")


@pytest.mark.parametrize("address", ["/account/login/", "/api/v1/uploads/", "/editors/"])
def test_private_addresses_have_no_validator(north, client, address):
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")


def test_every_private_part_of_the_api_is_among_the_private_addresses():
    for pattern in api_patterns:
        if getattr(getattr(pattern.callback, "cls", None), "is_private", False):
            assert f"/api/{pattern.pattern}".startswith(PRIVATE_PREFIXES)


def test_what_is_asked_with_a_token_is_kept_by_no_cache(north, client):
    bearer = {"authorization": "Bearer x"}
    shown = client.get("/api/v1/networks/", headers=bearer)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-store")
    for address in ("/api/v1/memberships/", "/api/v1/networks/"):
        assert client.post(address)["Cache-Control"] == "private, no-store"


def test_public_answers_are_the_same_whoever_asks(north):
    plain = Client().get("/api/v1/networks/")
    curious = Client(
        headers={
            "origin": "https://other.example",
            "accept-language": "fr",
            "cookie": f"{settings.SESSION_COOKIE_NAME}={32 * 'a'}; citynet_csrf={32 * 'b'}",
        }
    ).get("/api/v1/networks/")
    assert plain.content == curious.content
    assert dict(plain.headers) == dict(curious.headers)
    assert plain["Access-Control-Allow-Origin"] == "*"


def test_an_answer_that_replaces_a_broken_cookie_is_kept_by_no_cache(north):
    response = Client(headers={"cookie": f"{settings.CSRF_COOKIE_NAME}=broken"}).get("/networks/")
    assert response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_an_answer_made_across_midnight_has_no_validator(north, client, monkeypatch):
    evening = datetime.datetime(2026, 11, 23, 23, 59, 59, tzinfo=datetime.UTC)
    times = iter([evening])
    monkeypatch.setattr(
        "citynet.public_answers.timezone.now",
        lambda: next(times, evening + datetime.timedelta(seconds=2)),
    )
    assert not client.get("/contact/").has_header("ETag")


def test_pages_that_need_no_database_are_there_while_it_is_away(client, monkeypatch):
    @contextmanager
    def away():
        raise OperationalError
        yield

    monkeypatch.setattr("citynet.public_answers.one_moment", away)
    response = client.get("/contact/")
    assert response.status_code == 200
    assert not response.has_header("ETag")


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite's tests have one connection")
@pytest.mark.parametrize("query", ["?now", ""])
def test_an_answer_is_of_one_state_to_its_last_byte(rf, query):
    from concurrent.futures import ThreadPoolExecutor

    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connections

    def write():
        make_city()
        connections.close_all()

    def writes():
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write).result()

    make_city()
    request = rf.get(f"/counts/{query}")
    request.writes = writes
    response = WSGIHandler().get_response(request)
    assert b"".join(response) == b"1\n1\n"
    response.close()
    assert not connection.in_atomic_block
    assert City.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_read_with_a_token_notes_that_the_token_was_used():
    program = program_for(make_city("bergen-no"))
    for address in ("uploads/", "cities/bergen-no/"):
        response = program.get(address)
        assert response.status_code == 200, response.content
        assert response["Cache-Control"] == "private, no-store"
    assert AccessToken.objects.get().last_used_at is not None
