"""One run at a time makes a release: the others are told so before they touch a file."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from directory.releases.refusal import ReleaseRefused

# By this number PostgreSQL knows the making of releases.
NUMBER = int.from_bytes(b"releases")


@contextmanager
def only_run() -> Iterator[None]:
    """Hold the making of releases of this database; raises ReleaseRefused where another run does.

    PostgreSQL holds it for the connection; SQLite, which has one host, a file beside its own. Both
    let go when the process ends, however it ends.
    """
    if connection.vendor == "postgresql":
        held = _held_by_connection()
    elif connection.is_in_memory_db():
        # No other process reaches it.
        held = _held_by_nobody_else()
    else:
        held = _held_by_file(Path(f"{connection.settings_dict['NAME']}.releases.lock"))
    with held as is_held:
        if not is_held:
            raise ReleaseRefused("another run is making one in this moment: let it end.")
        yield


@contextmanager
def _held_by_connection() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER])
        [is_held] = cursor.fetchone()
    try:
        yield is_held
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [NUMBER])


@contextmanager
def _held_by_file(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _held_by_nobody_else() -> Iterator[bool]:
    yield True
