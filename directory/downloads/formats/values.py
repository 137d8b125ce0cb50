"""Values of a row as formats with types hold them, and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from directory.models.columns import Column, Row

# Small enough to leave early, large enough that few of them make a file.
BLOCK_BYTES = 32_768


def typed(column: Column, value: Any) -> Any:
    """Return a value of a row, None where it is not known; lists stay lists, also empty ones."""
    return None if value == "" and column.type in ("string", "date") else value


def typed_row(columns: Sequence[Column], row: Row) -> Row:
    """Return what a row says in the columns, in their order; none is left out."""
    return {column.name: typed(column, row[column.name]) for column in columns}


def as_json(value: Any) -> bytes:
    """Return a value as compact JSON in UTF-8, on one line."""
    return orjson.dumps(value)


def in_blocks(parts: Iterable[bytes], size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Yield the same bytes in fewer parts of about ``size`` each; the first part leaves at once."""
    waiting: list[bytes] = []
    length = size
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= size:
            yield b"".join(waiting)
            waiting.clear()
            length = 0
    if waiting:
        yield b"".join(waiting)
