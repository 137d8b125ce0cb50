"""Holding still what others write, and letting nobody wait for longer than that takes.

SQLite needs none of it: it has one writer at a time for the whole file.
"""

from django.db import connection, models


def lock_against_writers(*written: type[models.Model]) -> None:
    """Let no other transaction write to the models' tables until this one ends; readers go on.

    What was compared then is what is written, and ids that are stated are not taken meanwhile.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in written)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def share_row(model: type[models.Model], key: int) -> None:
    """Hold a row as it is until the transaction ends, together with others who only do the same.

    Django has no word for such a lock; ``select_for_update`` waits for all who hold it.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [key])  # noqa: S608


def check_references() -> None:
    """Have PostgreSQL check now what it would check at the commit.

    For a long list that takes seconds, in which nobody else could have what is held by then.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
