"""In whose history an entry of the change log stands: that of a network, a city, a membership.

A change of a membership is part of the history of its network and of its city, and so is a
change of a statement about it. The ids stand in the log itself, so that a history is one look
into an index, also that of records that are gone.
"""

from collections.abc import Collection, Iterable

from directory.models import Entry, Membership
from directory.models.choices import RecordType
from directory.models.columns import RECORDS_PER_QUERY, Row

Pair = tuple[str, str]
"""The network and the city of a membership, by public ids."""

LABELLED = {"networks": "network", "cities": "city"}
REDIRECTED = {RecordType.NETWORK.value: "network", RecordType.CITY.value: "city"}


def name_subjects(entries: Collection[Entry]) -> None:
    """Set the subjects of entries that are about to be written, all of one change set.

    What moved from one network or city to another stands in the history of the later one.
    """
    memberships = _memberships(entries)
    for entry in entries:
        row: Row = entry.after or entry.before
        if entry.table == "networks":
            entry.network = entry.record
        elif entry.table == "cities":
            entry.city = entry.record
        elif entry.table in ("memberships", "statements"):
            is_statement = entry.table == "statements"
            entry.membership = row["membership"] if is_statement else entry.record
            entry.network, entry.city = memberships.get(entry.membership, ("", ""))
        elif entry.table == "labels":
            kind, _, owner = row["record"].partition("/")
            _set(entry, LABELLED.get(kind), owner)
        elif entry.table == "redirects":
            _set(entry, REDIRECTED.get(row["record_type"]), row["new"])


def _set(entry: Entry, subject: str | None, public_id: str) -> None:
    if subject:
        setattr(entry, subject, public_id)


def _memberships(entries: Iterable[Entry]) -> dict[str, Pair]:
    """Return network and city of every membership that the entries speak of."""
    found: dict[str, Pair] = {}
    wanted: set[str] = set()
    for entry in entries:
        row: Row = entry.after or entry.before
        if entry.table == "memberships":
            found[entry.record] = (row["network"], row["city"])
        elif entry.table == "statements":
            wanted.add(row["membership"])
    numbers = sorted(int(public_id[1:]) for public_id in wanted - found.keys())
    for start in range(0, len(numbers), RECORDS_PER_QUERY):
        rows = Membership.objects.filter(pk__in=numbers[start : start + RECORDS_PER_QUERY])
        for pk, network, city in rows.values_list("pk", "network__slug", "city__slug"):
            found[f"m{pk:05d}"] = (network, city)
    return found
