"""Holding whole tables still while much is compared and then written."""

from django.db import connection, models


def lock_against_writers(*written: type[models.Model]) -> None:
    """Let no other transaction write to the models' tables until this one ends; readers go on.

    What was compared then is what is written, and ids that are stated are not taken meanwhile.
    SQLite needs nothing: it has one writer at a time for the whole file.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in written)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
