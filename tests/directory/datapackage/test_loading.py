"""Loading: all of it or nothing, the same again changes nothing, people's words are kept."""

import csv
from pathlib import Path
from typing import Any

import pytest

from directory.datapackage import writing
from directory.datapackage.exporting import export_package
from directory.datapackage.loading import load_package
from directory.datapackage.report import PackageRefusedError
from directory.history import current_revision, last_spoken_by_people
from directory.models import (
    ChangeSet,
    City,
    Entry,
    FocusArea,
    Funder,
    Membership,
    Network,
    Region,
    Statement,
)
from directory.models.period import FAR_FUTURE
from directory.models.tables import TABLES
from tests.directory.datapackage.people_and_commands import by_people, run
from tests.directory.datapackage.tiny import Tables, files, tiny, write
from tests.factories import make_funder, make_membership, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny package, loaded."""
    load_package(write(tmp_path / "package", tiny()))
    return tmp_path / "package"


def load(folder: Path, tables: Tables, **options: Any) -> dict[str, dict[str, Any]]:
    """Load the tables and return what the report says of tables in which something happened."""
    report = load_package(write(folder, tables), **options)
    return {
        name: {
            what: records
            for what, records in vars(table).items()
            if what != "unchanged" and records
        }
        for name, table in report.tables.items()
        if table.changes or table.kept or table.left_alone
    }


def test_every_table_says_after_loading_what_the_package_says(folder):
    for table in TABLES.values():
        count = sum(1 for _ in table.rows())
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            assert count == sum(1 for _ in csv.DictReader(file)) > 0


def test_a_load_is_one_change_set_that_names_every_record(folder):
    assert current_revision() == ChangeSet.objects.count() == 1
    assert Entry.objects.count() == sum(len(rows) for rows in tiny().values())
    assert set(Entry.objects.values_list("action", flat=True)) == {"added"}


def test_what_the_log_says_is_what_the_tables_say(folder):
    for table in TABLES.values():
        logged = {entry.record: entry.after for entry in Entry.objects.filter(table=table.name)}
        assert logged == {table.record_id(row): row for row in table.rows()}


def test_the_same_again_changes_nothing_and_says_so(folder):
    out, _ = run(str(folder))
    assert "Nothing to change" in out
    assert current_revision() == 1


def test_an_export_is_the_package_byte_for_byte(folder, tmp_path):
    export_package(tmp_path / "export")
    assert files(tmp_path / "export") == files(folder)


def test_an_export_leaves_no_unfinished_file_and_keeps_others(folder, tmp_path):
    target = tmp_path / "export"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    export_package(target)
    export_package(target)
    assert {path.name for path in target.iterdir()} == {*files(folder), "notes.txt"}


def test_changed_rows_are_updated_and_nothing_else(folder):
    tables = tiny()
    tables["networks"][0] |= {
        "name": "The North",
        "focus_areas": "climate",
        "countries": "",
        "regions": "World",
        "funders": "b-fund",
    }
    tables["countries"][0]["region"] = "The Old World"
    tables["countries"][1]["region"] = "The Old World"
    tables["networks"][1]["regions"] = "The Old World"
    tables["networks"][2]["regions"] = "The Old World"
    assert load(folder, tables) == {
        "countries": {"updated": ["NO", "SE"]},
        "networks": {"updated": ["north", "north-section", "old"]},
    }
    assert Region.objects.get(name="Northern Europe").parent.name == "The Old World"
    assert load(folder, tables) == {}


def test_rows_may_stand_in_any_order(folder):
    tables = {name: rows[::-1] for name, rows in tiny().items()}
    assert load(folder, tables) == {}


def test_two_cities_can_exchange_their_ids_of_the_gazetteer(folder):
    tables = tiny()
    one, other, _third = tables["cities"]
    for column in ("geonameid", "wikidata"):
        one[column], other[column] = other[column], one[column]
    assert load(folder, tables) == {"cities": {"updated": ["bergen-no", "malmo-se"]}}


def test_two_countries_can_exchange_their_codes(folder):
    tables = tiny()
    one, other = tables["countries"]
    one["iso3"], other["iso3"] = other["iso3"], one["iso3"]
    assert load(folder, tables) == {"countries": {"updated": ["NO", "SE"]}}
    assert load(folder, tables) == {}


def test_two_open_memberships_can_exchange_their_cities(folder):
    tables = tiny()
    one, other, _ended = tables["memberships"]
    other |= {"left": "", "standing": "sourced"}
    tables["statements"][1]["left"] = ""
    load(folder, tables)
    one["city"], other["city"] = other["city"], one["city"]
    assert load(folder, tables) == {"memberships": {"updated": ["m00001", "m00002"]}}
    assert Membership.objects.filter(left="", ended=False, left_last_day=FAR_FUTURE).count() == 2


def test_one_membership_can_end_where_the_next_begins(folder):
    tables = tiny()
    tables["memberships"][0]["left"] = tables["statements"][0]["left"] = "2020"
    tables["memberships"].append(
        tables["memberships"][0] | {"id": "m00004", "joined": "2021", "left": ""}
    )
    tables["statements"].append(
        tables["statements"][0]
        | {"id": "s00004", "membership": "m00004", "joined": "2021", "left": ""}
    )
    assert load(folder, tables) == {
        "memberships": {"added": ["m00004"], "updated": ["m00001"]},
        "statements": {"added": ["s00004"], "updated": ["s00001"]},
    }


def test_networks_may_refer_to_each_other_in_any_order(folder):
    tables = tiny()
    tables["networks"].append(
        tables["networks"][0] | {"slug": "a-section", "parent": "z-parent", "name": "A"}
    )
    tables["networks"].append(
        tables["networks"][2] | {"slug": "z-parent", "merged_into": "a-section", "name": "Z"}
    )
    load(folder, tables)
    assert Network.objects.get(slug="a-section").parent.slug == "z-parent"


def test_a_new_record_after_a_load_takes_a_number_that_no_loaded_one_has(folder):
    # Nor one that a record has had which is gone: PostgreSQL remembers other tests' records.
    assert make_membership().pk >= 4
    assert Statement.objects.latest("id").pk >= 4


def test_a_membership_that_ended_on_an_unknown_day_is_known_until_its_source(folder):
    assert Membership.objects.get(pk=3).left_last_day.year == 1988
    tables = tiny()
    tables["statements"][2]["source_year"] = "1989"
    assert load(folder, tables) == {"statements": {"updated": ["s00003"]}}
    assert Membership.objects.get(pk=3).left_last_day.year == 1989


def test_what_people_have_changed_since_is_kept(folder):
    with by_people():
        funder = Funder.objects.get(slug="a-fund")
        funder.name = "Their own name"
        funder.save()
    tables = tiny()
    tables["funders"][0]["name"] = "Another name"
    tables["funders"][1]["name"] = "B Fund"
    assert load(folder, tables) == {"funders": {"updated": ["b-fund"], "kept": ["a-fund"]}}
    assert Funder.objects.get(slug="a-fund").name == "Their own name"


def test_what_people_have_deleted_since_stays_deleted(folder):
    with by_people():
        Network.objects.get(slug="old").memberships.get()
        redirect = TABLES["redirects"].model.objects.get(old_slug="the-north")
        redirect.delete()
    assert load(folder, tiny()) == {"redirects": {"kept": ["network/the-north"]}}


def test_a_membership_of_which_people_have_spoken_is_kept_with_its_statements(folder):
    with by_people():
        make_statement(Membership.objects.get(pk=2), voice="city")
    tables = tiny()
    tables["memberships"][1]["role"] = "observer"
    tables["statements"][1]["source_year"] = "2013"
    assert load(folder, tables) == {
        "memberships": {"kept": ["m00002"]},
        "statements": {"kept": ["s00002"]},
    }
    assert Membership.objects.get(pk=2).standing == "confirmed"


def test_a_load_after_a_persons_word_that_says_the_same_leaves_it_the_persons(folder):
    with by_people():
        Funder.objects.get(slug="a-fund").save()
        make_funder("c-fund", name="C Fund")
    assert load(folder, tiny()) == {}
    assert last_spoken_by_people("funders") == {"c-fund"}


def test_what_does_not_fit_the_words_of_people_is_refused(folder):
    with by_people():
        theirs = make_membership("north-section", "bergen-no").public_id
    tables = tiny()
    tables["memberships"].append(
        tables["memberships"][0] | {"id": "m09999", "network": "north-section"}
    )
    tables["statements"].append(tables["statements"][0] | {"id": "s09999", "membership": "m09999"})
    with pytest.raises(PackageRefusedError) as refusal:
        load(folder, tables)
    assert [str(problem) for problem in refusal.value.problems] == [
        f"memberships.csv:5:left: bergen-no has the open membership {theirs} in north-section "
        "already; write when one of the two ended"
    ]
    assert not Membership.objects.filter(pk=9999).exists()


def test_what_the_database_says_wrongly_by_itself_is_no_reason_to_refuse(folder):
    with by_people():
        # The same years twice: the database cannot see it, only the write functions can.
        for _ in range(2):
            make_membership("north-section", "bergen-no", joined="2001", left="2005")
    tables = tiny()
    tables["funders"][0]["name"] = "Another name"
    assert load(folder, tables) == {"funders": {"updated": ["a-fund"]}}


def test_nothing_is_removed_unless_asked_for(folder):
    tables = tiny()
    tables["memberships"].pop()
    tables["statements"].pop()
    assert load(folder, tables) == {}
    assert Membership.objects.count() == 3


def test_what_is_missing_ends_when_asked_for_and_nothing_is_deleted(folder):
    tables = tiny()
    tables["networks"].pop(1)
    tables["labels"].pop(0)
    tables["memberships"].pop(0)
    tables["statements"].pop(0)
    assert load(folder, tables, remove_missing=True) == {
        "networks": {"ended": ["north-section"]},
        "memberships": {"ended": ["m00001"]},
        "statements": {"left_alone": ["s00001"]},
        "labels": {"left_alone": ["cities/bergen-no/de"]},
    }
    assert Network.objects.get(slug="north-section").status == "ended"
    membership = Membership.objects.get(pk=1)
    assert (membership.ended, membership.left, membership.standing) == (True, "", "confirmed")
    assert membership.statements.count() == 1
    again = load(folder, tables, remove_missing=True)
    assert not any("ended" in table for table in again.values())


def test_what_is_missing_and_peoples_is_kept(folder):
    with by_people():
        network = Network.objects.get(slug="north-section")
        network.name = "Their own section"
        network.save()
    tables = tiny()
    tables["networks"].pop(1)
    assert load(folder, tables, remove_missing=True) == {"networks": {"kept": ["north-section"]}}
    assert Network.objects.get(slug="north-section").status == "active"


def test_what_ended_by_itself_comes_back_with_a_package_that_names_it(folder):
    tables = tiny()
    missing = tables["networks"].pop(1)
    load(folder, tables, remove_missing=True)
    tables["networks"].insert(1, missing)
    assert load(folder, tables) == {"networks": {"updated": ["north-section"]}}


def test_a_dry_run_reports_the_same_and_writes_nothing(folder):
    tables = tiny()
    tables["funders"][0]["name"] = "Another name"
    tables["funders"].append({"id": "c-fund", "name": "C"})
    expected = {"funders": {"added": ["c-fund"], "updated": ["a-fund"]}}
    assert load(folder, tables, dry_run=True) == expected
    assert Funder.objects.count() == 2
    assert current_revision() == 1
    assert load(folder, tables) == expected


def test_a_package_with_a_problem_writes_nothing_and_names_it(folder):
    tables = tiny()
    tables["cities"][0]["name"] = "Bjørgvin"
    tables["funders"][1]["name"] = ""
    _out, err = run(str(write(folder, tables)))
    assert "funders.csv:3:name: nothing is written; a value is needed" in err
    assert "1 problem; nothing was written" in err
    assert City.objects.get(slug="bergen-no").name == "Bergen"


def test_a_load_that_the_database_refuses_writes_nothing(folder, monkeypatch):
    monkeypatch.setattr(writing, "RELEASED", {})
    tables = tiny()
    one, other = tables["countries"]
    one["iso3"], other["iso3"] = other["iso3"], one["iso3"]
    _out, err = run(str(write(folder, tables)))
    assert "Nothing was written" in err
    assert current_revision() == 1


def test_focus_areas_can_change_places(folder):
    tables = tiny()
    tables["focus_areas"][0]["position"], tables["focus_areas"][1]["position"] = "2", "1"
    load(folder, tables)
    in_order = FocusArea.objects.in_display_order().values_list("slug", flat=True)
    assert list(in_order) == ["energy", "climate"]
