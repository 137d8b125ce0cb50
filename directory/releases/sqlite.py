"""All tables as one SQLite file, with types, keys and indexes.

What a column holds several of stands in it as a JSON list; lists of ids stand once more in a table
of their own (``networks_focus_areas``), to join with.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from directory.downloads.formats.values import typed
from directory.models.columns import Column, Row, Table
from directory.models.tables import TABLES

TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "TEXT",
}
# "City" in ASCII: what `file` and others may tell the format by.
APPLICATION_ID = 0x43697479


class Database:
    """The SQLite file of a release: made empty, filled table by table, closed.

    The same rows give the same bytes with the same version of SQLite.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size=4096", "journal_mode=OFF", "foreign_keys=OFF"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self._connection.execute("BEGIN")
        for table in TABLES.values():
            for statement in _statements(table):
                self._connection.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert the rows of a table."""
        rows = list(rows)
        self._insert(table.name, len(table.columns), (_values(table, row) for row in rows))
        for column in linked_columns(table):
            pairs = (
                (row[table.key[0]], position, value)
                for row in rows
                for position, value in enumerate(row[column.name], start=1)
            )
            self._insert(link_table(table, column), 3, pairs)

    def finish(self, about: Mapping[str, Any]) -> None:
        """Insert what the release says of itself and write everything to the file.

        Raises ValueError where a row refers to one that is not there.
        """
        self._connection.execute('CREATE TABLE "meta" ("key" TEXT PRIMARY KEY, "value" TEXT)')
        self._insert("meta", 2, ((key, str(value)) for key, value in about.items()))
        if found := self._connection.execute("PRAGMA foreign_key_check").fetchone():
            raise ValueError(f"{found[0]}: row {found[1]} refers to no row of {found[2]}")
        self._connection.execute("COMMIT")
        self._connection.execute("VACUUM")

    def _insert(self, name: str, columns: int, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * columns)
        # The name is one of ours, never a visitor's.
        statement = f'INSERT INTO "{name}" VALUES ({marks})'  # noqa: S608
        self._connection.executemany(statement, rows)


def linked_columns(table: Table) -> list[Column]:
    """Return the columns that hold lists of ids."""
    return [column for column in table.columns if column.type == "list" and column.references]


def link_table(table: Table, column: Column) -> str:
    """Return the name of the table that holds a column's lists, one id in a row."""
    return f"{table.name}_{column.name}"


def _statements(table: Table) -> Iterator[str]:
    lines = [_definition(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    references = [each for each in table.columns if each.references and each.type != "list"]
    lines += [f'FOREIGN KEY ("{each.name}") {_target(each)}' for each in references]
    yield f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"
    for column in references:
        yield _index(table.name, column.name)
    for column in linked_columns(table):
        yield from _link_statements(table, column)


def _link_statements(table: Table, column: Column) -> Iterator[str]:
    own, name = table.key[0], link_table(table, column)
    lines = [
        f'"{table.name}_{own}" TEXT NOT NULL REFERENCES "{table.name}" ("{own}")',
        '"position" INTEGER NOT NULL',
        f'"{column.name}" TEXT NOT NULL {_target(column)}',
        f'PRIMARY KEY ("{table.name}_{own}", "position")',
    ]
    yield f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n)"
    yield _index(name, column.name)


def _definition(column: Column) -> str:
    words = [f'"{column.name}"', TYPES[column.type]]
    if column.required or column.type in ("list", "boolean"):
        words.append("NOT NULL")
    if column.unique:
        words.append("UNIQUE")
    if column.choices:
        values = ", ".join(f"'{value}'" for value in column.choices.values)
        words.append(f'CHECK ("{column.name}" IN ({values}))')
    if column.type == "boolean":
        words.append(f'CHECK ("{column.name}" IN (0, 1))')
    return " ".join(words)


def _target(column: Column) -> str:
    """Return the clause for what a column refers to; regions are no table of their own."""
    if column.references not in TABLES:
        return ""
    return f'REFERENCES "{column.references}" ({_names(TABLES[column.references].key)})'


def _index(table: str, column: str) -> str:
    return f'CREATE INDEX "{table}_by_{column}" ON "{table}" ("{column}")'


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _values(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(_value(column, row[column.name]) for column in table.columns)


def _value(column: Column, value: Any) -> Any:
    if column.type == "list":
        return json.dumps(value, ensure_ascii=False)
    return typed(column, value)
