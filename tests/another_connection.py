"""Two connections to one database, for what happens while another one writes."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections


def in_another_thread(work: Callable[[], object], database: dict[str, Any]) -> None:
    """Do the work as another visitor or process would, on a connection of its own.

    ``database`` is what the fixture ``shared_database`` gives.
    """

    def on_own_connection() -> None:
        own = connections.create_connection("default")
        own.settings_dict = database
        connections["default"] = own
        try:
            work()
        finally:
            own.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(on_own_connection).result()


@contextmanager
def shared(folder: Path) -> Iterator[dict[str, Any]]:
    """The settings of a database that takes several connections; what the block uses.

    That of the tests on SQLite lives in memory: a copy of it in a file stands in for it.
    """
    usual = connections["default"]
    if usual.vendor != "sqlite":
        yield usual.settings_dict
        return
    usual.ensure_connection()
    path = folder / "shared.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        usual.connection.backup(copy)
    own = connections.create_connection("default")
    own.settings_dict = usual.settings_dict | {"NAME": str(path)}
    connections["default"] = own
    yield own.settings_dict
    connections["default"] = usual
    own.close()
