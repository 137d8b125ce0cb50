"""CSV: for every tool there is, spreadsheets included."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from directory.datapackage.cells import render
from directory.downloads.formats.guarding import guarded
from directory.models.columns import Column, Row

# Tells Excel that the file is UTF-8; other programs may take it for a part of the first name.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
# Numbers and days begin no formula: a minus in front of a longitude must stay bare.
UNGUARDED_TYPES = ("integer", "number", "date", "boolean")


def write_csv(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    bom: bool = False,
    end_marker: bool = False,
) -> Iterator[bytes]:
    """Yield a header and a line for each row: UTF-8, LF, quotes only where needed.

    Cells are those of the data package, guarded against formulas. ``bom`` puts the byte order
    mark in front; ``end_marker`` adds a last line ``# complete: … rows``, which is no row.
    Raises ValueError for a value that no cell can hold.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")

    def line(cells: Iterable[str]) -> bytes:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue().encode()

    if bom:
        yield BYTE_ORDER_MARK
    yield line(column.name for column in columns)
    cells = [(column.name, _renderer(column)) for column in columns]
    count = 0
    for row in rows:
        yield line([render(row[name]) for name, render in cells])
        count += 1
    if end_marker:
        yield f"# complete: {count} rows\n".encode()


def _renderer(column: Column) -> Callable[[Any], str]:
    """Return what makes cells of a column: chosen once, for millions of them."""
    if column.type in UNGUARDED_TYPES:
        return partial(render, column)
    if column.type == "string":
        return guarded
    return lambda value: guarded(render(column, value))
