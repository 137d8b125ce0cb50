"""Two connections to one database, for what happens while another one writes."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connections


def in_another_thread(work: Callable[[], object], database: dict[str, Any]) -> object:
    """Do the work as another visitor or process would, on a connection of its own.

    ``database`` is what the fixture ``shared_database`` gives. Returns what the work gives.
    """

    def on_own_connection() -> object:
        own = connections.create_connection("default")
        own.settings_dict = database
        connections["default"] = own
        try:
            return work()
        finally:
            own.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(on_own_connection).result()


def at_once(works: Sequence[Callable[[], object]], database: dict[str, Any]) -> list[object]:
    """Do several works in the same moment, each on a connection of its own.

    Returns what each gave back, or the exception that it ended with.
    """
    start = threading.Barrier(len(works))

    def begun_with_the_others(work: Callable[[], object]) -> object:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        begun = [
            pool.submit(in_another_thread, partial(begun_with_the_others, work), database)
            for work in works
        ]
    return [each.exception() or each.result() for each in begun]


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
