"""Every constraint of every column, broken in turn, is refused by frictionless and by us."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest

from directory.datapackage.descriptor import FILE_NAME, file_name
from directory.datapackage.loading import load_package
from directory.datapackage.report import PackageRefusedError
from directory.models.columns import Column
from directory.models.tables import TABLES
from tests.directory.datapackage.tiny import tiny, write

OF_ANOTHER_TYPE = {
    "integer": "many",
    "number": "north",
    "boolean": "perhaps",
    "date": "2026-02-30",
}


def wrong_cells(column: Column) -> Iterator[tuple[str, str]]:
    """Yield the name of each constraint of a column, and a cell that breaks it."""
    if column.type in OF_ANOTHER_TYPE:
        yield "type", OF_ANOTHER_TYPE[column.type]
    if column.format == "uri":
        yield "format", "north dot example"
    if column.references and column.type != "list":
        yield "foreignKey", "nowhere"
    for constraint, bound in column.constraints.items():
        if constraint == "required":
            yield constraint, ""
        elif constraint == "enum":
            yield constraint, "nonsense"
        elif constraint == "pattern":
            yield constraint, "!"
        elif constraint == "minimum":
            yield constraint, str(bound - 1)
        elif constraint == "maximum":
            yield constraint, str(bound + 1)
        elif constraint == "maxLength":
            start = "https://north.example/" if column.format == "uri" else ""
            yield constraint, start + "x" * (bound + 1 - len(start))
        elif constraint != "unique":
            raise AssertionError(f"no test breaks {constraint}")


WRONG_CELLS = [
    pytest.param(table.name, column.name, cell, id=f"{table.name}-{column.name}-{constraint}")
    for table in TABLES.values()
    for column in table.columns
    for constraint, cell in wrong_cells(column)
]
UNIQUE_COLUMNS = [
    pytest.param(table.name, column.name, id=f"{table.name}-{column.name}")
    for table in TABLES.values()
    for column in table.columns
    if column.unique
]


def names(error: dict[str, Any], column: str) -> bool:
    """Return whether an error of frictionless speaks of a column."""
    if error["type"] == "primary-key":
        return True
    return column in (error.get("fieldName"), *error.get("fieldNames", []))


def assert_both_refuse(folder: Path, table: str, row: int, column: str) -> None:
    # The one table alone: frictionless takes a fifth of a second for all nine.
    report = frictionless.Package(str(folder / FILE_NAME)).get_resource(table).validate()
    errors = [error.to_descriptor() for task in report.tasks for error in task.errors]
    assert any(error.get("rowNumber") == row and names(error, column) for error in errors), errors

    with pytest.raises(PackageRefusedError) as refusal:
        load_package(folder)
    place = f"{file_name(TABLES[table])}:{row}:{column}: "
    problems = [str(problem) for problem in refusal.value.problems]
    assert any(problem.startswith(place) for problem in problems), problems


def test_the_tiny_package_is_valid(tmp_path):
    report = frictionless.validate(str(write(tmp_path, tiny()) / FILE_NAME))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize(("table", "column", "cell"), WRONG_CELLS)
def test_a_wrong_cell_is_refused_at_its_place(tmp_path, table, column, cell):
    tables = tiny()
    tables[table][1][column] = cell
    assert_both_refuse(write(tmp_path, tables), table, 3, column)


@pytest.mark.parametrize(("table", "column"), UNIQUE_COLUMNS)
def test_a_value_that_is_unique_cannot_stand_twice(tmp_path, table, column):
    tables = tiny()
    tables[table][1][column] = tables[table][0][column]
    assert_both_refuse(write(tmp_path, tables), table, 3, column)


@pytest.mark.parametrize("table", ["labels", "redirects"])
def test_a_key_of_two_columns_cannot_stand_twice(tmp_path, table):
    tables = tiny()
    tables[table].insert(1, tables[table][0])
    assert_both_refuse(write(tmp_path, tables), table, 3, TABLES[table].key[-1])


def test_the_real_package_is_valid_by_frictionless(settings):
    report = frictionless.validate(str(settings.BASE_DIR / "fixtures" / FILE_NAME))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
    assert {task.name for task in report.tasks} == set(TABLES)
