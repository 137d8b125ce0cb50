"""A database that is full, locked, damaged or can only be read: said in plain words, then over.

Each trouble is a real one of the database that the tests run on.
"""

import resource
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.test import Client

from directory.models import Membership, Upload
from directory.models.outages import ONLY_READ
from directory.registration.tokens import issue_token
from directory.web.errors import ERRORS
from tests import outages
from tests.directory.accounts.people import PASSWORD, make_user, sign_in
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_network

on_sqlite = pytest.mark.skipif("not settings.USES_SQLITE", reason="a trouble of SQLite alone")
AWAY = str(ERRORS[503].happened)


@contextmanager
def only_read():
    if settings.USES_SQLITE:
        with with_pragma("query_only=ON"):
            yield
    else:
        options = settings.DATABASE.get("OPTIONS", {})
        with outages.instead(OPTIONS=options | {"options": "-c default_transaction_read_only=on"}):
            yield


def with_pragma(pragma):
    options = settings.DATABASE["OPTIONS"]
    first = f"{options['init_command']};PRAGMA {pragma}"
    return outages.instead(OPTIONS=options | {"init_command": first})


@contextmanager
def full(database):
    """No page more than there are."""
    with closing(sqlite3.connect(database["NAME"])) as file:
        file.execute("VACUUM")
        pages = file.execute("PRAGMA page_count").fetchone()[0]
    with with_pragma(f"max_page_count={pages}"):
        yield


@contextmanager
def unwritable(database):
    """A disk that refuses what is written: a real error of the operating system."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with outages.instead():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def locked(database):
    """Another process writes and does not come to an end."""
    options = settings.DATABASE["OPTIONS"] | {"timeout": 0.05}
    other = sqlite3.connect(database["NAME"], isolation_level=None)
    with closing(other), outages.instead(OPTIONS=options):
        other.execute("BEGIN IMMEDIATE")
        yield


class Site:
    """The people and programs that write, and the ways in which they do."""

    def __init__(self):
        make_city("bergen-no")
        self.network = make_network("north")
        self.nils = make_staff(self.network)
        self.ada = make_user()
        _token, self.secret = issue_token(
            actor=self.nils, office=self.network, name="Mirror", days=30
        )
        self.desk = Client(raise_request_exception=False)
        self.desk.force_login(self.nils)
        self.visitor = Client(raise_request_exception=False)

    def sign_in(self):
        return sign_in(self.visitor, self.ada, password=PASSWORD)

    def upload(self):
        text = "city,joined\n" + "Bergen,2019\n" * 3000
        return self.desk.post("/account/networks/north/uploads/", {"text": text})

    def write(self):
        body = {"city": "bergen-no", "joined": "2019", "source": "https://bergen.example/"}
        headers = {"authorization": f"Bearer {self.secret}"}
        return self.visitor.post(
            "/api/v1/memberships/", body | {"network": "north"}, "application/json", headers=headers
        )


@pytest.fixture
def site(shared_database):
    return Site()


def all_writes_are_refused(site, said, problem):
    for answer in (site.sign_in(), site.upload()):
        assert answer.status_code == 503
        assert answer["Retry-After"] == "60"
        assert said in answer.content.decode()
    answer = site.write()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer.json()["detail"] == problem


def all_is_well_again(site):
    assert site.visitor.get("/networks/north/").status_code == 200
    assert site.sign_in().status_code == 302
    assert site.upload().status_code == 302
    assert site.write().status_code == 201


def nothing_is_half_written():
    assert not Upload.objects.exists()
    assert not Membership.objects.exists()


def test_what_can_only_be_read_is_read_and_writes_are_refused_in_plain_words(site):
    with only_read():
        assert site.visitor.get("/networks/north/").status_code == 200
        assert site.visitor.get("/api/v1/networks/north/").status_code == 200
        assert site.visitor.get("/readyz").status_code == 200
        all_writes_are_refused(site, str(ONLY_READ), str(ONLY_READ))
    nothing_is_half_written()
    all_is_well_again(site)


@on_sqlite
@pytest.mark.parametrize("trouble", [full, unwritable, locked])
def test_writes_wait_for_room_on_the_disk_and_for_the_lock(site, shared_database, trouble):
    with trouble(shared_database):
        assert site.visitor.get("/networks/north/").status_code == 200
        answer = site.upload()
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert AWAY in answer.content.decode()
    nothing_is_half_written()
    all_is_well_again(site)


@on_sqlite
def test_a_file_that_is_no_database_is_not_a_fault_of_the_page(site, tmp_path):
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"this is not a database " * 500)
    with outages.instead(NAME=str(damaged)):
        answer = site.visitor.get("/networks/north/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert site.visitor.get("/readyz").status_code == 503
    all_is_well_again(site)
