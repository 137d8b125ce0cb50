"""What changed from one release to the next, record by record."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from directory.models import Entry
from directory.models.columns import Row
from directory.models.tables import TABLES
from directory.releases.edition import Edition


@dataclass
class TableChanges:
    """The public ids of a table's records that one release has and another lacks or says anew."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def counts(self) -> dict[str, int]:
        """Return how many records each of the lists holds."""
        return {name: len(records) for name, records in vars(self).items()}


def changes_between(after: int, until: int) -> dict[str, TableChanges]:
    """Return what the data of revision ``until`` say differently from those of ``after``.

    Every table is in it. A record that was changed and changed back is not.
    """
    said: dict[tuple[str, str], tuple[Row | None, Row | None]] = {}
    entries = Entry.objects.filter(
        change_set__revision__gt=after, change_set__revision__lte=until, table__in=TABLES
    )
    in_order = entries.order_by("change_set__revision", "id")
    for table, record, before, now in in_order.values_list(
        "table", "record", "before", "after"
    ).iterator():
        first = said[table, record][0] if (table, record) in said else before
        said[table, record] = (first, now)
    changes = {name: TableChanges() for name in TABLES}
    for (table, record), (first, now) in sorted(said.items()):
        if first != now:
            _list(changes[table], first, now).append(record)
    return changes


def _list(changes: TableChanges, first: Row | None, now: Row | None) -> list[str]:
    if first is None:
        return changes.added
    return changes.removed if now is None else changes.changed


def changes_of(edition: Edition) -> dict[str, TableChanges]:
    """Return what changed since the release before; nothing for the first release."""
    if edition.before is None:
        return {name: TableChanges() for name in TABLES}
    return changes_between(edition.before.revision, edition.revision)


def as_json(edition: Edition, changes: dict[str, TableChanges]) -> str:
    """Return the change list for programs."""
    said = {
        "release": edition.version,
        "before": edition.before.version if edition.before else None,
        "revisions": {
            "after": edition.before.revision if edition.before else None,
            "until": edition.revision,
        },
        "counts": {name: table.counts() for name, table in changes.items()},
        "tables": {name: vars(table) for name, table in changes.items()},
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def as_markdown(edition: Edition, changes: dict[str, TableChanges]) -> str:
    """Return the change list for people."""
    return "\n".join(_lines(edition, changes)) + "\n"


def _lines(edition: Edition, changes: dict[str, TableChanges]) -> Iterator[str]:
    yield f"# Changes in release {edition.version}"
    yield ""
    if edition.before is None:
        yield "This is the first release: there is none before it to compare with."
        return
    yield (
        f"Compared with release {edition.before.version}: revisions "
        f"{edition.before.revision + 1} to {edition.revision} of the data. A record whose id was "
        "changed stands as removed and added; `redirects` leads from the one to the other."
    )
    yield ""
    yield "| table | added | changed | removed |"
    yield "|---|---:|---:|---:|"
    for name, table in changes.items():
        counts = table.counts()
        yield f"| {name} | {counts['added']} | {counts['changed']} | {counts['removed']} |"
    for name, table in changes.items():
        for what, records in vars(table).items():
            if records:
                yield ""
                yield f"## {name}: {what}"
                yield ""
                yield from (f"- {record}" for record in records)
