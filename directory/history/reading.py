"""Reading the change log: the revision, what changed lately, what a record said at a revision."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max

from directory.models import ChangeSet, Entry, Revision
from directory.models.choices import Origin
from directory.models.columns import Row


def current_revision() -> int:
    """Return the number of the newest change set; 0 for an empty directory."""
    return Revision.objects.values_list("number", flat=True).first() or 0


@dataclass(frozen=True)
class RecentChange:
    """One change set and how many records of which table it added, changed and removed."""

    change_set: ChangeSet
    counts: Sequence["TableCount"] = field(default_factory=list)


@dataclass(frozen=True)
class TableCount:
    """How many records of one table one change set treated in one way."""

    table: str
    action: str
    records: int


def recent_changes(limit: int = 10) -> list[RecentChange]:
    """Return the newest change sets with their counts, newest first, in two queries."""
    newest = list(ChangeSet.objects.exclude(revision=None).order_by("-revision")[:limit])
    counts: dict[int, list[TableCount]] = {opened.pk: [] for opened in newest}
    rows = (
        Entry.objects.filter(change_set__in=newest)
        .values("change_set", "table", "action")
        .annotate(records=Count("id"))
        .order_by("change_set", "table", "action")
    )
    for row in rows:
        counts[row.pop("change_set")].append(TableCount(**row))
    return [RecentChange(opened, counts[opened.pk]) for opened in newest]


def record_at(table: str, record: str, revision: int) -> Row | None:
    """Return what a record said at a revision, as a row; None where it did not exist then."""
    entry = (
        Entry.objects.filter(table=table, record=record, change_set__revision__lte=revision)
        .order_by("-change_set__revision")
        .first()
    )
    return entry.after if entry else None


def last_spoken_by_people(table: str) -> set[str]:
    """Return the records whose newest entry did not come with a data package.

    Loading a package leaves these alone.
    """
    others = Entry.objects.filter(table=table).exclude(change_set__origin=Origin.LOAD)
    candidates = others.values("record").annotate(newest=Max("change_set__revision"))
    newest = {row["record"]: row["newest"] for row in candidates}
    if not newest:
        return set()
    loaded = Entry.objects.filter(table=table, change_set__origin=Origin.LOAD)
    later = loaded.filter(record__in=others.values("record")).values("record")
    for row in later.annotate(newest=Max("change_set__revision")):
        if row["newest"] > newest[row["record"]]:
            del newest[row["record"]]
    return set(newest)
