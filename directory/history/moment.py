"""Reading many tables as they were at one moment, while writers go on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.models import Revision


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all queries of the block see what the first one sees; whoever writes need not wait.

    For reading only, of the database that reads go to. Inside a transaction that has begun already
    it adds nothing.
    """
    connection = connections[router.db_for_read(Revision)]
    if connection.in_atomic_block or _is_reading(connection):
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with _read_transaction(connection):
            yield


def _is_reading(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether a block of ours is open on SQLite, of which Django knows nothing."""
    if connection.vendor != "sqlite":
        return False
    connection.ensure_connection()
    return connection.connection.in_transaction


@contextmanager
def _read_transaction(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Begin a transaction of SQLite that takes no lock: Django's own take the writer's."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
