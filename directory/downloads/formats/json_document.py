"""One JSON document: what the rows are and under which licence, the rows, and that it is whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from directory.downloads.formats.values import as_json, typed_row
from directory.models.columns import Column, Row


def write_json_document(
    columns: Sequence[Column], rows: Iterable[Row], *, about: Mapping[str, Any]
) -> Iterator[bytes]:
    """Yield the members of ``about``, then ``results``, and ``complete`` as the last member."""
    results = (as_json(typed_row(columns, row)) for row in rows)
    yield from document(about, "results", results)


def document(head: Mapping[str, Any], list_name: str, items: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a JSON object: the head, a list of items that are JSON already, and its end marker.

    One item stands on each line, which is kind to terminals and to tools that compare files.
    """
    opening = as_json({**head, list_name: []}).removesuffix(b"]}")
    yield opening
    separator = b"\n"
    for item in items:
        yield separator + item
        separator = b",\n"
    yield b'\n],"complete":true}\n'
