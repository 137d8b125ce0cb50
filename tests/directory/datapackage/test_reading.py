"""Files that are no proper CSV are refused with the row at which they go wrong."""

import csv
import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.datapackage.cells import parse, render
from directory.datapackage.descriptor import descriptor_text
from directory.datapackage.loading import checked_package
from directory.datapackage.report import PackageRefusedError
from directory.models.tables import TABLES
from tests.directory.datapackage.tiny import tiny, write

HEADER = b"id,name\n"


def problems_of(folder) -> list[str]:
    with pytest.raises(PackageRefusedError) as refusal:
        checked_package(folder)
    return [str(problem) for problem in refusal.value.problems]


@pytest.fixture
def folder(tmp_path):
    """A package whose networks name no funder, so that only the file of funders is wrong."""
    tables = tiny()
    for network in tables["networks"]:
        network["funders"] = ""
    return write(tmp_path, tables)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "funders.csv:1: the header lacks id, name; write id,name"),
        (b"id\n", "funders.csv:1: the header lacks name; write id,name"),
        (
            b"id,name,site\n",
            "funders.csv:1: the header has the unknown column 'site'; write id,name",
        ),
        (
            b"name,id\n",
            "funders.csv:1: the header names the columns in another order, or twice; write id,name",
        ),
        (
            b"\xef\xbb\xbf" + HEADER,
            "funders.csv:1: the file begins with a byte order mark; save it as UTF-8 without one",
        ),
        (
            HEADER + b"a,A\nb,\xe9\n",
            "funders.csv:3: byte 3 is not UTF-8; save the file as UTF-8",
        ),
        (
            HEADER + b"a,A\0A\n",
            "funders.csv:2: the line holds the invisible character U+0000; remove it",
        ),
        (
            HEADER + b"a,A,A\n",
            "funders.csv:2: the row has 3 cells, the header 2; quote cells that hold a comma",
        ),
        (HEADER + b"\na,A\n", "funders.csv:2: the row is empty; remove it"),
        (
            HEADER + b'a,"A"B\n',
            "funders.csv:2: this row is no CSV (',' expected after '\"'); look for a stray quote",
        ),
        (
            HEADER + b'a,"A\n',
            "funders.csv:2: this row is no CSV (unexpected end of data); look for a stray quote",
        ),
        (
            HEADER + b"a," + b"x" * 100_001 + b"\nb,B\n",
            "funders.csv:2: the line is longer than 100000 bytes; a quote may be missing",
        ),
        (
            HEADER + b'a,"A\nA"\n',
            "funders.csv:2:name: the invisible character U+000A is in it; remove it",
        ),
    ],
)
def test_a_broken_file_is_refused(folder, content, expected):
    (folder / "funders.csv").write_bytes(content)
    assert expected in problems_of(folder)


def test_rows_after_a_broken_one_keep_their_numbers(folder):
    (folder / "funders.csv").write_bytes(HEADER + b'a,"A"B\nb,B,B\nC,C\n')
    assert [problem.split(": ")[0] for problem in problems_of(folder)] == [
        "funders.csv:2",
        "funders.csv:3",
        "funders.csv:4:id",
    ]


def test_windows_line_ends_are_read(folder):
    (folder / "funders.csv").write_bytes(b"id,name\r\na,A\r\n")
    assert checked_package(folder).rows("funders") == {"a": {"id": "a", "name": "A"}}


def test_a_missing_file_is_refused_with_the_header_it_should_have(folder):
    (folder / "funders.csv").unlink()
    assert problems_of(folder) == [
        "funders.csv: the file is missing; a package has one for every table, if need be with the "
        "header alone: id,name"
    ]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.mkdir(), "cannot be read"),
        (os.mkfifo, "cannot be read"),
        (lambda path: path.symlink_to(path), "cannot be read"),
        (lambda path: path.symlink_to(path.with_name("nowhere")), "is missing"),
    ],
    ids=["a folder", "a pipe", "a link to itself", "a link to nothing"],
)
def test_what_is_no_file_is_refused(folder, make, reason):
    path = folder / "funders.csv"
    path.unlink()
    make(path)
    assert [problem.split("; ")[0] for problem in problems_of(folder)] == [
        f"funders.csv: the file {reason}"
    ]


