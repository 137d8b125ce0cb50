import datetime
import io

import openpyxl
import pytest
from hypothesis import given

from directory.datapackage.cells import render
from directory.downloads.formats.workbook import write_workbook
from tests.directory.downloads.formats.tables import COLUMNS, ROWS


def opened(rows, **about):
    content = b"".join(write_workbook(COLUMNS, rows, title="rows", about=about))
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=False)


def as_read(column, value):
    if value is None or value in ("", []):
        return None
    if column.type == "date":
        return datetime.datetime.fromisoformat(value)
    return render(column, value) if column.type == "list" else value


@given(ROWS)
def test_openpyxl_reads_the_rows_with_their_types(rows):
    header, *lines = opened(rows)["rows"].iter_rows()
    assert [cell.value for cell in header] == [column.name for column in COLUMNS]
    wanted = [[as_read(column, row[column.name]) for column in COLUMNS] for row in rows]
    assert [[cell.value for cell in line] for line in lines] == wanted
    assert all(cell.data_type != "f" for line in lines for cell in line), "no formula"


def test_a_second_sheet_says_what_the_rows_are():
    workbook = opened([], revision=7, query="country=NO")
    assert workbook.sheetnames == ["rows", "about"]
    assert list(workbook["about"].values) == [("revision", "7"), ("query", "country=NO")]


def test_the_first_bytes_leave_before_the_first_row_is_asked_for():
    def rows():
        raise AssertionError("too early")
        yield

    assert next(iter(write_workbook(COLUMNS, rows(), title="rows", about={}))).startswith(b"PK")


def test_the_same_rows_are_the_same_bytes():
    once, again = (b"".join(write_workbook(COLUMNS, [], title="x", about={})) for _ in range(2))
    assert once == again


def test_a_text_too_long_for_a_cell_is_refused():
    row = {column.name: column.empty for column in COLUMNS} | {"string": "x" * 40_000}
    with pytest.raises(ValueError, match="40000 characters"):
        opened([row])
