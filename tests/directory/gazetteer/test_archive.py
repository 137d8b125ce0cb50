import json
import lzma
from datetime import date

import pytest

from directory.gazetteer.archive import DamagedArchiveError, open_archive, write_archive
from tests.directory.gazetteer.places import DIVISIONS, EVERYWHERE, GHENT, MOSCOW, MOSCOW_IDAHO


@pytest.fixture
def path(tmp_path):
    return tmp_path / "gazetteer.jsonl.xz"


def write(path, places=EVERYWHERE):
    return write_archive(
        path, places, divisions=DIVISIONS, source="GeoNames", day=date(2026, 11, 23)
    )


def rewrite(path, change):
    """Write the file anew with its lines changed."""
    lines = lzma.decompress(path.read_bytes()).decode().splitlines()
    path.write_bytes(lzma.compress("".join(f"{line}\n" for line in change(lines)).encode()))


def read(path):
    with open_archive(path) as archive:
        return list(archive.places)


def test_what_was_written_is_read_in_order_of_the_ids(path):
    assert write(path) == (3, 4)
    assert read(path) == [MOSCOW, GHENT, MOSCOW_IDAHO]


def test_the_header_says_where_the_places_are_from(path):
    write(path)
    with open_archive(path) as archive:
        assert archive.source == "GeoNames"
        assert archive.day == date(2026, 11, 23)
        assert archive.divisions == DIVISIONS
    header = json.loads(lzma.decompress(path.read_bytes()).splitlines()[0])
    assert "GeoNames" in header["attribution"]
    assert header["licence"] == "https://creativecommons.org/licenses/by/4.0/"


def test_divisions_of_countries_without_a_place_are_left_out(path):
    write(path, [GHENT])
    with open_archive(path) as archive:
        assert archive.divisions == {("BE", "VLG"): "Flanders"}


def test_the_same_places_make_the_same_bytes(path, tmp_path):
    again = tmp_path / "again.jsonl.xz"
    write(path)
    write(again, reversed(EVERYWHERE))
    assert path.read_bytes() == again.read_bytes()


def test_a_failure_while_writing_leaves_the_older_file(path, tmp_path):
    write(path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write(path, [GHENT._replace(name=object())])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_named_with_what_to_do(path):
    with pytest.raises(DamagedArchiveError, match=r"gazetteer\.jsonl\.xz: no such file\. Get the"):
        read(path)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_file_cut_off_anywhere_is_refused(path, share):
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedArchiveError, match="cut off"):
        read(path)


def test_lines_cut_off_before_compression_are_refused(path):
    write(path)
    rewrite(path, lambda lines: lines[:-1])
    with pytest.raises(DamagedArchiveError, match="the end is missing"):
        read(path)


def test_text_after_the_end_is_refused(path):
    write(path)
    rewrite(path, lambda lines: [*lines, lines[1]])
    with pytest.raises(DamagedArchiveError, match="line 6: text after the end"):
        read(path)


def test_a_flipped_bit_is_noticed(path):
    write(path)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(DamagedArchiveError, match="cannot be read"):
        read(path)


def test_a_file_that_is_not_compressed_is_refused(path):
    path.write_text("id,name\n")
    with pytest.raises(DamagedArchiveError, match="cannot be read"):
        read(path)


@pytest.mark.parametrize("first", ["{}", "[]", '{"format": "something else"}'])
def test_another_format_is_refused(path, first):
    write(path)
    rewrite(path, lambda lines: [first, *lines[1:]])
    with pytest.raises(DamagedArchiveError, match="line 1: this is not a gazetteer"):
        read(path)


def test_another_version_is_refused(path):
    write(path)
    rewrite(path, lambda lines: [lines[0].replace('"version":1', '"version":2'), *lines[1:]])
    with pytest.raises(DamagedArchiveError, match=r"version 2 of the format.*reads version 1"):
        read(path)


def test_a_header_without_its_facts_is_refused(path):
    write(path)
    first = '{"format": "citynet-gazetteer", "version": 1, "source": "GeoNames"}'
    rewrite(path, lambda lines: [first, *lines[1:]])
    with pytest.raises(DamagedArchiveError, match="line 1: the header lacks or garbles 'date'"):
        read(path)


def test_a_missing_place_is_noticed_at_the_end(path):
    write(path)
    rewrite(path, lambda lines: [*lines[:2], *lines[3:]])
    with pytest.raises(DamagedArchiveError, match=r"line 4: 2 places .* were read, and 3"):
        read(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [lines[0], "[1]", *lines[2:]],
        lambda lines: [lines[0], "7", *lines[2:]],
        lambda lines: [lines[0], lines[1].replace('["Москва"]', "[7]"), *lines[2:]],
    ],
    ids=["out of order", "too short", "no list", "a name that is no text"],
)
def test_a_line_that_is_no_place_is_named(path, change):
    write(path)
    rewrite(path, change)
    with pytest.raises(DamagedArchiveError, match=r"line [23]: not a place, or out of order"):
        read(path)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, 10**30),
        (1, ""),
        (1, "x" * 201),
        (1, "a\0b"),
        (1, "\ud800"),
        (2, "BEL"),
        (3, "x" * 21),
        (4, float("nan")),
        (4, 90.5),
        (5, float("inf")),
        (6, -1),
        (6, 10**12),
        (7, "x" * 41),
        (8, ["x" * 201]),
        (8, ["a\0b"]),
    ],
)
def test_what_the_tables_cannot_hold_is_no_place(path, column, value):
    write(path)

    def change(lines):
        place = json.loads(lines[1])
        place[column] = value
        return [lines[0], json.dumps(place), *lines[2:]]

    rewrite(path, change)
    with pytest.raises(DamagedArchiveError, match=r"line [23]: not a place, or out of order"):
        read(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source", "x" * 600),
        ("source", None),
        ("divisions", [["BE", "VLG", 5]]),
        ("divisions", [["BE", "VLG", "x" * 101]]),
    ],
)
def test_a_header_that_the_tables_cannot_hold_is_refused(path, name, value):
    write(path)
    rewrite(path, lambda lines: [json.dumps(json.loads(lines[0]) | {name: value}), *lines[1:]])
    with pytest.raises(DamagedArchiveError, match=r"line 1: the .* is not a short line of text"):
        read(path)


@pytest.mark.parametrize("line", [0, 1])
def test_lists_without_end_inside_each_other_are_refused(path, line):
    write(path)
    rewrite(path, lambda lines: [*lines[:line], "[" * 100_000, *lines[line + 1 :]])
    with pytest.raises(DamagedArchiveError, match="cannot be read"):
        read(path)
