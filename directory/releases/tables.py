"""The tables of a release: each as CSV, JSON Lines and Parquet, and all in one SQLite file."""

from collections.abc import Callable, Iterable
from pathlib import Path

from directory.datapackage.exporting import write_table
from directory.downloads.formats.json_lines import write_json_lines
from directory.models.choices import ReleasePart
from directory.models.columns import Row, Table
from directory.models.tables import TABLES
from directory.releases.city_map import write_city_map
from directory.releases.edition import LICENCE_URL
from directory.releases.frozen import Frozen
from directory.releases.parquet import write_parquet
from directory.releases.sqlite import Database

Progress = Callable[[Iterable[Row], str], Iterable[Row]]

SQLITE = "citynet.sqlite"


def _write_parquet(path: Path, table: Table, rows: Iterable[Row]) -> None:
    write_parquet(path, table.columns, rows)


def _write_lines(path: Path, table: Table, rows: Iterable[Row]) -> None:
    with path.open("wb") as file:
        file.writelines(write_json_lines(table.columns, rows))


FORMATS: dict[str, tuple[Callable[[Path, Table, Iterable[Row]], object], str]] = {
    "csv": (write_table, "text/csv; charset=utf-8"),
    "jsonl": (_write_lines, "application/jsonl; charset=utf-8"),
    "parquet": (_write_parquet, "application/vnd.apache.parquet"),
}
"""The files of each table: ending, what writes it, media type."""


def write_tables(frozen: Frozen, progress: Progress | None = None) -> None:
    """Write every table in every format, one of them in memory at a time."""
    with Database(frozen.path(SQLITE)) as database:
        for table in TABLES.values():
            rows: Iterable[Row] = table.rows()
            if progress:
                rows = progress(rows, table.name)
            rows = list(rows)
            frozen.rows[table.name] = len(rows)
            _write_table(frozen, table, rows)
            database.fill(table, rows)
            if table.name == "cities":
                write_city_map(frozen, rows)
        database.finish(_about(frozen))
    frozen.add(
        SQLITE,
        part=ReleasePart.WHOLE,
        description="All tables in one SQLite file, with types, keys and indexes.",
        media_type="application/vnd.sqlite3",
        rows=sum(frozen.rows.values()),
    )


def _write_table(frozen: Frozen, table: Table, rows: list[Row]) -> None:
    for ending, (write, media_type) in FORMATS.items():
        name = f"{table.name}.{ending}"
        write(frozen.path(name), table, rows)
        frozen.add(
            name,
            part=ReleasePart.TABLE,
            description=table.description,
            media_type=media_type,
            rows=len(rows),
        )


def _about(frozen: Frozen) -> dict[str, str | int]:
    edition = frozen.edition
    about = {
        "release": edition.version,
        "date": edition.day.isoformat(),
        "revision": edition.revision,
        "build": edition.build,
        "url": edition.url,
        "licence": LICENCE_URL,
        "citation": edition.citation,
    }
    return about | {f"rows of {name}": count for name, count in frozen.rows.items()}
