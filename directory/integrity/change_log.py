"""The change log and the data agree, and the revision is that of the newest change set."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Max

from directory.history import current_revision
from directory.integrity.finding import Finding, in_batches
from directory.models import ChangeSet, Entry
from directory.models.columns import Row, Table
from directory.models.tables import TABLES


def revision() -> Iterator[Finding]:
    """The counter stands at the newest change set, and none of the numbers before it is missing."""
    found = ChangeSet.objects.aggregate(newest=Max("revision"), numbered=Count("revision"))
    newest, stands = found["newest"] or 0, current_revision()
    if stands != newest:
        yield Finding("revision", str(stands), f"the newest change set has the number {newest}")
    if found["numbered"] != newest:
        yield Finding(
            "change_sets", "all", f"{found['numbered']} have numbers, of which the last is {newest}"
        )
    for pk in ChangeSet.objects.filter(revision=None).values_list("pk", flat=True):
        yield Finding("change_sets", str(pk), "has no revision")


def entries() -> Iterator[Finding]:
    """The log tells one story of each record: every entry goes on where the one before it ended.

    What the newest says is what the record says now, and no record lacks one.
    """
    unknown = Entry.objects.exclude(table__in=TABLES).values_list("table", "record").distinct()
    for table, record in unknown.order_by("table", "record").iterator():
        yield Finding(table, record, "the change log speaks of a table that there is not")
    for table in TABLES.values():
        logged = Entry.objects.filter(table=table.name).values_list("record", flat=True)
        for records in in_batches(logged.distinct().order_by("record").iterator()):
            yield from _compare(table, records)
        present = (table.record_id(row) for row in table.rows())
        for records in in_batches(present):
            known = set(logged.filter(record__in=records))
            for record in records:
                if record not in known:
                    yield Finding(table.name, record, "no entry of the change log speaks of it")


def _compare(table: Table, records: list[str]) -> Iterator[Finding]:
    now = {table.record_id(row): row for row in table.rows(records)}
    for record, story in _stories(table, records):
        said: Row | None = None
        for revision, before, after in story:
            if what := _contradiction(said, before):
                yield Finding(table.name, record, f"change set {revision}: before it {what}")
            said = after
        row = now.get(record)
        if row is None and said is not None:
            yield Finding(table.name, record, "is gone, and the change log does not say so")
        elif row is not None and said is None:
            yield Finding(table.name, record, "is there, and the change log says it was removed")
        elif row is not None and said is not None and (columns := _differing(row, said)):
            yield Finding(
                table.name,
                record,
                f"its newest entry of the change log says otherwise of {', '.join(columns)}",
            )


def _stories(
    table: Table, records: Iterable[str]
) -> Iterator[tuple[str, Iterator[tuple[int, Row | None, Row | None]]]]:
    """Yield each record with its entries: revision, what it said before, what it said then."""
    logged = Entry.objects.filter(table=table.name, record__in=records)
    in_order = logged.order_by("record", "change_set__revision", "id").values_list(
        "record", "change_set__revision", "before", "after"
    )
    for record, found in groupby(in_order.iterator(), key=itemgetter(0)):
        yield record, (tuple(rest) for _record, *rest in found)


def _contradiction(said: Row | None, before: Row | None) -> str:
    if said is None and before is not None:
        return "no entry made the record"
    if said is not None and before is None:
        return "the record was there, and it makes it"
    if said is not None and before is not None and (columns := _differing(before, said)):
        return f"the log says otherwise of {', '.join(columns)}"
    return ""


def _differing(row: Row, said: Row) -> list[str]:
    """Return the columns of which row and entry speak differently.

    A column that came after the entry was written is in the row alone, and one that has gone
    since in the entry: neither is a contradiction.
    """
    return [name for name in row if name in said and row[name] != said[name]]
