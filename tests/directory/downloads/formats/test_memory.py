"""No writer keeps rows: ten times as many take no more memory."""

import tracemalloc

import pytest

from directory.downloads.file_formats import FILE_FORMATS, Contents
from directory.downloads.formats.values import in_blocks
from tests.directory.downloads.formats.tables import COLUMNS

ROOM = 200_000


def peak(file_format, count):
    rows = (
        {
            "string": f"Name {number}",
            "integer": number,
            "number": number / 7,
            "boolean": True,
            "date": "2026-11-01",
            "list": ["one", "two"],
            "latitude": 60.39,
            "longitude": 5.32,
        }
        for number in range(count)
    )
    contents = Contents(
        name="rows", columns=COLUMNS, rows=rows, identifier="string", about={"revision": 1}
    )
    tracemalloc.start()
    try:
        for _block in in_blocks(file_format.write(contents)):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("extension", FILE_FORMATS)
def test_ten_times_as_many_rows_take_no_more_memory(extension):
    file_format = FILE_FORMATS[extension]
    peak(file_format, 10)
    assert peak(file_format, 10_000) < peak(file_format, 1_000) + ROOM
