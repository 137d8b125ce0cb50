"""Older rows in the ids that records have now."""

from collections.abc import Mapping

from directory.history.renames import TYPES, with_ids
from directory.models.columns import Row, Table


def follow_redirects(table: Table, row: Row, present: Mapping[str, Mapping[str, Row]]) -> Row:
    """Return an older row with ids that records have had since in place of those they had then."""

    def now(target: str, public_id: str) -> str:
        if target not in TYPES or public_id in present[target]:
            return public_id
        redirect = present["redirects"].get(f"{TYPES[target].value}/{public_id}")
        return redirect["new"] if redirect else public_id

    return with_ids(table, row, now)
