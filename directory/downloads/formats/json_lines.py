"""JSON Lines: one object on each line, so that a file of any size is read row by row."""

from collections.abc import Iterable, Iterator, Sequence

from directory.downloads.formats.values import as_json, typed_row
from directory.models.columns import Column, Row


def write_json_lines(
    columns: Sequence[Column], rows: Iterable[Row], *, end_marker: bool = False
) -> Iterator[bytes]:
    """Yield one line for each row.

    ``end_marker`` adds a last line ``{"complete":true,"rows":…}``, which is no row.
    """
    count = 0
    for row in rows:
        yield as_json(typed_row(columns, row)) + b"\n"
        count += 1
    if end_marker:
        yield as_json({"complete": True, "rows": count}) + b"\n"
