"""The same file again, with a column that says what is wrong in each row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from directory.models import Upload
from directory.models.upload import Verdict
from directory.registration.bulk.confirming import UNUSABLE

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would run when the file is opened; an apostrophe makes it text.
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class File:
    """A file to download."""

    name: str
    content_type: str
    content: bytes


def errors_file(upload: Upload) -> File:
    """Return the file as it was sent, every row of it, with the column ``errors`` at its end."""
    return _file("citynet-errors", _lines(upload), upload.delimiter, is_workbook=upload.is_workbook)


def sample_file(needed: str, *, is_workbook: bool = False) -> File:
    """Return a file to fill in: the header and one row; ``needed``: city or network."""
    if needed == "city":
        lines = [
            ["city", "country", "division", "role", "joined", "left", "source"],
            ["Bergen", "NO", "Vestland", "member", "2019-05", "", "https://example.org/members"],
        ]
    else:
        lines = [
            ["network", "role", "joined", "left", "source"],
            ["Eurocities", "member", "2019-05", "", "https://example.org/memberships"],
        ]
    return _file("citynet-sample", iter(lines), ",", is_workbook=is_workbook)


def _lines(upload: Upload) -> Iterator[list[str]]:
    yield [*upload.header, "errors"]
    places = upload.columns
    for cells, verdict, errors in (
        upload.rows.exclude(verdict=Verdict.GONE)
        .order_by("number")
        .values_list("cells", "verdict", "errors")
        .iterator(chunk_size=2000)
    ):
        said = [
            f"{upload.header[places[column]] if column in places else column}: {sentence}"
            for column, sentences in errors.items()
            for sentence in sentences
        ]
        yield [*cells, " ".join(said) if verdict in UNUSABLE else ""]


def _file(name: str, lines: Iterator[list[str]], delimiter: str, *, is_workbook: bool) -> File:
    if is_workbook:
        return File(f"{name}.xlsx", WORKBOOK, _workbook(lines))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([_guarded(cell) for cell in line] for line in lines)
    # Spreadsheets take a file without the mark for one in the code page of their country.
    return File(f"{name}.csv", "text/csv; charset=utf-8", text.getvalue().encode("utf-8-sig"))


def _workbook(lines: Iterator[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("Rows"))
    for line in lines:
        sheet.append([_text_cell(sheet, cell) for cell in line])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _guarded(text))
    cell.data_type = "s"
    return cell


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(BEGINNINGS) else text
