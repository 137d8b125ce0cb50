"""Whoever follows the changes has the same data as a fresh export, also while people write."""

import csv
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections
from pytest_django.live_server_helper import LiveServer

from directory.datapackage.cells import render
from directory.datapackage.exporting import export_package
from directory.history import change_set, current_revision
from directory.models import City
from directory.models.choices import Origin
from directory.models.tables import TABLES
from tests.api.mirror import Mirror, in_process, over_http
from tests.factories import make_city, make_membership, make_network, writing

WRITERS, ROUNDS = 4, 12


def exported(folder: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Export all data and return the cells by table, record and column."""
    export_package(folder)
    found = {}
    for name, table in TABLES.items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = {table.record_id(row): row for row in csv.DictReader(file)}
    return found


def cells(mirror: Mirror) -> dict[str, dict[str, dict[str, str]]]:
    """Return what a mirror holds as cells of the data package."""
    return {
        name: {
            record: {column.name: render(column, row[column.name]) for column in table.columns}
            for record, row in mirror.tables[name].items()
        }
        for name, table in TABLES.items()
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("starting_data")
def test_replaying_all_changes_gives_the_starting_data(tmp_path):
    mirror = Mirror(in_process, page_size=1000)
    mirror.catch_up()
    assert mirror.revision == current_revision()
    assert mirror.pages > 20
    assert cells(mirror) == exported(tmp_path)


def keep_writing(number: int) -> None:
    """Let two cities have the same population, in one change set; now and then add and remove."""
    try:
        for turn in range(ROUNDS):
            with change_set(origin=Origin.WEB, reason=f"Writer {number}, turn {turn}"):
                for city in (
                    City.objects.select_for_update().filter(slug__startswith="twin-").order_by("pk")
                ):
                    city.population = number * 1000 + turn
                    city.save()
                make_city(f"new-{number}-{turn}-no")
                if turn % 3 == 2:
                    City.objects.get(slug=f"new-{number}-{turn - 1}-no").delete()
                # Others commit while this one is half way.
                time.sleep(0.01 * (number + 1))
            if turn % 3 == 0:
                make_membership("north", f"new-{number}-{turn}-no")
    finally:
        connections.close_all()


def follow(mirror: Mirror, goes_on: Callable[[], bool]) -> None:
    """Poll until nobody writes any more and all is read."""
    while goes_on():
        mirror.catch_up()
        twins = {
            row["population"] for name, row in mirror.tables["cities"].items() if "twin" in name
        }
        assert len(twins) <= 1, "half of a change set"
    mirror.catch_up()


@pytest.mark.slow
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite's tests have one connection")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page_size", [2, 500])
def test_a_mirror_misses_nothing_while_several_people_write(
    live_server: LiveServer, tmp_path: Path, page_size: int
):
    assert connection.vendor == "postgresql"
    with writing():
        make_network("north")
        make_city("twin-a-no", population=1)
        make_city("twin-b-no", population=1)
    server = urlsplit(live_server.url)
    mirrors = [Mirror(over_http(server.hostname, server.port), page_size) for _ in range(2)]
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + len(mirrors)) as pool:
        following = [pool.submit(follow, mirror, lambda: not done.is_set()) for mirror in mirrors]
        writers = [pool.submit(keep_writing, number) for number in range(WRITERS)]
        try:
            for writer in writers:
                writer.result()
            read_meanwhile = [mirror.pages for mirror in mirrors]
        finally:
            done.set()
        for each in following:
            each.result()
    assert min(read_meanwhile) > 3, "nobody wrote while the mirrors read"
    assert [mirror.revision for mirror in mirrors] == [current_revision()] * 2
    truth = exported(tmp_path)
    for mirror in mirrors:
        assert cells(mirror) == truth
    assert current_revision() > WRITERS * ROUNDS
