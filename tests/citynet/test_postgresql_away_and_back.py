"""A PostgreSQL that goes away, comes back, is crowded or breaks off in the middle of a request."""

import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings  # noqa: F401, used by skipif
from django.db import close_old_connections, connections
from django.test import Client

from directory.models import City
from directory.web.errors import ERRORS
from tests import outages
from tests.factories import make_membership, make_network
from tests.own_postgresql import OwnPostgresql

pytestmark = pytest.mark.skipif("settings.USES_SQLITE", reason="about a server that SQLite lacks")

AWAY = str(ERRORS[503].happened)


@pytest.fixture
def server(transactional_db):
    """A server of this test's own, with one network; requests go to it."""
    make_membership(make_network("north"), "bergen-no")
    # Not below pytest's own folder: no other user may pass through that, and paths are long.
    own = OwnPostgresql(Path(tempfile.mkdtemp(prefix="citynet-pg.", dir="/tmp")))
    try:
        own.copy(connections["default"].settings_dict)
        with outages.instead(**own.settings, CONN_HEALTH_CHECKS=True, CONN_MAX_AGE=60):
            yield own
    finally:
        own.remove()


def ask(path):
    """What a server process does with a request: it looks at its old connections first."""
    close_old_connections()
    answer = Client(raise_request_exception=False).get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    close_old_connections()
    return answer, content.decode()


def says_so(path="/networks/north/"):
    answer, content = ask(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    return AWAY in content


def is_there(path="/networks/north/"):
    answer, _content = ask(path)
    return answer.status_code == 200


def test_it_goes_away_and_comes_back_and_each_request_is_answered_rightly(server):
    for _each in range(2):
        assert is_there()
        server.stop()
        # Once with the connection that broke, once with none to be had.
        assert says_so()
        assert says_so()
        assert ask("/readyz")[0].status_code == 503
        assert ask("/healthz")[0].status_code == 200
        assert ask("/api/v1/networks/")[0].status_code == 503
        server.start()
        assert is_there()
        assert is_there("/api/v1/networks/north/")
        assert is_there("/readyz")


def test_it_breaks_off_in_the_middle_of_a_request(server, monkeypatch):
    assert is_there("/cities/bergen-no/")
    public = City.objects.public

    def breaking_off():
        server.stop()
        return public()

    with monkeypatch.context() as patch:
        patch.setattr(type(City.objects.all()), "public", lambda _self: breaking_off())
        patch.setattr(type(City.objects), "public", lambda _self: breaking_off())
        assert says_so("/cities/bergen-no/")
    server.start()
    assert is_there("/cities/bergen-no/")


def test_one_connection_is_ended_by_its_operator(server):
    assert is_there()
    with closing(psycopg2.connect(**libpq(server))) as operator, operator.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = 'citynet'"
        )
    # A connection that is found broken before its first query is replaced unseen.
    assert is_there()


def test_it_has_no_connection_left(server):
    crowd = [psycopg2.connect(**libpq(server)) for _each in range(8)]
    assert says_so()
    for each in crowd:
        each.close()
    assert is_there()


def libpq(server):
    own = server.settings
    return {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "dbname": own["NAME"]}