@pytest.mark.parametrize(
    "name", ["countries", "focus_areas", "funders", "networks", "cities", "memberships"]
)
@pytest.mark.parametrize("content", [None, b"", b"no,such,header\n"])
def test_what_refers_to_a_table_that_cannot_be_read_is_not_blamed(tmp_path, name, content):
    path = write(tmp_path, tiny()) / f"{name}.csv"
    path.unlink() if content is None else path.write_bytes(content)
    assert {problem.split(":")[0] for problem in problems_of(tmp_path)} == {f"{name}.csv"}


def test_standings_are_not_blamed_where_statements_cannot_be_read(tmp_path):
    (write(tmp_path, tiny()) / "statements.csv").unlink()
    assert len(problems_of(tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", "datapackage.json: this is no data package"),
        ("{", "datapackage.json: this is no data package"),
        ("[" * 100_000, "datapackage.json: this is no data package"),
        (
            descriptor_text().replace("funders.csv", "payers.csv"),
            "datapackage.json: no resource funders with path funders.csv; add it",
        ),
    ],
)
def test_a_descriptor_that_does_not_fit_is_refused(folder, content, expected):
    (folder / "datapackage.json").write_text(content, encoding="utf-8")
    assert problems_of(folder)[0].startswith(expected)


def test_a_missing_descriptor_is_refused(folder):
    (folder / "datapackage.json").unlink()
    assert problems_of(folder)[0].startswith("datapackage.json: the file is missing")


def test_lists_that_are_sets_are_read_in_their_one_order(tmp_path):
    tables = tiny()
    tables["networks"][0] |= {"regions": "Northern Europe;Europe;World", "funders": "b-fund;a-fund"}
    row = checked_package(write(tmp_path, tables)).rows("networks")["north"]
    assert row["regions"] == ["World", "Europe", "Northern Europe"]
    assert row["funders"] == ["a-fund", "b-fund"]
    assert row["focus_areas"] == ["energy", "climate"], "ranked lists keep theirs"


ALL_COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]


@settings(deadline=None)
@given(text=st.text(max_size=40), which=st.sampled_from(ALL_COLUMNS))
def test_any_text_is_a_value_that_reads_the_same_when_written_or_a_refusal(text, which):
    _table, column = which
    try:
        value = parse(column, text)
    except ValueError:
        return
    assert parse(column, render(column, value)) == value


@given(
    st.lists(
        st.text(st.characters(exclude_characters=";", categories=["L", "N", "P", "S"]), min_size=1),
        unique=True,
        max_size=5,
    )
)
def test_a_list_is_written_and_read_back(items):
    column = TABLES["networks"].column("aliases")
    assert parse(column, render(column, items)) == items


@given(st.floats(-90, 90))
def test_a_number_is_written_without_exponent_and_read_back(number):
    column = TABLES["cities"].column("latitude")
    text = render(column, number)
    assert "e" not in text
    assert parse(column, text) == number


def test_an_item_that_a_cell_cannot_hold_is_not_written():
    with pytest.raises(ValueError, match="semicolon"):
        render(TABLES["networks"].column("aliases"), ["a;b"])


def test_a_semicolon_inside_an_address_is_escaped():
    sources = TABLES["networks"].column("sources")
    text = render(sources, ["https://a.example/b;c"])
    assert text == "https://a.example/b%3Bc"


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(tmp_path_factory, content):
    folder = write(tmp_path_factory.mktemp("package"), tiny())
    (folder / "funders.csv").write_bytes(HEADER + content)
    try:
        checked_package(folder)
    except PackageRefusedError:
        return


def test_cells_are_read_as_csv_reads_them(folder):
    name = 'A "Fund", and more'
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(["a", name])
    (folder / "funders.csv").write_bytes(HEADER + text.getvalue().encode())
    assert checked_package(folder).rows("funders")["a"]["name"] == name
