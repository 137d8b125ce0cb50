"""What one record said at an earlier revision, whatever its id was then."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from directory.history.reading import check_revision, newest_entry
from directory.history.renames import TYPES, renames_of
from directory.models import ChangeSet, Entry
from directory.models.columns import Row
from directory.models.tables import TABLES


class NotThere(LookupError):
    """Raised for a record that was not there at a revision.

    ``was_removed``: it had been there before, so that another may stand for it since.
    """

    def __init__(self, message: str, *, was_removed: bool = False) -> None:
        super().__init__(message)
        self.was_removed = was_removed


@dataclass(frozen=True)
class PastRecord:
    """What a record said at ``revision``: ``row`` has the columns that the table has today.

    ``record`` is the id that it had then; ``written`` the change set that let it say so, and
    ``changed`` the one after which it no longer did (None: it still does).
    """

    table: str
    record: str
    revision: int
    row: Row
    written: ChangeSet
    changed: ChangeSet | None


def past_record(table: str, record: str, revision: int) -> PastRecord:
    """Return what a record said at a revision; where it was renamed since, under its id of then.

    Raises NoSuchRevision, and NotThere where there was no such record at that revision.
    """
    check_revision(revision)
    asked = record
    entry = newest_entry(table, record, revision)
    seen = {record}
    while entry is None or entry.after is None:
        before = _id_before_rename(table, record, revision)
        if before is None or before in seen:
            raise _not_there(table, asked, revision)
        record = before
        seen.add(record)
        entry = newest_entry(table, record, revision)
    later = _later(table, record, revision).first()
    return PastRecord(
        table=table,
        record=record,
        revision=revision,
        row=TABLES[table].completed(entry.after),
        written=entry.change_set,
        changed=later and later.change_set,
    )


def _later(table: str, record: str, revision: int) -> QuerySet[Entry]:
    entries = Entry.objects.filter(table=table, record=record, change_set__revision__gt=revision)
    return entries.select_related("change_set").order_by("change_set__revision")


def _id_before_rename(table: str, record: str, revision: int) -> str | None:
    """Return the id from which a record was renamed to this one after a revision, if it was."""
    if table not in TYPES:
        return None
    came = _later(table, record, revision).first()
    if came is None or came.before is not None:
        return None
    made = came.change_set.entries
    redirects = [entry for entry in made.filter(table="redirects") if entry.after]
    olds = [entry.after["old"] for entry in redirects if entry.after["new"] == record]
    named = made.filter(table=table, record__in=[record, *olds])
    for rename in renames_of([*redirects, *named]):
        if (rename.table, rename.new) == (table, record):
            return rename.old
    return None


def _not_there(table: str, record: str, revision: int) -> NotThere:
    numbers = {"id": record, "revision": revision}
    last = newest_entry(table, record, revision)
    if last is not None:
        numbers["removed"] = last.change_set.revision
        message = _("“%(id)s” was not there at revision %(revision)d: it went in %(removed)d.")
        return NotThere(message % numbers, was_removed=True)
    first = _later(table, record, revision).first()
    if first is not None:
        numbers["added"] = first.change_set.revision
        message = _("“%(id)s” was not there yet at revision %(revision)d: it came in %(added)d.")
        return NotThere(message % numbers)
    message = _("There is no record “%(id)s” at this address.")
    return NotThere(message % numbers)
