"""What a mirror reads: change sets in order of revision, whole, a page of entries at a time.

Revisions are given out one after another, each just before its commit, so whoever has read up to
one has missed none. A page holds whole change sets; one that has more entries than a page stands
alone, in parts, for a mirror to put together before it writes any of it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from directory.history.histories import entries_of
from directory.history.reading import count_entries
from directory.models import ChangeSet, Entry
from directory.models.columns import Row
from directory.models.tables import TABLES

SETS_A_PAGE = 100


@dataclass(frozen=True)
class Part:
    """A change set with those of its entries that stand on one page.

    ``count`` is how many it has in all; it ``is_complete`` where the last of them is here.
    """

    change_set: ChangeSet
    count: int
    entries: Collection[Entry] = field(default_factory=list)
    is_complete: bool = True


def find_change_set(revision: int) -> ChangeSet | None:
    """Return the change set of a revision; None where there is none."""
    return ChangeSet.objects.select_related("reverts").filter(revision=revision).first()


def change_sets_after(revision: int, *, limit: int) -> list[Part]:
    """Return the change sets that follow a revision: whole ones, together of ``limit`` entries.

    Where the first has more than that it comes alone, with its first entries. Three queries.
    """
    found = ChangeSet.objects.filter(revision__gt=revision).select_related("reverts")
    following = list(found.order_by("revision")[:SETS_A_PAGE])
    counts = _counts(following)
    whole: list[ChangeSet] = []
    for change_set in following:
        limit -= counts[change_set.pk]
        if limit < 0:
            break
        whole.append(change_set)
    if following and not whole:
        return [_part(following[0], counts, after=None, limit=limit + counts[following[0].pk])]
    entries: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(change_set__in=whole).order_by("table", "record"):
        entries.setdefault(entry.change_set_id, []).append(entry)
    return [Part(one, counts[one.pk], entries.get(one.pk, [])) for one in whole]


def part_of(change_set: ChangeSet, *, after: tuple[str, str] | None = None, limit: int) -> Part:
    """Return the entries of a change set that follow one, by table and record; two queries."""
    return _part(change_set, _counts([change_set]), after=after, limit=limit)


def package_row(table: str, row: Row | None) -> Row | None:
    """Return a logged row as the data package has it today, column by column.

    What was logged before the table had a column is empty in it.
    """
    return None if row is None else TABLES[table].completed(row)


def _part(
    change_set: ChangeSet, counts: dict[int, int], *, after: tuple[str, str] | None, limit: int
) -> Part:
    entries = entries_of(change_set, after=after, limit=limit + 1)
    is_complete = len(entries) <= limit
    return Part(change_set, counts[change_set.pk], entries[:limit], is_complete)


def _counts(change_sets: Collection[ChangeSet]) -> dict[int, int]:
    counts = count_entries(Entry.objects.filter(change_set__in=change_sets))
    return {one.pk: sum(count.records for count in counts.get(one.pk, [])) for one in change_sets}
