import json

import pytest
from hypothesis import given

from directory.downloads.formats.geojson import write_geojson
from directory.downloads.formats.json_document import write_json_document
from directory.downloads.formats.json_lines import write_json_lines
from directory.downloads.formats.values import in_blocks
from tests.directory.downloads.formats.tables import COLUMNS, ROWS


def typed(rows):
    return [{name: None if value == "" else value for name, value in row.items()} for row in rows]


@given(ROWS)
def test_each_line_is_a_row_with_its_types(rows):
    lines = b"".join(write_json_lines(COLUMNS, rows)).split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line) for line in lines] == typed(rows)


def test_the_end_marker_of_json_lines_is_for_those_who_ask():
    assert list(write_json_lines(COLUMNS, [])) == []
    assert json.loads(b"".join(write_json_lines(COLUMNS, [], end_marker=True))) == {
        "complete": True,
        "rows": 0,
    }


@given(ROWS)
def test_a_document_says_last_that_it_is_complete(rows):
    found = json.loads(b"".join(write_json_document(COLUMNS, rows, about={"revision": 3})))
    assert list(found) == ["revision", "results", "complete"]
    assert found == {"revision": 3, "results": typed(rows), "complete": True}


@given(ROWS)
def test_a_document_cut_off_anywhere_is_no_json(rows):
    parts = list(write_json_document(COLUMNS, rows, about={}))
    for end in range(1, len(parts)):
        with pytest.raises(json.JSONDecodeError):
            json.loads(b"".join(parts[:end]))


def test_places_are_points_east_first_and_a_row_without_one_has_no_geometry():
    rows = [
        {"string": "Quito", "latitude": -0.18, "longitude": -78.47},
        {"string": "Nowhere", "latitude": None, "longitude": None},
    ]
    found = json.loads(b"".join(write_geojson(COLUMNS[:1], rows, identifier="string")))
    assert list(found) == ["type", "features", "complete"]
    first, second = found["features"]
    assert first == {
        "type": "Feature",
        "id": "Quito",
        "geometry": {"type": "Point", "coordinates": [-78.47, -0.18]},
        "properties": {"string": "Quito"},
    }
    assert second["geometry"] is None


@given(ROWS)
def test_blocks_hold_the_same_bytes(rows):
    parts = list(write_json_lines(COLUMNS, rows))
    blocks = list(in_blocks(parts, 100))
    assert b"".join(blocks) == b"".join(parts)
    assert blocks[:1] == parts[:1], "the first part waits for no other"
    assert all(len(block) >= 100 for block in blocks[1:-1])
