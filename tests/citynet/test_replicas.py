"""Which database answers a request, and which one where that fails; in all, none is asked for."""

import re

import pytest
from django.conf import settings
from django.db import connection, connections, router
from django.http import HttpResponse, StreamingHttpResponse
from django.test.utils import CaptureQueriesContext

from citynet import replicas
from citynet.replicas import PRIMARY, Choice, chosen, read_where_it_may
from directory.accounts.models import User
from directory.models import City
from tests.factories import make_city

ONE, TWO = "replica1", "replica2"


class Connection:
    """One that is there for as long as its database answers."""

    def __init__(self, alias, said):
        self.alias, self._said = alias, said
        self.connection = object()

    def close_if_unusable_or_obsolete(self):
        self.connection = object() if self._said[self.alias] is not None else None


@pytest.fixture
def versions(monkeypatch):
    """What each database says when it is asked; None: nothing."""
    said = {PRIMARY: 5, ONE: 5, TWO: 5}
    monkeypatch.setattr(
        replicas, "version_at", lambda alias: None if said[alias] is None else (said[alias], None)
    )
    monkeypatch.setattr(replicas, "connections", {alias: Connection(alias, said) for alias in said})
    monkeypatch.setattr(replicas, "replica_aliases", lambda: [ONE, TWO])
    return said


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(replicas.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def site(versions, rf):
    """Asks a site of two replicas; returns which databases were tried, the last one answered."""
    tried, failing = [], set()

    def answer(request):
        tried.append(chosen().alias)
        return HttpResponse(status=503 if chosen().alias in failing else 200)

    middleware = read_where_it_may(answer)

    def ask(path="/networks/", method="get", cookie="", failing_at=(), **headers):
        tried.clear()
        failing.clear()
        failing.update(failing_at)
        request = getattr(rf, method)(path, headers=headers)
        if cookie:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = cookie
        response = middleware(request)
        assert chosen() == Choice()
        ask.status = response.status_code
        return list(tried)

    return ask


def test_public_reads_take_turns(site):
    assert {tuple(site()) for _each in range(4)} == {(ONE,), (TWO,)}


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "post"},
        {"method": "delete"},
        {"path": "/account/"},
        {"path": "/fr/editors/"},
        {"path": "/api/v1/uploads/"},
        {"authorization": "Bearer x"},
        {"cookie": "somebody's"},
    ],
)
def test_what_is_private_or_writes_or_is_asked_by_who_is_signed_in_goes_to_the_primary(site, asked):
    assert site(**asked) == site(**asked) == [PRIMARY]


def test_a_replica_that_does_not_answer_is_passed_over_for_a_while(site, versions, clock):
    versions[ONE] = None
    assert [site(), site(), site()] == [[TWO]] * 3
    versions[ONE] = 5
    assert [site(), site()] == [[TWO]] * 2
    clock[0] += replicas.REST
    assert [ONE] in [site(), site()]


def test_without_any_replica_the_primary_answers(site, versions):
    versions[ONE] = versions[TWO] = None
    assert site() == [PRIMARY]


def test_replicas_answer_where_the_primary_is_gone_also_those_that_rested(site, versions):
    versions[ONE] = versions[TWO] = None
    site()
    versions |= {PRIMARY: None, TWO: 5}
    assert site() == [TWO]


def test_the_newest_answers_who_is_signed_in_where_the_primary_is_gone(site, versions):
    versions |= {PRIMARY: None, ONE: 4, TWO: 5}
    assert [site(cookie="x"), site(cookie="x")] == [[TWO]] * 2


def test_what_fails_on_a_replica_is_asked_of_the_primary_once(site):
    assert site(failing_at={ONE, TWO})[1:] == [PRIMARY]
    assert site.status == 200
    assert len(site(failing_at={ONE, TWO, PRIMARY})) == 2
    assert site.status == 503


def test_the_primary_is_asked_again_where_its_connection_alone_was_lost(versions, monkeypatch, rf):
    tried = []

    def answer(request):
        tried.append(chosen().alias)
        return HttpResponse(status=200 if len(tried) == replicas.ATTEMPTS else 503)

    lost = Connection(PRIMARY, {PRIMARY: None})
    monkeypatch.setitem(replicas.connections, PRIMARY, lost)
    versions |= {ONE: None, TWO: None}
    assert read_where_it_may(answer)(rf.get("/networks/")).status_code == 200
    assert tried == [PRIMARY] * replicas.ATTEMPTS


