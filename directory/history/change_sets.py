"""Writing the change log: all changes of public data of one transaction."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from directory.history.followers import followers
from directory.history.renames import back, followers_of, renames_in, with_ids
from directory.history.subjects import name_subjects
from directory.history.validators import PLACES
from directory.models import ChangeSet, Entry, Revision
from directory.models.choices import Origin
from directory.models.columns import Row
from directory.models.locking import check_references
from directory.models.public import change_set_is_open
from directory.models.tables import TABLES
from directory.models.text import forbidden_characters

ENTRIES_PER_BATCH = 2000
# Digits that tell one state of a table from all others.
STAMP_OF_A_TABLE = 16
LONGEST_REASON = ChangeSet._meta.get_field("reason").max_length

_open_changes: ContextVar["Changes | None"] = ContextVar("_open_changes", default=None)


class Changes:
    """What one change set has changed so far.

    A record is named before it is written, so that what it said before is known. Every write
    does so by itself (``directory.history.touching``); only a new public id does not. A record's
    row includes its lists: a new funder of a network touches the network.
    """

    def __init__(self) -> None:
        self.touched: dict[str, set[str]] = defaultdict(set)
        """Public ids of the records that were named, by table."""
        self._before: dict[str, dict[str, Row]] = defaultdict(dict)
        self._recorded: dict[str, dict[str, tuple[Row | None, Row | None]]] = defaultdict(dict)
        self._waiting: list[Callable[[int], None]] = []
        self._submission: int | None = None
        self._suggested: dict[tuple[str, str], int] = {}

    @contextmanager
    def suggested_in(self, submission: int) -> Iterator[None]:
        """Let the log say of what is written within that it came from a suggestion."""
        self._submission = submission
        try:
            yield
        finally:
            self._submission = None

    def touch(self, table: str, records: Collection[str]) -> None:
        """Announce that the records are about to be written; call it before they are.

        Once named, a record may be named again at any time.
        ``records`` are public ids, also of records that do not exist yet. Raises KeyError for
        an unknown table.
        """
        if isinstance(records, str):
            raise TypeError("touch() takes a collection of public ids, not one id.")
        new = set(records) - self.touched[table]
        TABLES[table].lock(new)
        for row in TABLES[table].rows(sorted(new)):
            self._before[table][TABLES[table].record_id(row)] = row
        self.touched[table] |= new
        self._note_submission(table, records)

    def add(self, table: str, records: Collection[str]) -> None:
        """Announce that this change set has made the records: before it there were none."""
        self.touched[table] |= set(records)
        self._note_submission(table, records)

    def _note_submission(self, table: str, records: Collection[str]) -> None:
        if self._submission is not None:
            self._suggested |= {(table, record): self._submission for record in records}

    def record(self, table: str, record: str, before: Row | None, after: Row | None) -> None:
        """Log a change whose rows the caller knows already, as bulk loads do.

        Raises ValueError when the record was touched or recorded before.
        """
        if record in self.touched[table]:
            raise ValueError(f"{table}/{record} was named already in this change set.")
        self.touched[table].add(record)
        self._recorded[table][record] = (before, after)

    def when_numbered(self, tell: Callable[[int], None]) -> None:
        """Have the number told that the change set takes at its end; never where nothing changed.

        Told within its transaction. Nobody else gets a number until that ends, so that whoever
        asked for it any earlier would hold up all other writers.
        """
        self._waiting.append(tell)

    def tell_number(self, number: int) -> None:
        """Tell the number to all who wait for it."""
        for tell in self._waiting:
            tell(number)

    def rows_before(self, table: str) -> Iterator[Row]:
        """Yield what the records of a table said before this change set, of those that it named."""
        yield from self._before[table].values()
        yield from (before for before, _after in self._recorded[table].values() if before)

    def logs_rows_of(self, table: str) -> bool:
        """Tell whether the caller logs the rows of a table itself, with ``record``."""
        return bool(self._recorded.get(table))

    def entries(self) -> Iterator[Entry]:
        """Yield an entry, not yet saved, for every record that now says something else."""
        pairs: dict[tuple[str, str], tuple[Row | None, Row | None]] = {}
        for table, records in self.touched.items():
            pairs |= self._pairs_of(table, records)
        renames = renames_in(pairs)
        if renames:
            pairs = dict(followers_of(renames)) | pairs
        for (table, record), (before, now) in pairs.items():
            then = with_ids(TABLES[table], before, back(renames)) if before and renames else before
            if then != now:
                entry = _entry(table, record, then, now)
                entry.submission = self._suggested.get((table, record))
                yield entry

    def _pairs_of(
        self, table: str, records: set[str]
    ) -> dict[tuple[str, str], tuple[Row | None, Row | None]]:
        """Return what the records of a table said before and say now, in order."""
        recorded = self._recorded[table]
        named = sorted(records - recorded.keys())
        after = {TABLES[table].record_id(row): row for row in TABLES[table].rows(named)}
        pairs = {record: (self._before[table].get(record), after.get(record)) for record in named}
        return {(table, record): pair for record, pair in sorted((pairs | recorded).items())}


def _entry(table: str, record: str, before: Row | None, after: Row | None) -> Entry:
    action = Entry.Action.CHANGED
    if before is None:
        action = Entry.Action.ADDED
    elif after is None:
        action = Entry.Action.REMOVED
    return Entry(table=table, record=record, action=action, before=before, after=after)


def current_changes() -> Changes | None:
    """Return the changes of the change set that is open here, or None."""
    return _open_changes.get()


def check_reason(reason: str) -> None:
    """Raise ValueError unless the text is a reason: one line, filled, not too long for the log."""
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError(f"A change set needs a reason of 1 to {LONGEST_REASON} characters.")
    if found := forbidden_characters(reason):
        raise ValueError(f"A reason is one line of text, without the character {found[0]}.")


@contextmanager
def change_set(
    *,
    origin: Origin,
    reason: str,
    actor: str = "",
    office: str = "",
    moves_revision: bool = False,
    reverts: ChangeSet | None = None,
) -> Iterator[Changes]:
    """Open a change set: the one way to write public data.

    Everything inside is one transaction. At its end the entries are written, the followers
    called, and as the last statement before commit the revision moves on. Where nothing changed
    nothing is written and the revision stays, unless ``moves_revision`` (for what changes public
    pages without being a public record: the gazetteer, a release).

    ``actor`` is a person's opaque id, ``office`` what they act for; both empty for a command.
    ``reverts`` is the change set that this one takes back.
    Raises RuntimeError inside another change set, ValueError without a reason or with one that
    the log cannot hold.
    """
    check_reason(reason)
    if current_changes() is not None:
        raise RuntimeError("A change set is open already; one transaction is one change set.")
    with transaction.atomic():
        changes = Changes()
        changes_token = _open_changes.set(changes)
        open_token = change_set_is_open.set(True)
        try:
            yield changes
            entries = list(changes.entries())
            if not entries and not moves_revision:
                return
            opened = ChangeSet.objects.create(
                made_at=timezone.now(),
                origin=origin,
                actor=actor,
                office=office,
                reason=reason,
                reverts=reverts,
            )
            _write(entries, opened)
            # Before what others wait for is held: the followers' rows, the number.
            check_references()
            for follower in followers:
                follower(changes)
        finally:
            change_set_is_open.reset(open_token)
            _open_changes.reset(changes_token)
        touched = _touched(changes, entries, moves_revision=moves_revision)
        check_references()
        changes.tell_number(_take_revision(opened, touched))


def _write(entries: Collection[Entry], opened: ChangeSet) -> None:
    name_subjects(entries)
    for entry in entries:
        entry.change_set = opened
    Entry.objects.bulk_create(entries, batch_size=ENTRIES_PER_BATCH)


def _touched(changes: Changes, entries: Collection[Entry], *, moves_revision: bool) -> set[str]:
    """Return the tables that are not as they were; all where that is not known."""
    if moves_revision:
        return {*TABLES, PLACES}
    named = {table for table, records in changes.touched.items() if records}
    return named | {entry.table for entry in entries}


def _take_revision(opened: ChangeSet, touched: Collection[str]) -> int:
    """Give the change set its number; the counter stays locked until the commit."""
    counter, _ = Revision.objects.select_for_update().get_or_create(id=1)
    counter.number += 1
    counter.stamp = uuid.uuid4()
    counter.tables |= dict.fromkeys(touched, counter.stamp.hex[:STAMP_OF_A_TABLE])
    counter.save(update_fields=["number", "stamp", "tables"])
    # The one write that the log's rows themselves refuse: its number comes last.
    ChangeSet._base_manager.filter(pk=opened.pk).update(revision=counter.number)
    return counter.number
