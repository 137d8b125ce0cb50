"""What tests of all kinds share: which database they run on, and a copy with the starting data."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def pytest_report_header(config: pytest.Config) -> str:
    """Name the database, so that no log leaves open what was tested."""
    if settings.USES_SQLITE:
        return f"database: SQLite {sqlite3.sqlite_version}"
    return f"database: PostgreSQL at {settings.DATABASE['HOST']}:{settings.DATABASE['PORT']}"


@pytest.fixture(scope="session")
def loaded_database(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BaseDatabaseWrapper]:
    """A second test database, with the package and the gazetteer of fixtures/ in it.

    Beside the usual one, which stays empty. Made once per session and process, since loading takes
    seconds. Use `starting_data` to run a module's tests on it.
    """
    with django_db_blocker.unblock():
        empty = connections["default"]
        if empty.vendor == "sqlite":
            loaded = _copy_sqlite(empty, str(tmp_path_factory.mktemp("loaded") / "loaded.sqlite3"))
        else:
            loaded = _copy_postgresql(empty)
        connections["default"] = loaded
        try:
            call_command("load_package", str(settings.BASE_DIR / "fixtures"), verbosity=0)
            call_command("load_gazetteer", verbosity=0)
        finally:
            connections["default"] = empty
        yield loaded
        loaded.close()
        if empty.vendor == "postgresql":
            with empty.cursor() as cursor:
                name = empty.ops.quote_name(loaded.settings_dict["NAME"])
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")


@pytest.fixture(scope="module")
def starting_data(loaded_database: BaseDatabaseWrapper) -> Iterator[None]:
    """Lets a module's tests see the whole starting data instead of an empty database.

    For a whole module: `pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(
    "starting_data")]`. Each test's own changes are rolled back as usual; tests with
    `transaction=True` would empty the copy and must not use it.
    """
    empty = connections["default"]
    connections["default"] = loaded_database
    yield
    connections["default"] = empty


def _copy_sqlite(source: BaseDatabaseWrapper, path: str) -> BaseDatabaseWrapper:
    source.ensure_connection()
    with sqlite3.connect(path) as target:
        source.connection.backup(target)
    target.close()
    return _with_name(source, path)


def _copy_postgresql(source: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    name = f"{source.settings_dict['NAME']}_loaded"
    # A template may have no connection open, so the copy is made from another database.
    source.close()
    with source._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {source.ops.quote_name(name)}")
        cursor.execute(
            f"CREATE DATABASE {source.ops.quote_name(name)} "
            f"TEMPLATE {source.ops.quote_name(source.settings_dict['NAME'])}"
        )
    return _with_name(source, name)


def _with_name(source: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    copy = source.copy()
    copy.settings_dict["NAME"] = name
    return copy
