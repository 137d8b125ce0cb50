"""Writing the data package: all public data as CSV files and their ``datapackage.json``."""

import csv
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from directory.datapackage.at_revision import rows_at
from directory.datapackage.cells import render
from directory.datapackage.descriptor import FILE_NAME, descriptor_text, file_name
from directory.history import check_revision
from directory.history.moment import one_moment
from directory.models.columns import Row, Table
from directory.models.tables import TABLES


def export_package(
    folder: Path,
    *,
    revision: int | None = None,
    progress: Callable[[Iterable[Row], str], Iterable[Row]] | None = None,
) -> dict[str, int]:
    """Write all public data into the folder and return the number of rows by table.

    With a ``revision`` the files are those that an export would have written then. They take the
    place of older ones only once all of them are complete. The folder is made where it is
    missing; other files in it stay. Raises OSError where it cannot be written, ValueError for a
    value that no cell can hold, NoSuchRevision.
    """
    if revision is not None:
        check_revision(revision)
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as unfinished:
        with one_moment():
            for table in TABLES.values():
                rows: Iterable[Row] = table.rows() if revision is None else rows_at(table, revision)
                if progress:
                    rows = progress(rows, table.name)
                counts[table.name] = write_table(Path(unfinished) / file_name(table), table, rows)
        (Path(unfinished) / FILE_NAME).write_text(descriptor_text(), encoding="utf-8", newline="\n")
        for finished in sorted(Path(unfinished).iterdir()):
            finished.chmod(0o644)
            finished.replace(folder / finished.name)
    return counts


def write_table(path: Path, table: Table, rows: Iterable[Row]) -> int:
    """Write one table as CSV (UTF-8, LF, quotes only where needed); return the number of rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.column_names)
        count = 0
        for row in rows:
            writer.writerow([render(column, row[column.name]) for column in table.columns])
            count += 1
    return count
