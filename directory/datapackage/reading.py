"""Reading the files of a data package, and everything that can be wrong with a file."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from directory.datapackage.cells import parse
from directory.datapackage.descriptor import FILE_NAME, file_name
from directory.datapackage.package import Package, TableRows
from directory.datapackage.report import Problem
from directory.models.columns import Row, Table
from directory.models.region import WORLD
from directory.models.tables import TABLES

BYTE_ORDER_MARK = "\ufeff"
LONGEST_LINE = 100_000
"""Bytes; far more than all cells of a row together may hold."""

Progress = Callable[[Iterable[list[str]], str], Iterable[list[str]]]


def read_package(folder: Path, progress: Progress | None = None) -> Package:
    """Read all tables of the package in the folder; what is wrong stands in its ``problems``.

    Only files and single cells are judged here: see ``directory.datapackage.checking`` for what
    several rows say together.
    """
    package = Package()
    _check_descriptor(folder, package)
    for table in TABLES.values():
        path = folder / file_name(table)
        try:
            with _open(path) as file:
                _read_table(file, table, package, progress)
        except OSError as error:
            package.unread.add(table.name)
            reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
            package.problems.append(
                Problem(
                    path.name,
                    0,
                    "",
                    f"the file {reason}; a package has one for every table, if need be with "
                    f"the header alone: {','.join(table.column_names)}",
                )
            )
    _put_sets_in_order(package)
    return package


def _open(path: Path) -> BinaryIO:
    """Open a file for reading; a pipe or a device, which may never end, is refused."""
    if path.exists() and not path.is_file():
        raise OSError("not a file")
    return path.open("rb")


def _check_descriptor(folder: Path, package: Package) -> None:
    def refuse(text: str) -> None:
        package.problems.append(Problem(FILE_NAME, 0, "", text))

    try:
        with _open(folder / FILE_NAME) as file:
            described = json.loads(file.read().decode("utf-8"))
        paths = {resource["name"]: resource["path"] for resource in described["resources"]}
    except FileNotFoundError:
        refuse("the file is missing; export_package writes one that fits")
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        refuse(f"this is no data package ({error}); export_package writes one that fits")
    else:
        for table in TABLES.values():
            if paths.get(table.name) != file_name(table):
                refuse(f"no resource {table.name} with path {file_name(table)}; add it")


def _read_table(file: BinaryIO, table: Table, package: Package, progress: Progress | None) -> None:
    held = package.tables[table.name]
    lines = _Lines(file, file_name(table), package)
    records: Iterable[tuple[int, list[str]]] = _records(lines, file_name(table), package)
    header = next(iter(records), None)
    if not _check_header(header[1] if header else [], table, package):
        package.unread.add(table.name)
        return
    if progress:
        records = progress(records, table.name)
    for number, cells in records:
        _take_row(held, number, cells, package)


class _Lines:
    """The lines of a file as text; a line that is not UTF-8 is reported and read as it can be."""

    def __init__(self, file: BinaryIO, name: str, package: Package) -> None:
        self.file, self.name, self.package, self.number = file, name, package, 0

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(line) > LONGEST_LINE:
                self._refuse(
                    f"the line is longer than {LONGEST_LINE} bytes; a quote may be missing"
                )
                while not line.endswith(b"\n") and (line := self.file.readline(LONGEST_LINE)):
                    pass
                line = b"\n"
            yield self._text(line)

    def _text(self, line: bytes) -> str:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            self._refuse(f"byte {error.start + 1} is not UTF-8; save the file as UTF-8")
            text = line.decode("utf-8", errors="ignore")
        if self.number == 1 and text.startswith(BYTE_ORDER_MARK):
            self._refuse("the file begins with a byte order mark; save it as UTF-8 without one")
            text = text.removeprefix(BYTE_ORDER_MARK)
        if "\0" in text:
            self._refuse("the line holds the invisible character U+0000; remove it")
            text = text.replace("\0", "")
        return text

    def _refuse(self, text: str) -> None:
        self.package.problems.append(Problem(self.name, self.number, "", text))


def _records(lines: _Lines, name: str, package: Package) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its number, the header being 1; report those that are no CSV."""
    reader = csv.reader(lines, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            package.problems.append(
                Problem(name, number, "", f"this row is no CSV ({error}); look for a stray quote")
            )


def _check_header(cells: list[str], table: Table, package: Package) -> bool:
    expected = table.column_names
    if cells == expected:
        return True
    missing = [name for name in expected if name not in cells]
    unknown = [name for name in cells if name not in expected]
    if missing:
        text = f"the header lacks {', '.join(missing)}"
    elif unknown:
        text = f"the header has the unknown column {', '.join(map(repr, unknown))}"
    else:
        text = "the header names the columns in another order, or twice"
    package.problems.append(Problem(file_name(table), 1, "", f"{text}; write {','.join(expected)}"))
    return False


def _take_row(held: TableRows, number: int, cells: list[str], package: Package) -> None:
    columns = held.table.columns
    name = file_name(held.table)
    if len(cells) != len(columns):
        text = (
            f"the row has {len(cells)} cells, the header {len(columns)}; "
            "quote cells that hold a comma"
            if cells
            else "the row is empty; remove it"
        )
        package.problems.append(Problem(name, number, "", text))
        return
    row: Row = {}
    for column, text in zip(columns, cells, strict=True):
        try:
            row[column.name] = parse(column, text)
        except ValueError as error:
            package.problems.append(Problem(name, number, column.name, str(error)))
    has_key = all(key in row for key in held.table.key)
    record = held.table.record_id(row) if has_key else f"row {number}"
    if record in held:
        package.problems.append(
            Problem(
                name,
                number,
                held.table.key[-1],
                f"“{record}” stands in row {held.numbers[record]} already; each record has one row",
            )
        )
        return
    held.numbers[record] = number
    (held.rows if len(row) == len(columns) else held.broken)[record] = row


def _put_sets_in_order(package: Package) -> None:
    """Sort lists that are sets, so that their order in a file makes no difference."""
    paths: dict[str, tuple[str, ...]] = {WORLD: ()}
    for row in package.rows("countries").values():
        paths.setdefault(row["region"], (row["region"],))
        if row["subregion"] != row["region"]:
            paths[row["subregion"]] = (row["region"], row["subregion"])
    for held in package.tables.values():
        sets = [c for c in held.table.columns if c.type == "list" and not c.is_ranked]
        for _record, row in held.readable() if sets else ():
            for column in sets:
                if column.references == "regions":
                    row["regions"] = sorted(
                        row.get("regions", []), key=lambda name: paths.get(name, (name,))
                    )
                elif column.name in row:
                    row[column.name].sort()
