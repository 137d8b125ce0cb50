"""Renamed records in the change log: an id that went, one that came, and the redirect between."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.datapackage.checking import SLUG_TABLES
from directory.models import Entry
from directory.models.choices import RecordType
from directory.models.columns import Row, Table
from directory.models.tables import LABEL_TABLES

TYPES = {table: record_type for record_type, table in SLUG_TABLES.items()}


@dataclass(frozen=True)
class Rename:
    """A record that a change set renamed from ``old`` to ``new``."""

    table: str
    old: str
    new: str

    def redirect_back(self) -> Row:
        """Return the redirect that keeps the newer address alive once the record has left it."""
        return {"record_type": TYPES[self.table].value, "old": self.new, "new": self.old}


def renames_of(entries: Iterable[Entry]) -> list[Rename]:
    """Return the renames among the entries of one change set."""
    by_record = {(entry.table, entry.record): entry for entry in entries}
    found = []
    for (table, _record), entry in by_record.items():
        if table != "redirects" or entry.after is None:
            continue
        named = SLUG_TABLES[RecordType(entry.after["record_type"])]
        old, new = entry.after["old"], entry.after["new"]
        left, came = by_record.get((named, old)), by_record.get((named, new))
        if left and came and left.after is None and came.before is None:
            found.append(Rename(named, old, new))
    return found


def follow_redirects(table: Table, row: Row, present: Mapping[str, Mapping[str, Row]]) -> Row:
    """Return an older row with ids that records have had since in place of those they had then."""

    def now(target: str, public_id: str) -> str:
        if target not in TYPES or public_id in present[target]:
            return public_id
        redirect = present["redirects"].get(f"{TYPES[target].value}/{public_id}")
        return redirect["new"] if redirect else public_id

    followed = dict(row)
    for column in table.columns:
        value = row[column.name]
        if column.references and isinstance(value, list):
            followed[column.name] = [now(column.references, each) for each in value]
        elif column.references and value:
            followed[column.name] = now(column.references, value)
    if table.name == "labels":
        kind, _, owner = row["record"].partition("/")
        followed["record"] = f"{kind}/{now(LABEL_TABLES[kind], owner)}"
    return followed
