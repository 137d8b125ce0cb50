"""The data dictionary: what every column means, from the registries that files are made of."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.datapackage.cells import FALSE, LIST_DELIMITER, TRUE
from directory.downloads.columns import COLUMN_SETS
from directory.insights.centralities import CENTRALITY_COLUMNS
from directory.models.columns import Column
from directory.models.tables import TABLES
from directory.releases.centrality_table import DESCRIPTION, NAME

TYPES = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "boolean": gettext_lazy("yes or no"),
    "date": gettext_lazy("day, such as 2026-11-01"),
    "list": gettext_lazy("list"),
}


class Value(NamedTuple):
    """A value that a column may have, and what it means."""

    value: str
    meaning: str | Promise


class Entry(NamedTuple):
    """One column: its kind, its limits in words, where it refers to, what it may say."""

    name: str
    anchor: str
    kind: str
    description: str
    limits: list[str]
    references: str
    values: list[Value]


class TableEntry(NamedTuple):
    """One table with its columns; ``key`` are those that make the id of a record.

    ``columns`` stand in its files, ``beside`` only in downloads of what is there now. What is not
    ``in_package`` is in releases alone.
    """

    name: str
    description: str
    key: str
    columns: list[Entry]
    beside: list[Entry]
    in_package: bool = True


def dictionary() -> list[TableEntry]:
    """Return all tables: of the data package as they build upon each other, then of releases."""
    beside = {each.table.name: each.beside for each in COLUMN_SETS.values()}
    package = [
        TableEntry(
            name=table.name,
            description=table.description,
            key=", ".join(table.key),
            columns=_entries(table.name, table.columns),
            beside=_entries(table.name, beside.get(table.name, ())),
        )
        for table in TABLES.values()
    ]
    centralities = TableEntry(
        name=NAME,
        description=DESCRIPTION,
        key="id",
        columns=_entries(NAME, CENTRALITY_COLUMNS),
        beside=[],
        in_package=False,
    )
    return [*package, centralities]


def _entries(table: str, columns: Iterable[Column]) -> list[Entry]:
    return [_entry(table, column) for column in columns]


def _entry(table: str, column: Column) -> Entry:
    return Entry(
        name=column.name,
        anchor=f"{table}-{column.name}",
        kind=_kind(column),
        description=column.description,
        limits=list(_limits(column)),
        # Regions stand in no table of their own.
        references=column.references if column.references in TABLES else "",
        values=[Value(value, label) for value, label in column.choices.choices]
        if column.choices
        else [],
    )


def _kind(column: Column) -> str:
    if column.type == "list":
        parts = {"delimiter": LIST_DELIMITER}
        return _("list; in CSV separated by %(delimiter)s") % parts
    if column.type == "boolean":
        return _("%(yes)s or %(no)s in CSV, true or false elsewhere") % {"yes": TRUE, "no": FALSE}
    return _("web address") if column.format == "uri" else str(TYPES[column.type])


def _limits(column: Column) -> Iterator[str]:
    yield _("always filled") if column.required else _("may be empty: not known")
    if column.unique:
        yield _("no two alike")
    if column.minimum is not None and column.maximum is not None:
        yield _("from %(least)d to %(most)d") % {"least": column.minimum, "most": column.maximum}
    elif column.minimum is not None:
        yield _("at least %(least)d") % {"least": column.minimum}
    if column.max_length:
        yield _("at most %(most)d characters") % {"most": column.max_length}
    if column.pattern:
        yield _("of the form %(pattern)s") % {"pattern": column.pattern}
