"""Machines are told whether the site lives and can answer, cheaply and without secrets."""

import logging

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

from citynet import health
from directory.models import CityTerm, NetworkTerm
from tests.factories import make_city, make_network


@pytest.fixture
def machine(monkeypatch, settings):
    """A load balancer: asks by address, without TLS, of a process that knows nothing yet."""
    monkeypatch.setattr(health._Known, "are_migrated", False)
    monkeypatch.setattr(health._Known, "indexed_version", None)
    settings.SECURE_SSL_REDIRECT = True
    return Client(headers={"host": "10.0.0.7:8000"})


def failed(answer):
    assert answer.status_code == 503
    body = answer.json()
    assert body["status"] == "not ready"
    return {check["check"]: check["says"] for check in body["checks"] if not check["ok"]}


def test_a_process_lives_without_database_session_host_or_log(machine, caplog):
    # No database mark: any query would raise.
    with caplog.at_level(logging.DEBUG):
        answer = machine.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert caplog.records == []


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_they_are_for_reading(machine, address):
    assert machine.post(address).status_code == 405


@pytest.mark.django_db
def test_it_is_ready_with_database_migrations_and_index(machine):
    make_network("north")
    make_city("bergen-no")
    answer = machine.get("/readyz")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.json() == {
        "status": "ready",
        "checks": [
            {"check": "database", "ok": True, "says": "It answers."},
            {"check": "migrations", "ok": True, "says": "All are applied."},
            {"check": "search index", "ok": True, "says": "It holds the records."},
        ],
    }


@pytest.mark.django_db
def test_what_cannot_have_changed_is_not_asked_again(machine):
    machine.get("/readyz")
    with CaptureQueriesContext(connection) as queries:
        machine.get("/readyz")
    assert len(queries) == 2, queries.captured_queries


@pytest.mark.django_db
def test_it_is_ready_while_the_directory_is_empty(machine):
    assert machine.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("index", [NetworkTerm, CityTerm])
def test_it_is_not_ready_without_the_search_index(machine, index):
    make_network("north")
    make_city("bergen-no")
    index.objects.all().delete()
    assert "rebuild_search_index" in failed(machine.get("/readyz"))["search index"]


@pytest.mark.django_db
def test_it_is_not_ready_before_the_migrations(machine):
    [newest] = MigrationLoader(connection).graph.leaf_nodes("directory")
    MigrationRecorder(connection).record_unapplied(*newest)
    says = failed(machine.get("/readyz"))
    assert (
        says["migrations"]
        == "Some are not applied: if this is the right database, run manage.py migrate."
    )
    assert says["search index"] == health.NOT_ASKED
    MigrationRecorder(connection).record_applied(*newest)
    assert machine.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_while_the_database_is_away_and_tells_no_more(machine, monkeypatch):
    def away(*_args, **_options):
        raise OperationalError('connection to "10.0.0.9" failed: password of citynet is wrong')

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        answer = machine.get("/readyz")
    assert list(failed(answer)) == ["database", "migrations", "search index"]
    assert b"10.0.0.9" not in answer.content
    assert machine.get("/readyz").status_code == 200