def test_what_fails_on_a_replica_is_asked_of_it_again_where_the_primary_is_lost(versions, rf):
    tried = []

    def answer(request):
        tried.append(chosen().alias)
        return HttpResponse(status=200 if len(tried) == 2 else 503)

    versions |= {PRIMARY: None, TWO: None}
    assert read_where_it_may(answer)(rf.get("/networks/")).status_code == 200
    assert tried == [ONE, ONE]


def test_what_fails_on_a_replica_is_asked_of_the_other_where_the_primary_is_gone(site, versions):
    versions[PRIMARY] = None
    tried = site(failing_at={ONE})
    assert tried[-1] == TWO
    assert site.status == 200


@pytest.mark.django_db
def test_a_replica_that_rested_answers_where_the_primary_is_lost_over_its_answer(versions, rf):
    tried = []

    def answer(request):
        tried.append(chosen().alias)
        if tried == [PRIMARY, PRIMARY]:
            versions.update({PRIMARY: None, TWO: 5})
            return HttpResponse(status=503)
        return HttpResponse()

    middleware = read_where_it_may(answer)
    versions |= {ONE: None, TWO: None}
    assert middleware(rf.get("/networks/")).status_code == 200
    assert middleware(rf.get("/networks/")).status_code == 200
    assert tried == [PRIMARY, PRIMARY, TWO]


@pytest.mark.parametrize(("least", "answers"), [("4", {ONE, TWO}), ("5", {TWO}), ("6", {PRIMARY})])
def test_a_replica_that_is_behind_what_is_asked_for_is_passed_over(site, versions, least, answers):
    versions |= {ONE: 4, PRIMARY: 6}
    asked = {"x-min-revision": least}
    assert {site(**asked)[0] for _each in range(4)} == answers


@pytest.mark.django_db
def test_what_streams_is_read_from_one_database_to_its_end(versions, rf):
    seen = []

    def lines():
        for _each in range(2):
            seen.append(chosen().alias)
            yield b"line"

    answer = read_where_it_may(lambda request: StreamingHttpResponse(lines()))(rf.get("/"))
    assert b"".join(answer) == b"lineline"
    assert seen in ([ONE, ONE], [TWO, TWO])
    answer.close()
    assert chosen() == Choice()


def test_public_tables_are_read_where_the_request_reads_and_all_else_at_the_primary(
    versions, rf, monkeypatch
):
    monkeypatch.setattr(router, "routers", [replicas.ChosenDatabase()])
    found = []

    def answer(request):
        found.extend((City.objects.all().db, User.objects.all().db, router.db_for_write(City)))
        return HttpResponse()

    read_where_it_may(answer)(rf.get("/"))
    assert found[0] in (ONE, TWO)
    assert found[1:] == [PRIMARY, PRIMARY]
    assert City.objects.all().db == PRIMARY
    assert not router.allow_migrate(ONE, "directory")


@pytest.mark.django_db
def test_the_version_of_a_database_is_that_of_its_newest_change():
    make_city()
    assert replicas.version_at(PRIMARY)[0] == 1


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="a file is never cut off")
@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_that_was_cut_is_made_anew_before_a_database_counts_as_away():
    make_city()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connections.create_connection(PRIMARY)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
    assert replicas.version_at(PRIMARY)[0] == 1


@pytest.mark.django_db
def test_without_replicas_no_question_is_added(client):
    assert settings.DATABASE_ROUTERS == []
    assert [alias for alias in connections if alias != PRIMARY] == []
    client.get("/contact/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/contact/")
    asked = [each["sql"] for each in queries if "directory_revision" in each["sql"]]
    assert len(asked) == 1


def test_what_asks_past_the_orm_writes_or_asks_where_the_request_reads():
    """``django.db.connection`` is the primary's: of the modules below none serves a public read."""
    writing = {
        "citynet/health.py",
        "directory/backup/contents.py",
        "directory/backup/restoring.py",
        "directory/datapackage/writing.py",
        "directory/integrity/references.py",
        "directory/models/columns.py",
        "directory/models/counters.py",
        "directory/models/inserting.py",
        "directory/models/locking.py",
        "directory/registration/joining.py",
        "directory/releases/only_run.py",
    }
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in ("api", "citynet", "directory")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "migrations" not in path.parts
        and re.search(r"^from django\.db import .*\bconnection\b", path.read_text(), re.MULTILINE)
    }
    assert found == writing
