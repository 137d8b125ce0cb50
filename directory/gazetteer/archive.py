"""The gazetteer file ``fixtures/gazetteer.jsonl.xz``: written once, read by every fresh start.

Lines of JSON, compressed by xz: a header (an object), one array per place in the order of
its geonameid, an end marker (an object) with the counts, so that a cut-off file is noticed.
The same places make the same bytes.
"""

import json
import lzma
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.conf import settings

from directory.gazetteer.places import (
    ATTRIBUTION,
    LICENCE,
    LONGEST_DIVISION,
    Divisions,
    GazetteerError,
    PlaceRecord,
    SharedNames,
    fits_the_tables,
    is_name,
)

FORMAT = "citynet-gazetteer"
VERSION = 1
# 16 MiB of memory instead of the 64 MiB of the preset, for both writer and reader.
COMPRESSION = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 16 * 1024 * 1024}
]
TYPES = [int, str, str, str, float, float, int, str, list]


class DamagedArchiveError(GazetteerError):
    """The file is missing, damaged, cut off or of another version."""


@dataclass(frozen=True)
class Archive:
    """An open gazetteer file; ``places`` can be walked through once."""

    source: str
    day: date
    divisions: Divisions
    shared: SharedNames
    places: Iterator[PlaceRecord]


def bundled_path() -> Path:
    """Return where the file that comes with the site lies."""
    return settings.BASE_DIR / "fixtures" / "gazetteer.jsonl.xz"


def write_archive(
    path: Path,
    places: Iterable[PlaceRecord],
    *,
    divisions: Divisions,
    source: str,
    day: date,
    shared: SharedNames = frozenset(),
) -> tuple[int, int]:
    """Write the file and return how many places and other names it holds.

    ``day`` is the day the source was fetched, ``shared`` are names of places that are left out.
    The file appears whole or not at all.
    """
    ordered = sorted(places)
    countries = {place.country_code for place in ordered}
    counts = {"places": len(ordered), "names": sum(len(place.other_names) for place in ordered)}
    header = {
        "format": FORMAT,
        "version": VERSION,
        "source": source,
        "attribution": ATTRIBUTION,
        "licence": LICENCE,
        "date": day.isoformat(),
        **counts,
        "columns": list(PlaceRecord._fields),
        "divisions": [
            [country, code, name]
            for (country, code), name in sorted(divisions.items())
            if country in countries
        ],
        "shared_names": sorted(list(name) for name in shared),
    }
    with _appearing_whole(path) as target, lzma.open(target, "wb", filters=COMPRESSION) as file:
        for line in (header, *ordered, {"end": FORMAT, **counts}):
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            file.write(text.encode() + b"\n")
    return counts["places"], counts["names"]


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a gazetteer file, its header read and checked.

    Raises DamagedArchiveError here or, for what lies further down, while its places are read; so
    write nothing for good before the last one.
    """
    with ExitStack() as stack:
        with _problems_named(path):
            file = stack.enter_context(lzma.open(path, "rt", encoding="utf-8", newline="\n"))
            header = _header(path, file)
        yield Archive(
            source=header["source"],
            day=header["date"],
            divisions=header["divisions"],
            shared=header["shared"],
            places=_places(path, file),
        )


def _header(path: Path, file: TextIO) -> dict[str, Any]:
    """Return what the first line says of the file, in its own types."""
    header = json.loads(file.readline() or "null")
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise _damaged(path, "line 1: this is not a gazetteer of CityNet")
    if header.get("version") != VERSION:
        raise _damaged(
            path,
            f"line 1: version {header.get('version')} of the format, "
            f"and this release of CityNet reads version {VERSION}",
        )
    try:
        found = {
            "source": header["source"],
            "date": date.fromisoformat(header["date"]),
            "divisions": {(country, code): name for country, code, name in header["divisions"]},
            # Files of before know of none.
            "shared": {(country, key) for country, key in header.get("shared_names", ())},
        }
    except (KeyError, TypeError, ValueError) as problem:
        raise _damaged(path, f"line 1: the header lacks or garbles {problem}") from problem
    if not is_name(found["source"]):
        raise _damaged(path, "line 1: the source is not a short line of text")
    if not all(is_name(name, LONGEST_DIVISION) for name in found["divisions"].values()):
        raise _damaged(path, "line 1: the name of a division is not a short line of text")
    return found


def _places(path: Path, file: TextIO) -> Iterator[PlaceRecord]:
    places = names = last = 0
    with _problems_named(path):
        for number, line in enumerate(file, start=2):
            row = json.loads(line)
            if isinstance(row, dict):
                # To the very end: only there does xz compare its checksum.
                after = file.read()
                if after:
                    raise _damaged(path, f"line {number + 1}: text after the end")
                if row != {"end": FORMAT, "places": places, "names": names}:
                    raise _damaged(
                        path,
                        f"line {number}: {places} places with {names} names were read, and "
                        f"{row.get('places')} with {row.get('names')} were written",
                    )
                return
            if not _is_place(row) or row[0] <= last:
                raise _damaged(path, f"line {number}: not a place, or out of order")
            last = row[0]
            places += 1
            names += len(row[-1])
            yield PlaceRecord(*row[:-1], tuple(row[-1]))
    raise _damaged(path, "the end is missing: the file was cut off")


def _is_place(row: object) -> bool:
    return (
        isinstance(row, list)
        and [type(value) for value in row] == TYPES
        and fits_the_tables(PlaceRecord(*row))
    )


@contextmanager
def _problems_named(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as problem:
        raise _damaged(path, "no such file") from problem
    except EOFError as problem:
        raise _damaged(path, "the end is missing: the file was cut off") from problem
    except (lzma.LZMAError, ValueError, OSError, RecursionError) as problem:
        raise _damaged(path, f"the file cannot be read ({problem})") from problem


def _damaged(path: Path, problem: str) -> DamagedArchiveError:
    return DamagedArchiveError(
        f"{path}: {problem}. Get the file again (git checkout -- fixtures/gazetteer.jsonl.xz) "
        "or make it again (manage.py extract_gazetteer). Nothing was changed."
    )


@contextmanager
def _appearing_whole(path: Path) -> Iterator[BinaryIO]:
    """Write beside ``path`` and take its place at the end, so that nobody reads half a file."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        draft = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            # A temporary file is for its owner alone; this one is for everyone.
            draft.chmod(0o644)
            draft.replace(path)
        except BaseException:
            draft.unlink()
            raise
