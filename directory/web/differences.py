"""What submissions would change, in words: for editors, and for whoever submitted them."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.models import Submission
from directory.models.tables import TABLES
from directory.registration.review import Difference, differences_of
from directory.web.changed_records import Value, column_label, rows_in_words


@dataclass(frozen=True)
class ShownDifference:
    """One column of a submission in words: as it was then, as it is now, as it is proposed."""

    label: str
    description: str
    before: list[Value]
    now: list[Value]
    proposed: list[Value]
    is_stale: bool


def shown_differences(submissions: Iterable[Submission]) -> dict[int, list[ShownDifference]]:
    """Return what submissions would change, in words, by key; few queries for each table."""
    submissions = list(submissions)
    found = differences_of(submissions)
    shown: dict[int, list[ShownDifference]] = {}
    for table in sorted({said.table for said in submissions}):
        of_table = [said for said in submissions if said.table == table]
        rows = [
            {one.column: getattr(one, moment) for one in found[said.pk] if _is_said(one, moment)}
            for said in of_table
            for moment in ("before", "now", "proposed")
        ]
        words = iter(rows_in_words(table, rows))
        for said in of_table:
            before, now, proposed = next(words), next(words), next(words)
            shown[said.pk] = [
                ShownDifference(
                    column_label(TABLES[table].column(one.column)),
                    TABLES[table].column(one.column).description,
                    before.get(one.column, []),
                    now.get(one.column, []),
                    proposed.get(one.column, []),
                    one.is_stale and bool(said.record),
                )
                for one in found[said.pk]
            ]
    return shown


def _is_said(difference: Difference, moment: str) -> bool:
    return getattr(difference, moment) is not None
