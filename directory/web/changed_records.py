"""Entries of the change log as pages show them: records by name, columns and values in words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from directory.insights.names import record_names
from directory.models import Entry
from directory.models.choices import RecordType
from directory.models.columns import Column, Row
from directory.models.tables import LABEL_TABLES, TABLES
from directory.web.former_addresses import TABLES as TABLES_OF_KINDS

URL_NAMES = {
    "networks": "network",
    "cities": "city",
    "memberships": "membership",
    "focus_areas": "focus-area",
    "funders": "funder",
    "countries": "country",
}
HISTORY_URL_NAMES = {
    "networks": "network-history",
    "cities": "city-history",
    "memberships": "membership-history",
}
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Value:
    """One value in words, with the address of the record that it names, if it names one."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Field:
    """One column of a record: its label, what it means, and what it said before and after."""

    label: str
    description: str
    before: list[Value]
    after: list[Value]


@dataclass(frozen=True)
class ChangedRecord:
    """An entry of the log: which record, what was done to it, and the fields that tell."""

    entry: Entry
    title: str
    url: str
    fields: list[Field]


def column_label(column: Column) -> str:
    """Return the short form of a column's description: all before its first pause."""
    return re.split(r"[.;:(]", _(column.description), maxsplit=1)[0].strip()


def changed_records(entries: Iterable[Entry]) -> list[ChangedRecord]:
    """Return entries as pages show them; at most one query for each kind of record named."""
    entries = list(entries)
    names = _names(entries)
    return [
        ChangedRecord(entry, _title(entry, names), _address(entry), _fields(entry, names))
        for entry in entries
    ]


def record_title(table: str, row: Row) -> str:
    """Return the name of one record."""
    entry = Entry(table=table, record=TABLES[table].record_id(row), after=row)
    names: Names = {}
    if table == "memberships":
        entry.network, entry.city = row["network"], row["city"]
        names = record_names({"networks": {entry.network}, "cities": {entry.city}})
    return _title(entry, names)


def facts(table: str, row: Row) -> list[Field]:
    """Return all that a record says or said, also what it leaves empty."""
    names = _names([Entry(table=table, record="", after=row)])
    return [
        Field(column_label(column), _(column.description), [], _values(column, row, names))
        for column in TABLES[table].columns
    ]


def rows_in_words(table: str, rows: Iterable[Row]) -> list[dict[str, list[Value]]]:
    """Return what rows of a table say, by column; they may hold some columns alone."""
    rows = list(rows)
    names = _names([Entry(table=table, record="", after=row) for row in rows])
    columns = TABLES[table].columns
    return [
        {column.name: _values(column, row, names) for column in columns if column.name in row}
        for row in rows
    ]


def _names(entries: Iterable[Entry]) -> Names:
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        wanted["networks"].add(entry.network)
        wanted["cities"].add(entry.city)
        for row in filter(None, (entry.before, entry.after)):
            for column in TABLES[entry.table].columns:
                if column.references:
                    value = row.get(column.name) or []
                    wanted[column.references].update([value] if isinstance(value, str) else value)
    return record_names({table: ids - {""} for table, ids in wanted.items()})


def _title(entry: Entry, names: Names) -> str:
    row: Row = entry.after or entry.before
    words = {
        "network": names.get("networks", {}).get(entry.network, entry.network),
        "city": names.get("cities", {}).get(entry.city, entry.city),
    }
    if entry.table == "memberships":
        return _("%(city)s in %(network)s") % words
    if entry.table == "statements":
        return _("Statement on %(city)s in %(network)s") % words
    if entry.table == "labels":
        return _("Name in “%(language)s” of %(record)s") % row
    if entry.table == "redirects":
        return f"{row['old']} → {row['new']}"
    return row["name"]


def _address(entry: Entry) -> str:
    if entry.action == Entry.Action.REMOVED:
        name = HISTORY_URL_NAMES.get(entry.table)
        return reverse(name, args=[entry.record]) if name else ""
    if entry.table == "statements":
        return f"{record_page('memberships', entry.membership)}#{entry.record}"
    if entry.table == "labels":
        kind, _slash, owner = entry.record.rpartition("/")[0].partition("/")
        return record_page(LABEL_TABLES[kind], owner)
    if entry.table == "redirects":
        row: Row = entry.after or entry.before
        return record_page(TABLES_OF_KINDS[RecordType(row["record_type"])], row["new"])
    return record_page(entry.table, entry.record)


def record_page(table: str, record: str) -> str:
    """Return the address of a record's page; nothing for what has none."""
    if table not in URL_NAMES or not record:
        return ""
    try:
        return reverse(URL_NAMES[table], args=[record.lower() if table == "countries" else record])
    except NoReverseMatch:
        return ""


def _fields(entry: Entry, names: Names) -> list[Field]:
    """Return the fields that changed; of a record that came or went, those that say something."""
    found = []
    for column in TABLES[entry.table].columns:
        before, after = (
            _values(column, row, names) if row else [] for row in (entry.before, entry.after)
        )
        if before != after:
            found.append(Field(column_label(column), _(column.description), before, after))
    return found


def _values(column: Column, row: Row, names: Names) -> list[Value]:
    # A column that is younger than the log is in none of its older rows.
    value = row.get(column.name, column.empty)
    items = value if isinstance(value, list) else [value]
    return [_value(column, item, names) for item in items if item is not None and item != ""]


def _value(column: Column, item: Any, names: Names) -> Value:
    if isinstance(item, bool):
        return Value(_("yes") if item else _("no"))
    if column.choices and item in column.allowed:
        return Value(str(column.choices(item).label))
    if column.references:
        text = names.get(column.references, {}).get(item, item)
        return Value(text, record_page(column.references, item))
    return Value(str(item))
