"""The counters behind the numbers of new rows: a number that was ever given is not given again.

The public ids of memberships and statements are such numbers, and stay taken after a removal.
"""

from django.db import connection, models


def last_number(model: type[models.Model]) -> int | None:
    """Return the last number that the database gave to a row; None where it gives none."""
    field = model._meta.auto_field
    if field is None:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [connection.ops.quote_name(model._meta.db_table), field.column],
            )
        else:
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
            )
        found = cursor.fetchone()
    return (found and found[0]) or 0


def continue_from(model: type[models.Model], number: int) -> None:
    """Let the next new row take a greater number than this and than any that stands there."""
    field = model._meta.auto_field
    newest = model._base_manager.aggregate(newest=models.Max(field.attname))["newest"] or 0
    number = max(number, newest)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [connection.ops.quote_name(table), field.column, max(number, 1), number > 0],
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number]
            )
