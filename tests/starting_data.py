"""Copies of the test database that hold the starting data.

Loading takes some twenty seconds, so it is done once for all processes of a test run; each of them
then works on a copy of its own.
"""

import datetime
import fcntl
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.insights import likeness


def copy_with_starting_data(shared: Path, *, worker: str, own: Path) -> BaseDatabaseWrapper:
    """A connection to a copy of the empty test database with the package and the gazetteer in it.

    `shared` is a folder of the whole run, `own` one of this process, `worker` the name that
    pytest-xdist gave it (empty without). Whoever comes first loads; the others wait and copy.
    """
    empty = connections["default"]
    copies = _SQLiteCopies(empty, shared, own) if _is_sqlite() else _PostgreSQLCopies(empty, worker)
    with (shared / "starting-data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "starting-data.done"
        if not done.exists():
            _load(copies.original())
            done.touch()
        return copies.copy()


@contextmanager
def empty_database(name: str, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection to a database without a single table; it is removed after the block."""
    usual = connections["default"]
    if _is_sqlite():
        own = _with_name(usual, str(folder / f"{name}.sqlite3"))
        yield own
        own.close()
        return
    own = _with_name(usual, f"{usual.settings_dict['NAME']}_{name}")
    _drop(usual, own.settings_dict["NAME"])
    with usual._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {usual.ops.quote_name(own.settings_dict['NAME'])}")
    yield own
    drop(own)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Close a copy and, on PostgreSQL, remove it."""
    connection.close()
    if not _is_sqlite():
        _drop(connection, connection.settings_dict["NAME"])


def drop_original() -> None:
    """Remove what the processes copied from, once they have all ended."""
    if not _is_sqlite():
        connection = connections["default"]
        _drop(connection, connection.creation._get_test_db_name() + _PostgreSQLCopies.ORIGINAL)


class _SQLiteCopies:
    def __init__(self, empty: BaseDatabaseWrapper, shared: Path, own: Path) -> None:
        self.empty = empty
        self.path = shared / "starting-data.sqlite3"
        self.own_path = own / "starting-data.sqlite3"

    def original(self) -> BaseDatabaseWrapper:
        self.empty.ensure_connection()
        self.path.unlink(missing_ok=True)
        target = sqlite3.connect(self.path)
        self.empty.connection.backup(target)
        target.close()
        return _with_name(self.empty, str(self.path))

    def copy(self) -> BaseDatabaseWrapper:
        shutil.copy(self.path, self.own_path)
        return _checked_when_written_to(_with_name(self.empty, str(self.own_path)))


def _checked_when_written_to(copy: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    """Let foreign keys be checked after those tests alone that wrote something.

    Django has SQLite check those of all rows after each test: a fifth of a second.
    """
    check, checked = copy.check_constraints, 0

    def check_constraints(table_names: Sequence[str] | None = None) -> None:
        nonlocal checked
        written = copy.connection.total_changes
        if written != checked:
            check(table_names)
            checked = written

    copy.check_constraints = check_constraints
    return copy


class _PostgreSQLCopies:
    ORIGINAL = "_original"

    def __init__(self, empty: BaseDatabaseWrapper, worker: str) -> None:
        self.empty = empty
        self.name = empty.settings_dict["NAME"]
        self.original_name = self.name.removesuffix(f"_{worker}") + self.ORIGINAL

    def original(self) -> BaseDatabaseWrapper:
        # A template may have no connection open.
        self.empty.close()
        return self._create(self.original_name, template=self.name)

    def copy(self) -> BaseDatabaseWrapper:
        return self._create(f"{self.name}_loaded", template=self.original_name)

    def _create(self, name: str, *, template: str) -> BaseDatabaseWrapper:
        _drop(self.empty, name)
        quote = self.empty.ops.quote_name
        with self.empty._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)}")
        return _with_name(self.empty, name)


def _load(target: BaseDatabaseWrapper) -> None:
    empty = connections["default"]
    connections["default"] = target
    try:
        # In the order of citynet/serve.py, and for its reason.
        call_command("load_gazetteer", verbosity=0)
        call_command("load_package", str(settings.BASE_DIR / "fixtures"), verbosity=0)
        # On the day on which the tests of the API run, whatever the day of loading.
        likeness.rebuild(day=datetime.date(2026, 11, 23))
    finally:
        connections["default"] = empty
        # The last connection to close brings SQLite's write-ahead log into the file itself.
        target.close()


def _drop(connection: BaseDatabaseWrapper, name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def _with_name(source: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    copy = source.copy()
    copy.settings_dict["NAME"] = name
    return copy


def _is_sqlite() -> bool:
    return connections["default"].vendor == "sqlite"
