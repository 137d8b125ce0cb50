"""A table as JSON Lines: one object on each line, in the order of the data package."""

import json
from collections.abc import Iterable
from pathlib import Path

from directory.models.columns import Row, Table
from directory.releases.typed import typed


def write_json_lines(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write the rows; the keys stand in the order of the columns, none is left out."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            said = {column.name: typed(column, row[column.name]) for column in table.columns}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
