import csv
import io
import re

import pytest
from hypothesis import given

from directory.datapackage.cells import render
from directory.downloads.formats.comma_separated import write_csv
from directory.downloads.formats.guarding import guarded, unguarded
from tests.directory.downloads.formats.tables import COLUMNS, ROWS, TEXTS


def read(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@given(ROWS)
def test_what_is_written_is_read_again(rows):
    header, *lines = read(b"".join(write_csv(COLUMNS, rows)))
    assert header == [column.name for column in COLUMNS]
    wanted = [[render(column, row[column.name]) for column in COLUMNS] for row in rows]
    assert [[unguarded(cell) for cell in line] for line in lines] == wanted


@given(ROWS)
def test_no_text_begins_a_formula_wherever_a_spreadsheet_cuts(rows):
    for line in read(b"".join(write_csv(COLUMNS, rows)))[1:]:
        for column, cell in zip(COLUMNS, line, strict=True):
            if column.type in ("string", "list"):
                assert not re.search(r"(^|;)[=+\-@＝＋－＠]", cell)


@given(TEXTS)
def test_a_guard_is_taken_off_again(text):
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded(guarded(text))) == guarded(text)


@pytest.mark.parametrize("text", ["#Fund", "'s-Hertogenbosch", "Paris-Saclay", "2019-05-03", "a@b"])
def test_text_that_is_no_formula_stays_as_it_is(text):
    assert guarded(text) == text


def test_coordinates_keep_their_minus():
    row = {"string": "-1", "number": -33.9, "integer": -1, "boolean": False, "date": "", "list": []}
    [line] = read(b"".join(write_csv(COLUMNS, [row])))[1:]
    assert line == ["'-1", "-1", "-33.9", "no", "", ""]


def test_the_byte_order_mark_and_the_end_marker_are_for_those_who_ask():
    plain = b"".join(write_csv(COLUMNS[:1], [{"string": "é"}]))
    assert plain == "string\né\n".encode()
    asked = b"".join(write_csv(COLUMNS[:1], [{"string": "é"}], bom=True, end_marker=True))
    assert asked == b"\xef\xbb\xbf" + plain + b"# complete: 1 rows\n"
