"""The formats in which a list can be taken, and what each of them offers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory.downloads.columns import COLUMN_SETS
from directory.downloads.formats.comma_separated import write_csv
from directory.downloads.formats.geojson import write_geojson
from directory.downloads.formats.json_document import write_json_document
from directory.downloads.formats.json_lines import write_json_lines
from directory.downloads.formats.workbook import MOST_ROWS, write_workbook
from directory.models.columns import Column, Row

BROKEN_OFF = "This download broke off here: the file is not complete."


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What goes into a file: rows with columns, what they are, and the options that are on."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    identifier: str
    about: Mapping[str, Any]
    options: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FileFormat:
    """One format: how its files end, what they are called, who writes them.

    ``options`` may be switched on. ``broken`` goes to the end of a file that failed half way,
    where a cut-off file would else look whole: no strict reader takes it.
    """

    extension: str
    label: str
    media_type: str
    write: Callable[[Contents], Iterator[bytes]]
    options: frozenset[str] = frozenset()
    broken: bytes = b""
    most_rows: int | None = None
    needs_places: bool = False


FILE_FORMATS: dict[str, FileFormat] = {
    each.extension: each
    for each in (
        FileFormat(
            extension="csv",
            label="CSV",
            media_type="text/csv; charset=utf-8; header=present",
            write=lambda contents: write_csv(contents.columns, contents.rows, **contents.options),
            options=frozenset({"bom", "end_marker"}),
            # A quote that nobody closes.
            broken=f'"{BROKEN_OFF}\n'.encode(),
        ),
        FileFormat(
            extension="xlsx",
            label="Excel (XLSX)",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=lambda contents: write_workbook(
                contents.columns, contents.rows, title=contents.name, about=contents.about
            ),
            most_rows=MOST_ROWS,
        ),
        FileFormat(
            extension="json",
            label="JSON",
            media_type="application/json",
            write=lambda contents: write_json_document(
                contents.columns, contents.rows, about=contents.about
            ),
        ),
        FileFormat(
            extension="jsonl",
            label="JSON Lines",
            media_type="application/jsonl; charset=utf-8",
            write=lambda contents: write_json_lines(
                contents.columns, contents.rows, **contents.options
            ),
            options=frozenset({"end_marker"}),
            broken=f"{BROKEN_OFF}\n".encode(),
        ),
        FileFormat(
            extension="geojson",
            label="GeoJSON",
            media_type="application/geo+json",
            write=lambda contents: write_geojson(
                contents.columns,
                contents.rows,
                identifier=contents.identifier,
                about=contents.about,
            ),
            needs_places=True,
        ),
    )
}
"""The formats by the end of a file's name, the most asked for first."""


def formats_of(name: str) -> list[FileFormat]:
    """Return the formats in which a list can be taken."""
    has_places = COLUMN_SETS[name].has_places
    return [each for each in FILE_FORMATS.values() if has_places or not each.needs_places]
