"""Reading the change log: the revision, what changed lately, what a record said at a revision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from directory.history.renames import Rename, follows, renames_of
from directory.models import ChangeSet, Entry, Revision
from directory.models.choices import Origin
from directory.models.columns import Row
from directory.models.tables import SLUG_TABLES


def current_revision() -> int:
    """Return the number of the newest change set; 0 for an empty directory."""
    return Revision.objects.values_list("number", flat=True).first() or 0


class NoSuchRevision(LookupError):
    """Raised by a question for a revision that the directory has not reached."""


def check_revision(revision: int) -> None:
    """Raise NoSuchRevision unless the directory was at that revision; it began at 0, empty."""
    newest = current_revision()
    if not 0 <= revision <= newest:
        raise NoSuchRevision(
            _("There is no revision %(revision)d: the newest one is %(newest)d.")
            % {"revision": revision, "newest": newest}
        )


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


def recent_changes(
    limit: int = 10, *, before: int | None = None, table: str = "", origin: str = ""
) -> list[RecentChange]:
    """Return the newest change sets with their counts, newest first, in two queries.

    ``before`` is the revision before which they lie; ``table`` and ``origin`` leave those that
    changed a record of that table, or came from there.
    """
    sets = ChangeSet.objects.exclude(revision=None)
    if before is not None:
        sets = sets.filter(revision__lt=before)
    if origin:
        sets = sets.filter(origin=origin)
    if table:
        sets = sets.filter(Exists(Entry.objects.filter(change_set=OuterRef("pk"), table=table)))
    newest = list(sets.order_by("-revision")[:limit])
    counts = count_entries(Entry.objects.filter(change_set__in=newest))
    return [RecentChange(opened, counts.get(opened.pk, [])) for opened in newest]


def count_entries(entries: QuerySet[Entry]) -> dict[int, list[TableCount]]:
    """Return by change set how many records of which table were treated in which way."""
    rows = (
        entries.order_by()
        .values("change_set", "table", "action")
        .annotate(records=Count("id"))
        .order_by("change_set", "table", "action")
    )
    counts: dict[int, list[TableCount]] = {}
    for row in rows:
        counts.setdefault(row.pop("change_set"), []).append(TableCount(**row))
    return counts


def newest_entry(table: str, record: str, revision: int) -> Entry | None:
    """Return the last entry of a record up to a revision, with its change set; None without one."""
    entries = Entry.objects.filter(table=table, record=record, change_set__revision__lte=revision)
    return entries.select_related("change_set").order_by("-change_set__revision").first()


def record_at(table: str, record: str, revision: int) -> Row | None:
    """Return what a record said at a revision, as a row; None where it did not exist then."""
    entry = newest_entry(table, record, revision)
    return entry.after if entry else None


def is_derived(entry: Entry) -> bool:
    """Tell whether an entry is nothing but a standing that followed from statements."""
    if entry.table != "memberships" or entry.action != Entry.Action.CHANGED:
        return False
    return entry.before | {"standing": ""} == entry.after | {"standing": ""}


def later_entries(change_set: ChangeSet) -> list[Entry]:
    """Return what was said of a change set's records after it, newest first, and still stands.

    A later change set and the one that took it back leave nothing behind, so neither counts;
    nor does what merely followed: a standing from statements, a reference from a rename.
    """
    same = change_set.entries.filter(table=OuterRef("table"), record=OuterRef("record"))
    later = (
        Entry.objects.filter(Exists(same), change_set__revision__gt=change_set.revision)
        .select_related("change_set")
        .order_by("-change_set__revision", "table", "record")
    )
    found = list(later)
    newest_first = {entry.change_set_id: entry.change_set.reverts_id for entry in found}
    standing = set(newest_first)
    for later_one, taken_back in newest_first.items():
        if later_one in standing and taken_back in standing:
            standing -= {later_one, taken_back}
    renames = _renames_of_sets(newest_first)
    return [
        entry
        for entry in found
        if entry.change_set_id in standing
        and not is_derived(entry)
        and not follows(entry, renames.get(entry.change_set_id, []))
    ]


def _renames_of_sets(change_sets: Collection[int] | QuerySet) -> dict[int, list[Rename]]:
    """Return the renames of those change sets that renamed records."""
    redirecting = Entry.objects.filter(table="redirects", after__isnull=False)
    redirecting = redirecting.filter(change_set__in=change_sets).values("change_set")
    named = Entry.objects.filter(
        change_set__in=redirecting, table__in=["redirects", *SLUG_TABLES.values()]
    )
    by_set: dict[int, list[Entry]] = {}
    for entry in named:
        by_set.setdefault(entry.change_set_id, []).append(entry)
    found = {change_set: renames_of(entries) for change_set, entries in by_set.items()}
    return {change_set: renames for change_set, renames in found.items() if renames}


def _followers(table: str) -> list[int]:
    """Return the entries of a table that merely followed renames, which say nothing of people."""
    people = ChangeSet.objects.exclude(origin=Origin.LOAD).exclude(revision=None)
    renames = _renames_of_sets(people.values("pk"))
    entries = Entry.objects.filter(table=table, change_set__in=renames)
    return [entry.pk for entry in entries if follows(entry, renames[entry.change_set_id])]


def last_spoken_by_people(table: str) -> set[str]:
    """Return the records whose newest entry did not come with a data package.

    Loading a package leaves these alone.
    """
    others = Entry.objects.filter(table=table).exclude(change_set__origin=Origin.LOAD)
    others = others.exclude(pk__in=_followers(table))
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
