"""The change log: every transaction that changes public data, what it changed, and why."""

from directory.history.change_sets import Changes, change_set, check_reason, current_changes
from directory.history.followers import followers
from directory.history.histories import (
    HistoryChange,
    Subject,
    counts_of,
    entries_of,
    find_subject,
    history_of,
)
from directory.history.mirroring import (
    Part,
    change_sets_after,
    find_change_set,
    package_row,
    part_of,
)
from directory.history.past import NotThere, PastRecord, past_record
from directory.history.reading import (
    NoSuchRevision,
    RecentChange,
    TableCount,
    check_revision,
    current_revision,
    is_derived,
    last_spoken_by_people,
    later_entries,
    recent_changes,
    record_at,
)

__all__ = [
    "Changes",
    "HistoryChange",
    "NoSuchRevision",
    "NotThere",
    "Part",
    "PastRecord",
    "RecentChange",
    "Subject",
    "TableCount",
    "change_set",
    "change_sets_after",
    "check_reason",
    "check_revision",
    "counts_of",
    "current_changes",
    "current_revision",
    "entries_of",
    "find_change_set",
    "find_subject",
    "followers",
    "history_of",
    "is_derived",
    "last_spoken_by_people",
    "later_entries",
    "package_row",
    "part_of",
    "past_record",
    "recent_changes",
    "record_at",
]
