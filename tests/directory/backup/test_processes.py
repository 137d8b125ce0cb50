"""Backup and restore beside other processes: writers who go on, a kill, the other database."""

import signal

import pytest
from django.db import connection

from directory.backup.restoring import restore_backup
from directory.backup.writing import write_backup
from directory.datapackage.exporting import export_package
from directory.history import current_revision
from tests.directory.backup.system import address, empty_the_system, everything, make_system, run
from tests.directory.datapackage.tiny import files

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WHILE_SOMEONE_WRITES = """
import sys, threading
from pathlib import Path
from django.db import connections
from directory.backup.writing import write_backup
from directory.history import change_set, current_revision
from directory.models import City
from directory.models.choices import Origin

def write():
    with change_set(origin=Origin.WEB, reason="Meanwhile"):
        city = City.objects.order_by("slug").last()
        city.population = (city.population or 0) + 1
        city.save()
    connections.close_all()

def progress(rows, name):
    # After the log's entries, before its change sets' cities are read, and once more later.
    if name in ("directory.ChangeSet", "directory.Membership"):
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=10)
        assert not writer.is_alive(), "the writer had to wait"
    return rows

write_backup(Path(sys.argv[1]), progress=progress)
print(current_revision())
"""

KILLED_BEFORE_THE_COMMIT = """
import os, signal, sys
from directory.models import Entry
from directory.search import index
def kill():
    assert Entry.objects.count() > 20
    os.kill(os.getpid(), signal.SIGKILL)
index.rebuild = kill
call_command("restore", sys.argv[1])
"""

RESTORE_AND_EXPORT = """
import sys
call_command("restore", sys.argv[1])
call_command("export_package", sys.argv[2])
"""


def test_a_backup_is_one_state_though_writers_go_on(tmp_path):
    make_system(tmp_path)
    before = everything()
    path = tmp_path / "citynet.tar.gz"
    done = run(address(tmp_path), WHILE_SOMEONE_WRITES, path)
    assert done.stdout.strip() == "5", done.stderr
    empty_the_system()
    manifest = restore_backup(path)
    assert manifest.revision == current_revision() == 3
    after = everything()
    for rows in (before, after):
        del rows["directory.CityTerm"]
    assert after == before


def test_a_killed_restore_leaves_the_system_empty(tmp_path):
    make_system(tmp_path)
    path = tmp_path / "citynet.tar.gz"
    export_package(tmp_path / "before")
    write_backup(path)
    empty_the_system()
    system = address(tmp_path)
    killed = run(system, KILLED_BEFORE_THE_COMMIT, path)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    # It refuses a system with a single row.
    again = run(system, RESTORE_AND_EXPORT, path, tmp_path / "after")
    assert again.returncode == 0, again.stderr
    assert files(tmp_path / "after") == files(tmp_path / "before")


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs both databases")
def test_a_backup_goes_to_the_other_database_and_back(tmp_path):
    assert connection.vendor == "postgresql"
    make_system(tmp_path)
    before = everything(with_gazetteer=True)
    export_package(tmp_path / "before")
    write_backup(tmp_path / "first.tar.gz", with_gazetteer=True)
    there = f"sqlite:///{tmp_path}/there.sqlite3"
    migrated = run(there, "call_command('migrate', verbosity=0)")
    assert migrated.returncode == 0, migrated.stderr
    code = RESTORE_AND_EXPORT + "call_command('backup', sys.argv[3], '--with-gazetteer')"
    second = tmp_path / "second.tar.gz"
    moved = run(there, code, tmp_path / "first.tar.gz", tmp_path / "there", second)
    assert moved.returncode == 0, moved.stderr
    assert files(tmp_path / "there") == files(tmp_path / "before")
    empty_the_system()
    restore_backup(second)
    export_package(tmp_path / "after")
    assert files(tmp_path / "after") == files(tmp_path / "before")
    assert everything(with_gazetteer=True) == before
