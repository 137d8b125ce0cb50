"""What tests of all kinds share: which database they run on, and a copy with the starting data."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from directory.models import Release
from directory.releases.frozen import Frozen
from directory.web.catalogues import compile_stale
from tests import another_connection
from tests import starting_data as copies
from tests.factories import make_release
from tests.frozen_release import frozen_starting_data

# How fast it draws examples says how busy the machine is: in a fresh clone the first one of them
# waits for a table of all characters.
hypothesis_settings.register_profile("citynet", suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("citynet")
# Many more examples than there is time for in the fast suite: --hypothesis-profile=thorough.
hypothesis_settings.register_profile(
    "thorough", hypothesis_settings.get_profile("citynet"), max_examples=2000, deadline=None
)


def pytest_report_header(config: pytest.Config) -> str:
    """Name the database, so that no log leaves open what was tested."""
    if settings.USES_SQLITE:
        return f"database: SQLite {sqlite3.sqlite_version}"
    return f"database: PostgreSQL at {settings.DATABASE['HOST']}:{settings.DATABASE['PORT']}"


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues that changed: pages in other languages are tested, too."""
    compile_stale()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove what `loaded_database` was copied from, when the last process has ended."""
    if not hasattr(session.config, "workerinput"):
        with session.config.stash[blocking_manager_key].unblock():
            copies.drop_original()


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No test pays for the searches of those before it."""
    caches["reads"].clear()


@pytest.fixture(scope="session")
def loaded_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[BaseDatabaseWrapper]:
    """A second test database, with the package and the gazetteer of fixtures/ in it.

    Beside the usual one, which stays empty. Use `starting_data` to run a module's tests on it.
    """
    worker = "" if worker_id == "master" else worker_id
    own = tmp_path_factory.mktemp("loaded")
    shared = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock():
        connection = copies.copy_with_starting_data(
            shared.parent if worker else shared, worker=worker, own=own
        )
        yield connection
        copies.drop(connection)


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


@pytest.fixture(scope="session")
def frozen(
    loaded_database: BaseDatabaseWrapper,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Frozen:
    """The files of a release of the starting data, made once for all tests that read them."""
    shared = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock():
        return frozen_starting_data(
            shared if worker_id == "master" else shared.parent, loaded_database
        )


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The settings of the database, which takes several connections."""
    with another_connection.shared(tmp_path) as settings_of_database:
        yield settings_of_database


@pytest.fixture
def listed_release(db: None) -> Release:
    """A release of 1 November 2026 in the list; its files lie in no storage."""
    return make_release()
