"""The data package as it was at any revision, byte for byte, from the change log alone."""

import tempfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.datapackage.at_revision import rows_at
from directory.datapackage.exporting import export_package
from directory.datapackage.loading import load_package
from directory.datapackage.report import PackageRefusedError
from directory.datapackage.reverting import RevertRefusedError, revert
from directory.history import NoSuchRevision, current_revision
from directory.models import ChangeSet, City, Label, Membership, Network, Statement
from directory.models.tables import TABLES
from directory.registration import editing, merging
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.datapackage.people_and_commands import by_people
from tests.directory.datapackage.tiny import files, tiny, write
from tests.directory.registration.people import make_editor
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
    make_statement,
)

pytestmark = pytest.mark.django_db

REFUSED = (
    IntegrityError,
    Invalid,
    NotAllowed,
    NotPossible,
    PackageRefusedError,
    RevertRefusedError,
)


class Past:
    """What an export gave at each revision."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exports = {}

    def note(self) -> None:
        export_package(self.folder / "now")
        self.exports[current_revision()] = files(self.folder / "now")

    def check(self) -> None:
        for revision, expected in self.exports.items():
            export_package(self.folder / "then", revision=revision)
            assert files(self.folder / "then") == expected, revision


@pytest.fixture
def past(tmp_path):
    return Past(tmp_path)


def chosen(rows, number):
    """One of some records; raises NotPossible where there are none."""
    found = list(rows.order_by("pk"))
    if not found:
        raise NotPossible("Nothing is there yet.", code="empty")
    return found[number % len(found)]


def rename(table, record, new):
    tell = {"actor": make_editor(), "reason": "Its name"}
    editing.rename_record(table=table, record=record.slug, new=new, **tell)


def merge(table, kept, duplicate):
    told = {"actor": make_editor(), "reason": "The same"}
    merging.merge_duplicates(table=table, kept=kept.slug, duplicate=duplicate.slug, **told)


def take_back(number):
    newest = list(ChangeSet.objects.order_by("-revision")[:3])
    if newest:
        revert(newest[number % len(newest)], actor="abc", office="CityNet", reason="A mistake")


def end(membership):
    with by_people():
        membership.ended = True
        membership.save()


def remove(statement):
    with by_people():
        statement.delete()


def load(number):
    """Load the small package, each time with another number in it."""
    package = tiny()
    package["cities"][0]["population"] = str(1000 + number)
    package["networks"][1]["aliases"] = f"Section {number}"
    with tempfile.TemporaryDirectory() as folder:
        load_package(write(Path(folder), package))


STEPS = {
    "make a network": lambda a, b: make_network(f"network-{a}", funders=["eu"]),
    "make a city": lambda a, b: make_city(f"a-{a}-no"),
    "make a focus area": lambda a, b: make_focus_area(f"area-{a}"),
    "make a funder": lambda a, b: make_funder(f"funder-{a}"),
    "join": lambda a, b: make_membership(chosen(Network.objects, a), chosen(City.objects, b)),
    "say": lambda a, b: make_statement(chosen(Membership.objects, a), voice="city"),
    "unsay": lambda a, b: remove(chosen(Statement.objects, a)),
    "end": lambda a, b: end(chosen(Membership.objects, a)),
    "label a network": lambda a, b: make_label(chosen(Network.objects, a), "fr", f"Nom {b}"),
    "label a city": lambda a, b: make_label(chosen(City.objects, a), "fr", f"Ville {b}"),
    "rename a network": lambda a, b: rename("networks", chosen(Network.objects, a), f"net-{b}"),
    "rename a city": lambda a, b: rename("cities", chosen(City.objects, a), f"a{b}-no"),
    "merge networks": lambda a, b: merge(
        "networks", chosen(Network.objects, a), chosen(Network.objects, b)
    ),
    "merge cities": lambda a, b: merge("cities", chosen(City.objects, a), chosen(City.objects, b)),
    "take back": lambda a, b: take_back(a),
    "load": lambda a, b: load(a),
}

some_steps = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 5), st.integers(0, 5)),
    min_size=5,
    max_size=20,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=some_steps)
def test_every_revision_can_be_exported_again_whatever_was_done_since(tmp_path, steps):
    past = Past(tmp_path)
    with transaction.atomic():
        past.note()
        for name, a, b in steps:
            try:
                with transaction.atomic():
                    STEPS[name](a, b)
            except REFUSED:
                continue
            past.note()
        past.check()
        transaction.set_rollback(True)


def test_what_refers_to_a_renamed_record_has_its_former_id_before(past):
    make_membership("north", "bergen-no")
    make_label(Network.objects.get(), "fr", "Nord")
    past.note()
    rename("networks", Network.objects.get(), "nordic")
    past.note()
    rename("networks", Network.objects.get(), "north")
    past.note()
    merge("networks", make_network("sea"), Network.objects.get(slug="north"))
    past.note()
    past.check()


def test_rows_stand_in_the_order_of_the_file_on_both_databases(past):
    with by_people():
        Membership.objects.bulk_create(
            [
                Membership(
                    id=number,
                    network=make_network(f"n{number}"),
                    city=make_city(f"c{number}-no"),
                    standing="unverified",
                )
                for number in (99_999, 100_000, 5)
            ]
        )
    for slug in ("a", "a-b", "ab", "a1"):
        make_label(make_city(slug), "zh-Hant", slug)
        make_label(make_network(slug), "fr", slug)
        make_label(make_focus_area(slug, position=200 - ord(slug[-1])), "de", slug)
    rename("cities", City.objects.get(slug="a-b"), "z")
    rename("networks", Network.objects.get(slug="a-b"), "z")
    rename("funders", make_funder("a-b"), "z")
    assert Label.objects.count() == 12
    past.note()
    past.check()


def test_a_column_that_came_later_is_empty_in_older_rows(past):
    make_city("bergen-no")
    row = {"id": "bergen-no", "name": "Bergen", "gone": "since"}
    completed = TABLES["cities"].completed(row)
    assert list(completed) == TABLES["cities"].column_names
    assert (completed["name"], completed["website"], completed["population"]) == (
        "Bergen",
        "",
        None,
    )


def test_the_directory_began_empty():
    make_city("bergen-no")
    assert list(rows_at(TABLES["cities"], 0)) == []


@pytest.mark.parametrize("revision", [-1, 2, 10**30])
def test_a_revision_that_there_is_not_is_refused_with_the_newest(revision, tmp_path):
    make_city("bergen-no")
    with pytest.raises(NoSuchRevision, match="the newest one is 1"):
        rows_at(TABLES["cities"], revision)
    with pytest.raises(CommandError, match="--revision: There is no revision"):
        call_command("export_package", str(tmp_path / "then"), f"--revision={revision}")
    assert not (tmp_path / "then").exists()
