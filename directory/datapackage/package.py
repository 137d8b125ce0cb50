"""A data package in memory: its rows by table, where each stands, and the problems found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.datapackage.descriptor import file_name
from directory.datapackage.report import Problem
from directory.models.columns import Row, Table
from directory.models.tables import TABLES


@dataclass
class TableRows:
    """The rows of one table by public id.

    ``broken`` are rows with a cell that could not be read: they hold the other cells, so that
    references to and from them can still be checked. ``numbers`` are rows of the file; a record
    without one stands in the database.
    """

    table: Table
    rows: dict[str, Row] = field(default_factory=dict)
    broken: dict[str, Row] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def __contains__(self, record: str) -> bool:
        return record in self.rows or record in self.broken

    def readable(self) -> Iterator[tuple[str, Row]]:
        """Yield all rows, those included that lack some cells."""
        yield from self.rows.items()
        yield from self.broken.items()


class Package:
    """All tables of a package, and what is wrong with them."""

    def __init__(self) -> None:
        self.tables = {name: TableRows(table) for name, table in TABLES.items()}
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        """Tables whose file could not be read at all: what refers to them cannot be judged."""

    def rows(self, table: str) -> dict[str, Row]:
        """Return the complete rows of a table by public id."""
        return self.tables[table].rows

    def value(self, table: str, record: str, column: str) -> Any:
        """Return one value, or None where record or cell is missing."""
        held = self.tables[table]
        return (held.rows.get(record) or held.broken.get(record) or {}).get(column)

    def report(self, table: str, record: str, column: str, text: str) -> None:
        """Note a problem of a record, at its row or, where it has none, in the database."""
        held = self.tables[table]
        number = held.numbers.get(record)
        place = f"database {table}/{record}" if number is None else file_name(held.table)
        self.problems.append(Problem(place, number or 0, column, text))
