"""Renamed records: an id that went, one that came, and the redirect between.

What refers to a renamed record says its new id from then on, without having been written: the log
says so all the same, so that whoever replays it has the same data.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from directory.models import Entry
from directory.models.choices import RecordType
from directory.models.columns import Row, Table
from directory.models.tables import LABEL_OWNERS, LABEL_TABLES, SLUG_TABLES, TABLES

Pairs = Mapping[tuple[str, str], tuple[Row | None, Row | None]]
"""What records said before and say after, by table and public id."""

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


Ids = Callable[[str, str], str]
"""Takes a table and an id in it, and returns the id to be written in its place."""


def forth(renames: Collection[Rename]) -> Ids:
    """Return the ids that records have after the renames."""
    known = {(rename.table, rename.old): rename.new for rename in renames}
    return lambda table, record: known.get((table, record), record)


def back(renames: Collection[Rename]) -> Ids:
    """Return the ids that records had before the renames."""
    known = {(rename.table, rename.new): rename.old for rename in renames}
    return lambda table, record: known.get((table, record), record)


def with_ids(table: Table, row: Row, ids: Ids) -> Row:
    """Return a row with other ids in its references."""
    changed = dict(row)
    for column in table.columns:
        # A column that there was not yet refers to nothing.
        value = row.get(column.name)
        if column.references and isinstance(value, list):
            found = [ids(column.references, each) for each in value]
            if found != value:
                changed[column.name] = found if column.is_ranked else sorted(found)
        elif column.references and value:
            changed[column.name] = ids(column.references, value)
    if table.name == "labels":
        kind, _, owner = row["record"].partition("/")
        changed["record"] = f"{kind}/{ids(LABEL_TABLES[kind], owner)}"
    return changed


def renames_in(pairs: Pairs) -> list[Rename]:
    """Return the renames among the changes of one change set."""
    found = []
    for (table, _record), (_before, after) in pairs.items():
        if table != "redirects" or after is None:
            continue
        named = SLUG_TABLES[RecordType(after["record_type"])]
        old, new = after["old"], after["new"]
        left, came = pairs.get((named, old)), pairs.get((named, new))
        if left and came and left[0] and not left[1] and came[1] and not came[0]:
            found.append(Rename(named, old, new))
    return found


def renames_of(entries: Iterable[Entry]) -> list[Rename]:
    """Return the renames among the entries of one change set."""
    return renames_in(
        {(entry.table, entry.record): (entry.before, entry.after) for entry in entries}
    )


def followers_of(
    renames: Collection[Rename],
) -> Iterator[tuple[tuple[str, str], tuple[Row | None, Row | None]]]:
    """Yield what refers to renamed records: table and id, what it said and what it says now."""
    for table in TABLES.values():
        for row in table.rows(sorted(_referring(table, renames))):
            before = with_ids(table, row, back(renames))
            now, then = table.record_id(row), table.record_id(before)
            if now == then:
                yield (table.name, now), (before, row)
            else:
                yield (table.name, then), (before, None)
                yield (table.name, now), (None, row)


def _referring(table: Table, renames: Iterable[Rename]) -> set[str]:
    found = set()
    for rename in renames:
        paths = [each.fields[0] for each in table.columns if each.references == rename.table]
        if table.name == "labels":
            kinds = [kind for kind, owners in LABEL_TABLES.items() if owners == rename.table]
            paths = [LABEL_OWNERS[kind] for kind in kinds]
        for path in paths:
            referring = table.model._default_manager.filter(**{f"{path}__slug": rename.new})
            for instance in referring.select_related(*table.related):
                found.add(table.record_id(table.key_row(instance)))
    return found


def follows(entry: Entry, renames: Collection[Rename]) -> bool:
    """Tell whether an entry is nothing but references that followed the renames beside it."""
    table = TABLES[entry.table]
    if entry.action == Entry.Action.CHANGED:
        return with_ids(table, entry.before, forth(renames)) == entry.after
    if entry.table != "labels":
        return False
    said, ids = (entry.before, forth) if entry.before else (entry.after, back)
    return with_ids(table, said, ids(renames)) != said
