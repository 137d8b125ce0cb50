"""The public history of a network, a city or a membership, and the entries of a change set.

Never more is read than a page shows: one change set may have 20,000 entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from directory.history.reading import RecentChange, TableCount, count_entries, record_at
from directory.models import ChangeSet, Entry, Redirect
from directory.models.choices import RecordType
from directory.models.columns import Row

ENTRIES_SHOWN = 12
SUBJECTS = {"networks": "network", "cities": "city", "memberships": "membership"}
"""Tables whose records have a history → the column of the log that names them."""
REDIRECTED = {"networks": RecordType.NETWORK, "cities": RecordType.CITY}


@dataclass(frozen=True)
class Subject:
    """A record whose history is asked for: it may be gone, and have had other ids before."""

    table: str
    record: str
    newest: Entry
    former: Sequence[str] = ()

    @property
    def row(self) -> Row:
        """What the record says now, or said last."""
        return self.newest.after or self.newest.before

    @property
    def is_gone(self) -> bool:
        """Whether the record was taken out."""
        return self.newest.action == Entry.Action.REMOVED

    @property
    def column(self) -> str:
        """The column of the log that names it."""
        return SUBJECTS[self.table]

    @property
    def condition(self) -> Q:
        """The condition on entries that stand in its history."""
        return Q(**{f"{self.column}__in": [self.record, *self.former]})

    def at(self, revision: int) -> Row | None:
        """Return what it said at a revision, under the id that it had then."""
        for record in (self.record, *self.former):
            row = record_at(self.table, record, revision)
            if row is not None:
                return row
        return None


@dataclass(frozen=True)
class HistoryChange(RecentChange):
    """What one change set did to a record and to what belongs to it.

    ``entries`` are the first few, the record's own before all others.
    """

    entries: Sequence[Entry] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many entries there are beside those at hand."""
        return sum(count.records for count in self.counts) - len(self.entries)


def find_subject(table: str, record: str) -> Subject | None:
    """Return the record whose history is asked for; None where the log does not know it."""
    newest = Entry.objects.filter(table=table, record=record).order_by("-change_set__revision")
    found = newest.select_related("change_set").first()
    if found is None:
        return None
    former: Sequence[str] = ()
    if table in REDIRECTED:
        redirects = Redirect.objects.public().filter(record_type=REDIRECTED[table], new_slug=record)
        former = sorted(redirects.values_list("old_slug", flat=True))
    return Subject(table, record, found, former)


def history_of(
    subject: Subject, *, before: int | None = None, limit: int, with_entries: bool = True
) -> list[HistoryChange]:
    """Return the newest change sets of a history, those before a revision where one is given.

    Three queries, however many there are.
    """
    entries = Entry.objects.filter(subject.condition)
    sets = ChangeSet.objects.filter(pk__in=entries.values("change_set")).exclude(revision=None)
    if before is not None:
        sets = sets.filter(revision__lt=before)
    newest = list(sets.select_related("reverts").order_by("-revision")[:limit])
    entries = entries.filter(change_set__in=newest)
    counts = count_entries(entries)
    shown: dict[int, list[Entry]] = {}
    if with_entries:
        for entry in _first_of_each(entries, subject.table):
            shown.setdefault(entry.change_set_id, []).append(entry)
    return [HistoryChange(one, counts.get(one.pk, []), shown.get(one.pk, [])) for one in newest]


def _first_of_each(entries: QuerySet[Entry], own_table: str) -> QuerySet[Entry]:
    own_first = Case(When(table=own_table, then=Value(0)), default=1, output_field=IntegerField())
    order = [own_first, F("table"), F("record")]
    ranked = entries.annotate(
        place=Window(RowNumber(), partition_by=F("change_set"), order_by=order)
    )
    return ranked.filter(place__lte=ENTRIES_SHOWN).order_by("change_set", "place")


def entries_of(
    change_set: ChangeSet,
    *,
    table: str = "",
    subject: tuple[str, str] | None = None,
    after: tuple[str, str] | None = None,
    limit: int,
) -> list[Entry]:
    """Return entries of a change set by table and record, those after one where it is given.

    ``subject`` is a column of the log and the public id of whose history they shall stand in.
    """
    entries = change_set.entries.all()
    if table:
        entries = entries.filter(table=table)
    if subject:
        entries = entries.filter(**{subject[0]: subject[1]})
    if after:
        beyond = Q(table=after[0], record__gt=after[1]) | Q(table__gt=after[0])
        # The bound follows from the rest; databases need it to use their index.
        entries = entries.filter(beyond, table__gte=after[0])
    return list(entries.order_by("table", "record")[:limit])


def counts_of(change_set: ChangeSet, *, subject: tuple[str, str] | None = None) -> list[TableCount]:
    """Return how many records of which table a change set added, changed and removed."""
    entries = Entry.objects.filter(change_set=change_set)
    if subject:
        entries = entries.filter(**{subject[0]: subject[1]})
    return count_entries(entries).get(change_set.pk, [])
