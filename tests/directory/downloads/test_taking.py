"""A download is one moment of the directory, whatever happens while it is written."""

import csv
import datetime
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.db import connection

from directory.downloads import lists, taking
from directory.downloads.columns import COLUMN_SETS
from directory.downloads.file_formats import FILE_FORMATS
from directory.downloads.lists import FILTER_SETS, find, rows_of, unfiltered
from directory.downloads.taking import TooManyRows, Wanted, take
from directory.history import current_revision
from directory.models import City, Membership
from tests.another_connection import in_another_thread
from tests.factories import make_city, make_membership, make_network, writing

DAY = datetime.date(2026, 11, 23)
AS_OF = {"networks": {"as_of": "2019-12-31"}, "cities": {"as_of": "2019-12-31"}}


def wanted(name="cities", extension="csv", columns=(), **asked):
    filter_set = FILTER_SETS[name]
    filters = filter_set(asked, unfiltered(name), day=DAY) if filter_set else None
    assert filters is None or filters.is_valid(), filters.errors
    return Wanted(
        name=name,
        file_format=FILE_FORMATS[extension],
        columns=COLUMN_SETS[name].chosen(columns),
        filters=filters,
        day=DAY,
    )


def rows(download):
    return list(csv.DictReader(io.StringIO(b"".join(download).decode(), newline="")))


def is_in_transaction():
    if connection.vendor == "sqlite":
        return connection.connection.in_transaction
    return connection.in_atomic_block


MANY = 20


@pytest.fixture
def few_at_once(monkeypatch):
    """Lets a handful of records be many."""
    monkeypatch.setattr(lists, "RECORDS_AT_ONCE", 3)


def many_cities():
    with writing():
        for number in range(MANY):
            make_city(f"city-{number:04d}-no", name=f"City {number:04d}")


def rename_all():
    with writing():
        for city in City.objects.all():
            city.name = "Changed"
            city.save()


def test_a_writer_who_commits_half_way_changes_nothing_in_the_file(shared_database, few_at_once):
    many_cities()
    before = current_revision()
    download = take(wanted())
    first = next(download)
    in_another_thread(rename_all, shared_database)
    content = first + b"".join(download)
    assert b"Changed" not in content
    assert content.count(b"\n") == 1 + download.rows
    assert (download.revision, current_revision()) == (before, before + 1)
    assert b"".join(take(wanted())).count(b"Changed") == MANY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["cities", "networks"])
def test_whoever_goes_away_half_way_leaves_no_transaction_behind(few_at_once, name):
    many_cities()
    make_network("network")
    download = take(wanted(name))
    next(download)
    assert is_in_transaction()
    download.close()
    assert not is_in_transaction()
    rename_all()
    assert City.objects.filter(name="Changed").count() == MANY


@pytest.mark.django_db(transaction=True)
def test_a_download_that_nobody_began_to_read_gives_its_moment_back_too():
    make_city("bergen-no")
    download = take(wanted())
    download.close()
    assert not is_in_transaction()


@pytest.mark.django_db(transaction=True)
def test_a_download_that_was_read_gives_its_moment_back():
    make_city("bergen-no")
    assert len(rows(take(wanted()))) == 1
    assert not is_in_transaction()


STRICT_READERS = {
    "csv": lambda content: list(csv.reader(io.StringIO(content.decode()), strict=True)),
    "jsonl": lambda content: [json.loads(line) for line in content.splitlines()],
    "json": json.loads,
    "geojson": json.loads,
    "xlsx": lambda content: zipfile.ZipFile(io.BytesIO(content)),
}


def received_until_it_failed(download):
    blocks = []

    def receive():
        for block in download:
            blocks.append(block)

    with pytest.raises(ConnectionError):
        receive()
    return b"".join(blocks)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("extension", STRICT_READERS)
