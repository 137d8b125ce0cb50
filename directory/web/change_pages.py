"""Pages of the change log as asked for: a history, the list of change sets, one change set.

All are paged by what stood last on the page before, so that new changes shift nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from directory.history import (
    HistoryChange,
    RecentChange,
    Subject,
    TableCount,
    counts_of,
    entries_of,
    history_of,
    recent_changes,
)
from directory.models import ChangeSet, Entry
from directory.models.choices import Origin
from directory.models.tables import TABLES
from directory.web.addresses import Address
from directory.web.changed_records import ChangedRecord, changed_records
from directory.web.city_choices import Choices, Option
from directory.web.paging import BadPageNumber, revision_number
from directory.web.table_names import TABLE_NAMES

CHANGES_A_PAGE = 50
HISTORY_A_PAGE = 20
ENTRIES_A_PAGE = 50
SUBJECTS = ("network", "city", "membership")


@dataclass(frozen=True)
class ShownChange:
    """A change set of a history, with the first few of its records."""

    change: HistoryChange
    records: Sequence[ChangedRecord]
    all_of_it: str


class HistoryPage:
    """The changes of a network, a city or a membership, newest first, a page at a time.

    Raises BadPageNumber for a revision that is none.
    """

    def __init__(self, request: HttpRequest, subject: Subject) -> None:
        self.address = Address.of(request.path, request.GET, ["before"])
        before = revision_number(request.GET, "before")
        found = history_of(subject, before=before, limit=HISTORY_A_PAGE + 1)
        self._more = len(found) > HISTORY_A_PAGE
        self._subject = subject
        self.changes = self._shown(found[:HISTORY_A_PAGE])

    @property
    def older(self) -> str:
        """The address of the next page, or nothing."""
        return _older(self.address, [one.change for one in self.changes], more=self._more)

    @property
    def newest(self) -> str:
        """The address of the first page, or nothing where this is it."""
        return self.address.path if self.address.values("before") else ""

    def _shown(self, changes: list[HistoryChange]) -> list[ShownChange]:
        records = {
            record.entry.pk: record
            for record in changed_records(entry for one in changes for entry in one.entries)
        }
        subject = f"{self._subject.column}={self._subject.record}"
        return [
            ShownChange(
                one,
                [records[entry.pk] for entry in one.entries],
                f"/changes/{one.change_set.revision}/?{subject}",
            )
            for one in changes
        ]


class ChangesPage:
    """The change sets of the directory, newest first, of one table or origin where asked for.

    Raises BadPageNumber for a table or an origin that there is none of.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.address = Address.of(request.path, request.GET, ["table", "origin", "before"])
        self.table = _one_of(request, "table", TABLES)
        self.origin = _one_of(request, "origin", Origin.values)
        before = revision_number(request.GET, "before")
        found = recent_changes(
            CHANGES_A_PAGE + 1, before=before, table=self.table, origin=self.origin
        )
        self._more = len(found) > CHANGES_A_PAGE
        self.changes = found[:CHANGES_A_PAGE]

    @property
    def tables(self) -> Choices:
        """The tables to choose from."""
        return _choices(TABLE_NAMES.items(), self.table)

    @property
    def origins(self) -> Choices:
        """The origins to choose from."""
        return _choices(Origin.choices, self.origin)

    @property
    def older(self) -> str:
        """The address of the next page, or nothing."""
        return _older(self.address, self.changes, more=self._more)

    @property
    def newest(self) -> str:
        """The address of the first page, or nothing where this is it."""
        return str(self.address.without("before")) if self.address.values("before") else ""


class ChangeSetPage:
    """The entries of one change set, a page at a time, grouped by table.

    Raises BadPageNumber for a place that is none.
    """

    def __init__(self, request: HttpRequest, change_set: ChangeSet) -> None:
        self.change_set = change_set
        self.address = Address.of(request.path, request.GET, ["table", *SUBJECTS, "after"])
        self.table = _one_of(request, "table", TABLES)
        self._subject = _subject(self.address)
        found = entries_of(
            change_set,
            table=self.table,
            subject=self._subject,
            after=_place(request.GET.get("after", "").strip()),
            limit=ENTRIES_A_PAGE + 1,
        )
        self._more = len(found) > ENTRIES_A_PAGE
        self._entries: list[Entry] = found[:ENTRIES_A_PAGE]

    @property
    def subject(self) -> str:
        """The id of the record of whose history alone the page tells, or nothing."""
        return self._subject[1] if self._subject else ""

    @cached_property
    def groups(self) -> list[tuple[Promise | str, list[ChangedRecord]]]:
        """The records of the page by table: its name, the records."""
        groups: dict[str, list[ChangedRecord]] = {}
        for record in changed_records(self._entries):
            groups.setdefault(record.entry.table, []).append(record)
        return [(TABLE_NAMES.get(table, table), records) for table, records in groups.items()]

    @cached_property
    def counts(self) -> list[tuple[TableCount, str]]:
        """How many records of each table, each with the address of those alone."""
        whole = self.address.without("after", "table")
        counts = counts_of(self.change_set, subject=self._subject)
        return [(count, str(whole.having("table", count.table))) for count in counts]

    @property
    def unfiltered(self) -> str:
        """The address of the whole change set."""
        return self.address.path

    @property
    def following(self) -> str:
        """The address of the next page, or nothing."""
        if not self._more:
            return ""
        last = self._entries[-1]
        return str(self.address.having("after", f"{last.table}/{last.record}"))

    @property
    def first(self) -> str:
        """The address of the first page, or nothing where this is it."""
        return str(self.address.without("after")) if self.address.values("after") else ""


def _older(address: Address, changes: Sequence[RecentChange], *, more: bool) -> str:
    if not more:
        return ""
    return str(address.having("before", str(changes[-1].change_set.revision)))


def _one_of(request: HttpRequest, parameter: str, known: object) -> str:
    value = request.GET.get(parameter, "").strip()
    if value and value not in known:
        raise BadPageNumber(
            _("“%(value)s” is not known as %(name)s here; choose one from the list of changes.")
            % {"value": value[:40], "name": parameter}
        )
    return value


def _subject(address: Address) -> tuple[str, str] | None:
    """Return of whose history an address asks, as a column of the log and a public id."""
    named = ((name, value) for name, value in address.parameters if name in SUBJECTS)
    subject = next(named, None)
    if subject and "\0" in subject[1]:
        raise BadPageNumber(_("No record has such an id; begin at the list of changes."))
    return subject


def _place(written: str) -> tuple[str, str] | None:
    table, _slash, record = written.partition("/")
    if written and (table not in TABLES or "\0" in record):
        raise BadPageNumber(_("There is no such place in this change; begin at its first page."))
    return (table, record[:200]) if written else None


def _choices(pairs: object, chosen: str) -> Choices:
    return Choices([Option(value, str(label), value == chosen) for value, label in pairs])
