"""No row refers to one that is gone, and SQLite's file is whole."""

from collections.abc import Iterator

from django.db import connection

from directory.integrity.finding import Finding


def references() -> Iterator[Finding]:
    """Look where a program that is not ours may have written: in SQLite's file.

    PostgreSQL refuses such rows from whoever writes, so there is nothing to look for.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _key in cursor.fetchall():
            yield Finding(table, str(row), f"refers to a row of {parent} that is not there")
        cursor.execute("PRAGMA quick_check(10)")
        for [said] in cursor.fetchall():
            if said != "ok":
                yield Finding("sqlite", str(connection.settings_dict["NAME"]), said)
