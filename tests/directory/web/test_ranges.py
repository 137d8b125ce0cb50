"""Which part of a file a request wants, for every header that anyone may send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.ranges import OutOfRange, Part, wanted_part

SIZES = st.integers(0, 10_000)
NUMBERS = st.integers(0, 20_000)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", Part(0, 0)),
        ("bytes=0-99", Part(0, 99)),
        ("bytes=90-", Part(90, 99)),
        ("bytes=90-1000", Part(90, 99)),
        ("bytes=-10", Part(90, 99)),
        ("bytes=-1000", Part(0, 99)),
        ("Bytes=5-6", Part(5, 6)),
    ],
)
def test_one_range_is_understood(header, part):
    assert wanted_part(header, 100) == part


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "bytes=1-2x", "lines=1-2"),
        *("bytes=0-1,5-6", "bytes=٣-٤", "bytes=--5", "bytes=1-99999999999999999999999"),
    ],
)
def test_what_is_not_understood_means_the_whole_file(header):
    assert wanted_part(header, 100) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-1", 0)]
)
def test_a_part_behind_the_end_is_refused(header, size):
    with pytest.raises(OutOfRange):
        wanted_part(header, size)


@given(first=NUMBERS, last=NUMBERS, size=SIZES)
def test_a_part_holds_what_slicing_holds(first, last, size):
    content = bytes(index % 251 for index in range(size))
    try:
        part = wanted_part(f"bytes={first}-{last}", size)
    except OutOfRange:
        assert content[first : last + 1] == b""
        return
    if part is None:
        assert last < first
    else:
        assert content[part.first :][: part.length] == content[first : last + 1]


@given(count=NUMBERS, size=SIZES)
def test_the_last_bytes_are_those_that_slicing_holds(count, size):
    content = bytes(index % 251 for index in range(size))
    try:
        part = wanted_part(f"bytes=-{count}", size)
    except OutOfRange:
        assert count == 0 or size == 0
    else:
        assert content[part.first :][: part.length] == content[-count:]


@given(header=st.text() | st.text(alphabet="bytes=-,0123456789 ").map("bytes=".__add__), size=SIZES)
def test_no_header_asks_for_more_than_there_is(header, size):
    try:
        part = wanted_part(header, size)
    except OutOfRange:
        return
    assert part is None or 0 <= part.first <= part.last < size
