"""What a check finds, and the tables as the data package's own checks read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from directory.datapackage.package import Package
from directory.models.columns import Row

BATCH = 500


@dataclass(frozen=True, order=True)
class Finding:
    """One disagreement, and the record in which it stands."""

    table: str
    record: str
    what: str

    def __str__(self) -> str:
        return f"{self.table}/{self.record}: {self.what}"


class StoredRows(Package):
    """Rows of the database for the checks of the data package; what these report are findings."""

    def __init__(self, **rows: Iterable[tuple[str, Row]]) -> None:
        super().__init__()
        self.findings: list[Finding] = []
        for table, found in rows.items():
            self.tables[table].rows = dict(found)

    def report(self, table: str, record: str, column: str, text: str) -> None:
        """Note a problem of a record."""
        self.findings.append(Finding(table, record, f"{column}: {text}"))


def in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the items in lists of a bounded length."""
    walk = iter(items)
    while batch := list(islice(walk, BATCH)):
        yield batch
