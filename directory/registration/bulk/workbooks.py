"""Workbooks (.xlsx), looked through before they are opened: a small one may hold gigabytes."""

import datetime
import io
import struct
import zipfile
import zlib
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from directory.registration.bulk.refusals import MOST_COLUMNS, MOST_ROWS, Refused, TableRead

MOST_UNPACKED = 60_000_000
MOST_PARTS = 500
# Other ways unpack a byte to a million, and no program packs workbooks so.
PACKED_HOW = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Rows of nothing are passed over, but not for ever.
MOST_LINES = 2 * MOST_ROWS
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    SyntaxError,
    LookupError,
    ArithmeticError,
    AssertionError,
)
"""What openpyxl raises for files that are broken or made to break it (its XML errors are
SyntaxErrors)."""


def read_workbook(content: bytes) -> TableRead:
    """Return the first sheet that holds something; raises ``Refused``."""
    _look_through(content)
    try:
        workbook = load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
        try:
            return _first_table(workbook.worksheets)
        finally:
            workbook.close()
    except Refused:
        raise
    except BROKEN as error:
        raise Refused(_unreadable()) from error


def _look_through(content: bytes) -> None:
    """Refuse what is no workbook, what unpacks to too much, and XML that defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "mimetype" in names or "content.xml" in names:
                raise Refused(
                    _("This is an OpenDocument file. Save it as .xlsx or CSV, then send that.")
                )
            if "xl/workbook.xml" not in names:
                raise Refused(
                    _("This is an archive, not a table. Unpack it and send the .xlsx or CSV file.")
                )
            if any(part.compress_type not in PACKED_HOW for part in parts):
                raise Refused(_unreadable())
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise Refused(
                    _(
                        "Unpacked, this workbook is too large. Copy the table alone into a new "
                        "workbook, or save it as CSV."
                    )
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(archive.read(part))
    except Refused:
        raise
    except BROKEN as error:
        raise Refused(_unreadable()) from error


def _refuse_entities(part: bytes) -> None:
    # No program writes them into workbooks; without zeros, UTF-16 reads alike.
    if b"<!DOCTYPE" in part.replace(b"\0", b""):
        raise Refused(_unreadable())


def _unreadable() -> str:
    return _(
        "This workbook cannot be opened: it is broken, protected by a password or not .xlsx. "
        "Save it anew as .xlsx, or as CSV."
    )


def _first_table(sheets: list[ReadOnlyWorksheet]) -> TableRead:
    for sheet in sheets:
        if not hasattr(sheet, "iter_rows"):
            continue
        rows = _rows(sheet)
        if rows:
            others = len(sheets) - 1
            notes = []
            if others:
                notes.append(
                    ngettext(
                        "The sheet “%(name)s” was read; %(count)d other was not.",
                        "The sheet “%(name)s” was read; %(count)d others were not.",
                        others,
                    )
                    % {"name": sheet.title[:50], "count": others}
                )
            return TableRead(rows[0][1], rows[1:], notes, is_workbook=True)
    raise Refused(_("The workbook is empty."))


def _rows(sheet: ReadOnlyWorksheet) -> list[tuple[int, list[str]]]:
    # What the file says of its own size is not to be believed.
    sheet.reset_dimensions()
    found: list[tuple[int, list[str]]] = []
    lines = sheet.iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, line in enumerate(lines, start=1):
        cells = [_text(value) for value in line]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((number, cells))
        if len(found) > MOST_ROWS + 1 or number > MOST_LINES:
            break
    return found


def _text(value: Any) -> str:
    """Return a cell as a person would write it into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else str(value)
    if isinstance(value, str | int | float | datetime.date | datetime.time):
        return str(value).strip()
    return "=…"
