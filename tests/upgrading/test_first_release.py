"""Whoever has used CityNet since version 1.0.0 loses nothing by installing this one."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connections
from pytest_django import DjangoDbBlocker

from directory.accounts.models import User
from directory.datapackage.exporting import export_package
from directory.history import current_revision
from directory.history.past import past_record
from directory.integrity.checks import find_disagreements
from directory.models import City, Entry, Membership, Network
from directory.registration import memberships
from directory.registration.tokens import token_of
from tests.starting_data import empty_database
from tests.upgrading.first_release import (
    EXPORTED,
    PASS_PHRASE,
    SECRET,
    carry_along,
    make_as_it_was,
    manifest,
    tables,
    values,
)

# Tables or columns that a later version took away, each with what became of its content.
GONE: dict[str, str] = {}
# Built again after an update: that it is right is for the last test.
MADE_ANEW = ("directory.NetworkTerm", "directory.CityTerm")


@pytest.fixture(scope="module")
def carried_along(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Lets the module's tests see a database of the first release after `migrate`."""
    usual = connections["default"]
    with (
        django_db_blocker.unblock(),
        empty_database("first_release", tmp_path_factory.mktemp("first")) as own,
    ):
        connections["default"] = own
        try:
            make_as_it_was()
            carry_along()
            yield
        finally:
            connections["default"] = usual


pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("carried_along"),
]


@pytest.mark.parametrize(
    "kept",
    [kept for kept in tables() if kept.label not in MADE_ANEW],
    ids=lambda kept: kept.label,
)
def test_every_row_of_every_table_is_there_and_says_what_it_said(kept):
    assert kept.label not in GONE
    model = apps.get_model(kept.label)
    found = model._base_manager.values_list(*kept.columns)
    key = model._meta.pk.attname
    place = kept.columns.index(key)
    assert sorted(found, key=lambda row: row[place]) == sorted(
        values(model, kept), key=lambda row: row[place]
    )


def test_something_was_kept_of_what_people_do():
    counts = {kept.label.partition(".")[2]: len(kept.rows) for kept in tables()}
    for name in ("Membership", "Entry", "Claim", "ReviewItem", "Submission", "Upload", "Release"):
        assert counts[name], name


def test_each_record_is_told_as_it_was_at_each_revision():
    entries = Entry.objects.select_related("change_set").exclude(after=None)
    assert entries.count() > 40
    for entry in entries:
        told = past_record(entry.table, entry.record, entry.change_set.revision).row
        assert {name: told[name] for name in entry.after if name in told} == entry.after


def test_the_package_has_the_same_bytes_but_for_columns_that_are_new(tmp_path):
    export_package(tmp_path / "now")
    for before in sorted(EXPORTED.iterdir()):
        then = before.read_bytes()
        header = next(csv.reader(io.StringIO(then.decode())))
        assert _with_columns(tmp_path / "now" / before.name, header) == then, before.name


def test_programs_and_people_get_in_as_before():
    token = token_of(SECRET)
    assert token.office == City.objects.get(slug="first-0-no")
    ada = User.objects.get(email="ada@bergen.example")
    assert ada.check_password(PASS_PHRASE)
    assert Authenticator.objects.get().user == ada


def test_people_go_on_where_they_were():
    revision, token = current_revision(), token_of(SECRET)
    assert revision == manifest().revision
    given = {kept.label: kept.last_number for kept in tables()}
    added = memberships.add_membership(
        actor=token.person,
        office=token.office,
        city=token.office,
        network=Network.objects.get(slug="north"),
        joined="2024",
    )
    assert added.pk == given["directory.Membership"] + 1
    assert Membership.objects.filter(pk=added.pk, standing="confirmed").exists()
    assert current_revision() == revision + 1


def test_nothing_disagrees_but_for_files_that_are_kept_elsewhere():
    missing = "is not in the storage of releases"
    assert [str(each) for each in find_disagreements() if each.what != missing] == []


def _with_columns(path: Path, names: list[str]) -> bytes:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
