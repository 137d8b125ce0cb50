"""The rows of the data package as they were at a revision, put together from the change log.

Every entry of the log holds the whole row that a record had from then on, references that
followed a rename included. So what a table held at a revision is, of each record, the row of its
newest entry up to there: nothing is undone or guessed, and no table but the log is read.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Length, Replace

from directory.history import check_revision
from directory.models import Entry
from directory.models.columns import Row, Table

# A public id of several parts sorts part by part: "a" stands before "a-b", and so does "a/fr".
BY_PARTS = Replace(F("record"), Value("/"), Value(" "))
# m100000 comes after m99999.
BY_NUMBER = (Length("record"), "record")
ORDERS: dict[str, tuple[Any, ...]] = {
    "focus_areas": ("after__position", "record"),
    "memberships": BY_NUMBER,
    "statements": BY_NUMBER,
}
"""The order of rows in a file, in terms of the log, where it is not that of their ids."""

ROWS_AT_ONCE = 2000


def rows_at(table: Table, revision: int) -> Iterator[Row]:
    """Yield the rows that a table had at a revision, in the order of the file.

    They have the columns of today; see ``Table.completed``. Read in portions, so memory does not
    grow with the table. Raises NoSuchRevision for a revision that there is not.
    """
    check_revision(revision)
    said = entries_at(table, revision).values_list("after", flat=True)
    return map(table.completed, said.iterator(chunk_size=ROWS_AT_ONCE))


def entries_at(table: Table, revision: int) -> QuerySet[Entry]:
    """Return the entries whose ``after`` the records of a table said at a revision, in order."""
    until = Entry.objects.filter(table=table.name, change_set__revision__lte=revision)
    later = until.filter(
        record=OuterRef("record"), change_set__revision__gt=OuterRef("change_set__revision")
    )
    standing = until.filter(~Exists(later), after__isnull=False)
    return standing.order_by(*ORDERS.get(table.name, (BY_PARTS,)))
