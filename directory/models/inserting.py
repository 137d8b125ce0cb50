"""Many rows into one table by the fastest way that each database has."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.db import connection, models


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows of text and numbers (no NULL) inside the caller's transaction.

    The rows go past the model: no defaults, no signals; constraints hold.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(model._meta.get_field(field).column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            buffer = io.StringIO(newline="")
            # All text quoted: an unquoted empty cell would be NULL to PostgreSQL.
            csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
            buffer.seek(0)
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv)", buffer)
        else:
            marks = ", ".join(["%s"] * len(fields))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
            cursor.executemany(sql, rows)


def refresh_statistics(*models_written: type[models.Model]) -> None:
    """Let PostgreSQL know of the new rows at once; until it does it may plan queries badly."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models_written:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
