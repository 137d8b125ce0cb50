"""What a column and a table of the data package are.

One registry (``directory.models.tables``) made of these serves the change log, the data package
in both directions, its ``datapackage.json`` and the data dictionary, so that none can disagree.

A row is a dict of JSON-safe values by column name: text (``""``: not known), numbers (``None``:
not known), booleans, lists of text; dates are ISO text.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models

Row = dict[str, Any]
Keys = Mapping[str, Mapping[str, Any]]
"""Primary keys by table and public id: how a reference in a row becomes one in the database."""

# Named here because ``type`` means something else inside Column.
Choices = type[models.TextChoices]

# SQLite takes a bounded number of values in one statement.
RECORDS_PER_QUERY = 500


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its Table Schema, and where its value lives in the model.

    ``references`` names the table whose key the value (or each value of a list) must be.
    ``fields`` are the model fields that the column carries. ``read`` takes a model instance and
    returns the value; ``write`` puts a value into an instance; without ``write`` the column is
    either a link table's (``is_linked``) or follows from other columns. Where one query can tell
    the value, ``lookup`` is its path from the model, and ``from_stored``, if any, what makes it of
    what stands there.
    """

    name: str
    description: str
    read: Callable[[Any], Any]
    write: Callable[[Any, Any, Keys], None] | None = None
    lookup: str = ""
    from_stored: Callable[[Any], Any] | None = None
    fields: tuple[str, ...] = ()
    type: str = "string"
    format: str = ""
    references: str = ""
    required: bool = False
    unique: bool = False
    choices: Choices | None = None
    minimum: int | None = None
    maximum: int | None = None
    pattern: str = ""
    min_length: int | None = None
    max_length: int | None = None
    # Lists only: the longest item, whether items are addresses, and whether order means something.
    item_max_length: int = 200
    item_format: str = ""
    is_ranked: bool = True
    is_linked: bool = False

    @property
    def empty(self) -> Any:
        """The value of a cell without text."""
        if self.type == "list":
            return []
        return None if self.type in ("integer", "number", "boolean") else ""

    @cached_property
    def allowed(self) -> frozenset[str]:
        """The values of a column with a closed list of them."""
        return frozenset(self.choices.values if self.choices else ())

    @property
    def constraints(self) -> dict[str, Any]:
        """The constraints of the column as Table Schema names them."""
        found = {
            "required": self.required or None,
            "unique": self.unique or None,
            "minLength": self.min_length,
            "maxLength": self.max_length,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "pattern": self.pattern or None,
            "enum": list(self.choices.values) if self.choices else None,
        }
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the data package and the model that holds its rows.

    ``key`` are the columns that make the public id of a record; ``order`` the order of rows in
    a file, the same on both databases; ``find`` turns public ids into a condition.
    """

    name: str
    description: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[Any, ...]
    find: Callable[[Collection[str]], models.Q]
    related: tuple[str, ...] = ()
    prefetched: tuple[Any, ...] = ()

    def column(self, name: str) -> Column:
        """Return the column of that name; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> list[str]:
        """The header of the file."""
        return [column.name for column in self.columns]

    def record_id(self, row: Row) -> str:
        """Return the public id of a row's record, unique within the table."""
        return "/".join(row[name] for name in self.key)

    def key_row(self, instance: models.Model) -> Row:
        """Return the columns of a model instance that make its public id."""
        return {name: self.column(name).read(instance) for name in self.key}

    def row(self, instance: models.Model) -> Row:
        """Return what a model instance says, as a row."""
        return {column.name: column.read(instance) for column in self.columns}

    def with_parts(self, queryset: models.QuerySet) -> models.QuerySet:
        """Return a queryset of the model with all that rows need, in a fixed number of queries."""
        return queryset.select_related(*self.related).prefetch_related(*self.prefetched)

    def completed(self, said: Row) -> Row:
        """Return a row of the change log with the columns of today.

        One that came after the row was written is empty, one that has gone since is left out.
        """
        return {column.name: said.get(column.name, column.empty) for column in self.columns}

    def instances(self, records: Collection[str] | None = None) -> Iterator[Any]:
        """Yield model instances, in the order of the file, with all that a row needs.

        ``records`` are public ids; without them, all. Ids that do not exist are passed over.
        """
        queryset = self.with_parts(self.model._default_manager.order_by(*self.order))
        if records is None:
            yield from queryset.iterator(chunk_size=2000)
            return
        wanted = list(records)
        for start in range(0, len(wanted), RECORDS_PER_QUERY):
            yield from queryset.filter(self.find(wanted[start : start + RECORDS_PER_QUERY]))

    def lock(self, records: Collection[str]) -> None:
        """Let nobody else write the records until the transaction ends; others wait.

        SQLite has one writer at a time anyway.
        """
        if not connection.features.has_select_for_update:
            return
        wanted = sorted(records)
        for start in range(0, len(wanted), RECORDS_PER_QUERY):
            found = self.model._default_manager.filter(
                self.find(wanted[start : start + RECORDS_PER_QUERY])
            )
            list(found.select_for_update(of=("self",)).order_by("pk").values_list("pk"))

    def rows(self, records: Collection[str] | None = None) -> Iterator[Row]:
        """Yield the rows of the records that exist, or of all, in the order of the file."""
        return map(self.row, self.instances(records))