def test_no_strict_reader_takes_what_failed_half_way(monkeypatch, extension):
    make_city("bergen-no")
    one_row = list(rows_of("cities", *found_and_columns()))

    def failing(*args, **kwargs):
        yield from one_row * 2000
        raise ConnectionError("the database went away")

    monkeypatch.setattr(taking, "rows_of", failing)
    content = received_until_it_failed(take(wanted(extension=extension)))
    assert content
    with pytest.raises((ValueError, csv.Error, zipfile.BadZipFile)):
        STRICT_READERS[extension](content)
    assert not is_in_transaction()


def found_and_columns():
    asked = wanted()
    return find("cities", asked.filters, day=DAY), asked.columns


@pytest.mark.django_db
def test_fewer_rows_than_were_counted_are_an_error(monkeypatch):
    make_city("bergen-no")
    monkeypatch.setattr(taking, "rows_of", lambda *args, **kwargs: iter(()))
    with pytest.raises(RuntimeError, match="0 rows were written where 1"):
        list(take(wanted()))


@pytest.mark.django_db(transaction=True)
def test_more_rows_than_a_sheet_holds_are_refused_before_the_first_byte():
    make_city("bergen-no")
    make_city("oslo-no")
    asked = wanted(extension="xlsx")
    with pytest.raises(TooManyRows):
        take(replace(asked, file_format=replace(asked.file_format, most_rows=1)))
    assert not is_in_transaction()


@pytest.mark.django_db
def test_a_membership_names_its_city_and_network_and_lies_on_the_map():
    city = make_city("bergen-no", name="Bergen", latitude=60.39, longitude=5.32)
    make_membership(make_network("network", name="A network"), city)
    [row] = rows(take(wanted("memberships")))
    assert (row["city_name"], row["network_name"], row["country"]) == ("Bergen", "A network", "NO")
    assert (row["latitude"], row["longitude"]) == ("60.39", "5.32")
    assert row["as_of_answer"] == ""


@pytest.mark.django_db
def test_a_membership_as_of_a_day_tells_its_answer():
    make_membership(make_network("network"), make_city("bergen-no"), joined="2019")
    asked = wanted("memberships")
    asked.filters.queryset = Membership.objects.as_of(datetime.date(2019, 6, 1))
    [row] = rows(take(asked))
    assert row["as_of_answer"] == "possible"


@pytest.mark.django_db
def test_a_list_fills_every_column_that_it_promises():
    make_membership(make_network("network", founded=2000), make_city("bergen-no"), joined="2010")
    for name, column_set in COLUMN_SETS.items():
        found = find(name, wanted(name, **AS_OF.get(name, {})).filters, day=DAY)
        assert bool(column_set.completed) == bool(found.complete), name
        for row in rows_of(name, found, column_set.chosen(column_set.completed)):
            assert all(row[column] not in ("", None) for column in column_set.completed), name


@pytest.mark.django_db
def test_records_are_counted_as_the_lists_count_them():
    make_membership(make_network("network", focus_areas=["climate"]), make_city("bergen-no"))
    for name, column in {
        "networks": "listed_members",
        "cities": "listed_networks",
        "focus-areas": "listed_networks",
    }.items():
        assert [row[column] for row in rows(take(wanted(name)))] == ["1"], name


@pytest.mark.django_db
def test_the_order_asked_for_is_the_order_of_the_file():
    for name, population in (("Aa", 1), ("Bb", 3), ("Cc", 2)):
        make_city(f"{name.lower()}-no", name=name, population=population)
    assert [row["name"] for row in rows(take(wanted(sort="-population")))] == ["Bb", "Cc", "Aa"]
    assert [row["name"] for row in rows(take(wanted(q="bb")))] == ["Bb"]


@pytest.mark.django_db
def test_a_feature_has_its_place_whatever_columns_were_chosen():
    make_city("bergen-no", latitude=60.39, longitude=5.32)
    [feature] = json.loads(b"".join(take(wanted(extension="geojson", columns=["name"]))))[
        "features"
    ]
    assert feature["id"] == "bergen-no"
    assert feature["geometry"]["coordinates"] == [5.32, 60.39]
    assert list(feature["properties"]) == ["name"]
