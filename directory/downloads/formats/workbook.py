"""XLSX: a workbook whose rows leave while they are written.

Libraries for workbooks gather all rows in memory or in a file before the first byte leaves. What
a table needs of the format (ECMA-376) is little: a sheet is a file of XML inside a .zip, and a
.zip can be written to something that only goes forward.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from directory.datapackage.cells import render
from directory.downloads.formats.workbook_parts import (
    BOLD,
    CONTENT_TYPES,
    DATE,
    RELATIONSHIPS,
    SHEET_BEGINS,
    SHEET_ENDS,
    STYLES,
    WORKBOOK,
    WORKBOOK_RELATIONSHIPS,
)
from directory.models.columns import Column, Row

# What a sheet can hold, its first row being the names of the columns.
MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
# Day 0 of spreadsheets, for days after February 1900.
DAY_ZERO = datetime.date(1899, 12, 30)
# The fastest level: the network is no faster for a better one.
COMPRESSION = 1
ROWS_AT_ONCE = 100


class _Outbox(io.RawIOBase):
    """A file that only goes forward; what is written to it waits here to be taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        """Say so to whoever asks."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._waiting.append(bytes(data))
        return len(data)

    def take(self) -> Iterator[bytes]:
        """Yield what was written since the last time, if anything."""
        taken = b"".join(self._waiting)
        self._waiting.clear()
        if taken:
            yield taken


def write_workbook(
    columns: Sequence[Column], rows: Iterable[Row], *, title: str, about: Mapping[str, Any]
) -> Iterator[bytes]:
    """Yield a workbook: a sheet of rows called ``title``, and one that says what they are.

    Numbers, days and yes or no are cells of their own type; all else is text, which no program
    takes for a formula. Without its end a .zip does not open, so a cut-off file shows.
    """
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        for name, text in _small_parts(title).items():
            archive.writestr(_member(name), text)
            yield from outbox.take()
        with archive.open(_member("xl/worksheets/sheet1.xml"), "w") as sheet:
            for part in _sheet(columns, rows):
                sheet.write(part.encode())
                yield from outbox.take()
        archive.writestr(_member("xl/worksheets/sheet2.xml"), _about_sheet(about))
    yield from outbox.take()


def _member(name: str) -> zipfile.ZipInfo:
    """Return a file of the archive without a time of its own: same rows, same bytes."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _small_parts(title: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONSHIPS,
        "xl/workbook.xml": WORKBOOK.format(title=escape(title)),
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONSHIPS,
        "xl/styles.xml": STYLES,
    }


def _sheet(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    yield SHEET_BEGINS
    names = "".join(_text(column.name, style=BOLD) for column in columns)
    lines = [f"<row>{names}</row>"]
    for row in rows:
        cells = "".join(_cell(column, row[column.name]) for column in columns)
        lines.append(f"<row>{cells}</row>")
        if len(lines) >= ROWS_AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)
    yield SHEET_ENDS


def _about_sheet(about: Mapping[str, Any]) -> str:
    lines = "".join(f"<row>{_text(name)}{_text(str(value))}</row>" for name, value in about.items())
    return f"{SHEET_BEGINS}{lines}{SHEET_ENDS}"


def _cell(column: Column, value: Any) -> str:
    if value is None or value in ("", []):
        return "<c/>"
    match column.type:
        case "integer" | "number":
            return f"<c><v>{render(column, value)}</v></c>"
        case "boolean":
            return f'<c t="b"><v>{int(value)}</v></c>'
        case "date":
            days = (datetime.date.fromisoformat(value) - DAY_ZERO).days
            return f'<c s="{DATE}"><v>{days}</v></c>'
        case _:
            return _text(render(column, value))


def _text(text: str, *, style: int = 0) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a cell of a workbook holds no text of {len(text)} characters")
    styled = f' s="{style}"' if style else ""
    written = escape(text)
    return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{written}</t></is></c>'
