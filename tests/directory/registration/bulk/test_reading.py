"""Tables are read as people send them; what cannot be read is refused in words that help."""

import datetime
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.registration.bulk import Refused
from directory.registration.bulk.reading import read_file, read_rows, read_text
from tests.directory.registration.bulk.files import with_part, workbook

CITIES = "city,joined\nMálaga,2019\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_that_says_so_is_read(encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    table = read_file(marks.get(encoding, b"") + CITIES.encode(encoding))
    assert (table.header, table.rows) == (["city", "joined"], [(2, ["Málaga", "2019"])])
    assert table.notes == []


def test_a_western_code_page_is_read_and_said():
    table = read_file(CITIES.encode("cp1252"))
    assert table.rows == [(2, ["Málaga", "2019"])]
    assert "Windows-1252" in table.notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_told_from_the_header(delimiter):
    text = f'city{delimiter}joined\r\n"Biel{delimiter} Bienne"{delimiter}2019\r\n'
    table = read_text(text)
    assert table.rows == [(2, [f"Biel{delimiter} Bienne".strip(), "2019"])]
    assert table.delimiter == delimiter


def test_numbers_of_rows_are_those_of_the_file():
    table = read_text("city\n\nBergen\n \nOslo\n")
    assert table.rows == [(3, ["Bergen"]), (5, ["Oslo"])]


def test_a_workbook_says_what_its_cells_show():
    table = read_file(
        workbook(
            [],
            [
                ["city", "joined", "left", "founder"],
                ["Gent", datetime.datetime(2019, 5, 3), 2020, True],  # noqa: DTZ001
                [],
                ["Oslo", datetime.date(2019, 5, 3), 2020.0, None],
            ],
        )
    )
    assert table.rows == [
        (2, ["Gent", "2019-05-03", "2020", "yes"]),
        (4, ["Oslo", "2019-05-03", "2020", ""]),
    ]
    assert table.is_workbook
    assert "1 other was not" in table.notes[0]


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), part)
    return content.getvalue()


def bomb() -> bytes:
    return with_part(workbook([["city"], ["Oslo"]]), "xl/sharedStrings.xml", b"0" * 61_000_000)


def entities() -> bytes:
    part = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    return with_part(workbook([["city"], ["Oslo"]]), "xl/workbook.xml", part)


REFUSED = {
    "nothing": (b" \n", "empty"),
    "a header alone": (b"city,country\n", "no row below"),
    "too many bytes": (b"x" * 5_000_001, "larger than 5 MB"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"),
    "a PDF": (b"%PDF-1.7 x", "PDF"),
    "an OpenDocument": (archive(mimetype=b"x", content_xml=b"x"), "OpenDocument"),
    "an archive": (archive(members_csv=b"city\nOslo\n"), "archive"),
    "a broken archive": (b"PK\x03\x04 and no more", "cannot be opened"),
    "a broken workbook": (archive(xl__workbook_xml=b"<x"), "cannot be opened"),
    "a zip bomb": (bomb(), "too large"),
    "entities": (entities(), "cannot be opened"),
    "a web page": (b"\n<!DOCTYPE html><table>", "web page"),
    "a web page named .xls": (b"<table><tr><td>city", "web page"),
    "zeros": (b"city\n\0\0\n", "no text file"),
    "UTF-16 without a mark": (CITIES.encode("utf-16-le"), "no text file"),
    "a mark that lies": (b"\xef\xbb\xbfcity\n\xff\n", "says that it is UTF-8"),
    "Cyrillic in a code page": ("город\nМосква\n".encode("cp1251"), "cannot be told"),
    "lost letters": ("city\nM\ufffdlaga\n".encode(), "Letters were lost"),
    "a control character": (b"city\nOs\x07lo\n", "U+0007"),
    "a stray quote": (b'city\n"Oslo\n', "quotation mark"),
    "a long cell": (b"city\n" + b"x" * 1001, "longer than 1000"),
    "too many columns": (b"city," + b"x," * 1_000_000 + b"\nOslo\n", "more than 60 columns"),
    "too many columns in a row": (b"city\nOslo" + b",x" * 80, "more than 60 columns"),
    "a row longer than the header": (b"city\nOslo,NO\n", "Row 2 has 2 cells"),
    "too many rows": (b"city\n" + b"Oslo\n" * 20_001, "more than 20000 rows"),
    "many columns in a workbook": (workbook([["x"] * 200, ["y"]]), "more than 60 columns"),
    "many rows in a workbook": (workbook([["city"], *[["Oslo"]] * 20_001]), "20000 rows"),
    "an empty workbook": (workbook([]), "empty"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_in_words(content, said):
    with pytest.raises(Refused, match=re.escape(said)) as refusal:
        read_file(content)
    assert list(refusal.value.errors) == ["file"]


def test_rows_that_lie_far_apart_end_the_reading():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><v>city</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="str"><v>Oslo</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(Refused, match="no row below"):
        read_file(with_part(workbook([["x"]]), "xl/worksheets/sheet1.xml", sheet))


def test_rows_of_a_program_may_name_different_columns():
    table = read_rows([{"city": "Oslo", "joined": 2019}, {"city": "Bergen", "founder": True}])
    assert table.header == ["city", "joined", "founder"]
    assert table.rows == [(2, ["Oslo", "2019", ""]), (3, ["Bergen", "", "yes"])]


@pytest.mark.parametrize("rows", [[{"city": ["Oslo"]}], ["Oslo"], "Oslo", [], None])
def test_rows_of_a_program_are_objects_of_plain_values(rows):
    with pytest.raises(Refused) as refusal:
        read_rows(rows)
    assert list(refusal.value.errors) == ["rows"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(content):
    _read_or_refuse(content)
    _read_or_refuse(b"PK\x03\x04" + content)
    _read_or_refuse(b"city,country\n" + content)


BOOK = workbook([["city", "joined"], ["Oslo", 2019]])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_read_or_refused(place, damage):
    _read_or_refuse(BOOK[:place] + damage + BOOK[place + len(damage) :])


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]),
    st.binary(max_size=60),
)
def test_any_part_of_a_workbook_may_be_odd(name, part):
    _read_or_refuse(with_part(BOOK, name, part))


def _read_or_refuse(content: bytes) -> None:
    try:
        table = read_file(content)
    except Refused:
        return
    assert all(len(cells) == len(table.header) for _number, cells in table.rows)
