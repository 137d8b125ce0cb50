"""Reading what people hand in as a table: files, pasted text, rows of a program."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from directory.models.text import forbidden_characters
from directory.registration.bulk.decoding import check_text, decode
from directory.registration.bulk.refusals import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Refused,
    TableRead,
)
from directory.registration.bulk.workbooks import read_workbook

DELIMITERS = ("\t", ";", ",", "|")
ZIP, OLD_OFFICE, PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_file(content: bytes) -> TableRead:
    """Return the table in a file, told by what is in it and never by its name.

    Raises ``Refused``.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The file is larger than %(most)s MB. Send the table alone, or in parts.")
            % {"most": MOST_BYTES // 1_000_000}
        )
    if not content.strip():
        raise Refused(_("The file is empty."))
    if content.startswith(OLD_OFFICE):
        raise Refused(
            _(
                "This is an old Excel file (.xls), or one with a password. Save it as .xlsx "
                "without a password, or as CSV."
            )
        )
    if content.startswith(PDF):
        raise Refused(_("This is a PDF. Copy the table into a spreadsheet and save it as .xlsx."))
    if content.startswith(ZIP):
        return checked(read_workbook(content))
    text, notes = decode(content)
    return read_text(text, notes=notes)


def read_text(text: str, *, notes: Sequence[str] = (), column: str = "file") -> TableRead:
    """Return the table in text: CSV, or what a spreadsheet puts into the clipboard."""
    if not text.strip():
        raise Refused(_("There is no table yet."), column=column)
    if len(text) > MOST_BYTES:
        raise Refused(_("This is too much text. Send a file instead."), column=column)
    check_text(text)
    delimiter = _delimiter(text)
    rows = [
        (number, [cell.strip() for cell in cells])
        for number, cells in _records(text, delimiter)
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise Refused(_("There is no table yet."), column=column)
    table = TableRead(rows[0][1], rows[1:], list(notes), delimiter=delimiter)
    return checked(table)


def read_rows(rows: Sequence[Mapping[str, Any]]) -> TableRead:
    """Return the table that a program sends as a list of objects."""
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        raise Refused(_("Send a list of objects, one for each row."), column="rows")
    if len(rows) > MOST_ROWS:
        raise Refused(_too_many_rows(), column="rows")
    header = list(dict.fromkeys(str(name) for row in rows for name in row))
    # Before each row is given as many cells: many rows of different names are a great many.
    _check_width(len(header), "rows")
    return checked(
        TableRead(
            header,
            [
                (number, [_plain(row.get(name)) for name in header])
                for number, row in enumerate(rows, start=2)
            ],
        ),
        column="rows",
    )


def checked(table: TableRead, *, column: str = "file") -> TableRead:
    """Return the table with all rows of one length; raises ``Refused`` for one out of bounds."""
    while table.header and not table.header[-1]:
        table.header.pop()
    width = len(table.header)
    widest = max((len(cells) for _number, cells in table.rows), default=0)
    _check_width(max(width, widest), column)
    if len(table.rows) > MOST_ROWS:
        raise Refused(_too_many_rows(), column=column)
    if not table.rows:
        raise Refused(_("There is a header but no row below it."), column=column)
    for number, cells in [(1, table.header), *table.rows]:
        _check_cells(number, cells, column)
        if number != 1 and len(cells) > width:
            if any(cells[width:]):
                raise Refused(
                    _(
                        "Row %(row)d has %(cells)d cells, the header %(width)d. Quote cells that "
                        "hold the delimiter."
                    )
                    % {"row": number, "cells": len(cells), "width": width},
                    column=column,
                )
            del cells[width:]
        cells.extend([""] * (width - len(cells)))
    return table


def _check_cells(number: int, cells: Iterable[str], column: str) -> None:
    for place, cell in enumerate(cells, start=1):
        where = {"row": number, "column": place}
        if len(cell) > LONGEST_CELL:
            raise Refused(
                _("Row %(row)d, column %(column)d: the cell is longer than %(most)d characters.")
                % (where | {"most": LONGEST_CELL}),
                column=column,
            )
        if cell.isprintable():
            continue
        found = forbidden_characters(" ".join(cell.split()))
        if found:
            raise Refused(
                _(
                    "Row %(row)d, column %(column)d holds the invisible character %(name)s. "
                    "Remove it."
                )
                % (where | {"name": found[0]}),
                column=column,
            )


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line that is not empty, outside of quotes."""
    first = next(line for line in text.splitlines() if line.strip())
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count) if any(d in outside for d in DELIMITERS) else ","


def _records(text: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True
    )
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(
                _("Row %(row)d cannot be read; look for a stray quotation mark.") % {"row": number}
            ) from error
        yield number, cells
        if number > 2 * MOST_ROWS:
            raise Refused(_too_many_rows())


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise Refused(_("A cell holds text, a number, true, false or null."), column="rows")


def _too_many_rows() -> str:
    return _("The table has more than %(most)d rows. Send it in parts.") % {"most": MOST_ROWS}


def _check_width(width: int, column: str) -> None:
    if width > MOST_COLUMNS:
        raise Refused(
            _("The table has more than %(most)d columns. Leave those out that are not needed.")
            % {"most": MOST_COLUMNS},
            column=column,
        )
