"""Checking what a package says of memberships and of the statements they rest on."""

from collections import defaultdict

from directory.datapackage.package import Package
from directory.models.choices import Voice
from directory.models.columns import Row
from directory.models.period import FAR_PAST, Bounds, membership_bounds, possible_days
from directory.models.standing import Word, standing


def words_by_membership(statements: dict[str, Row]) -> dict[str, list[Word]]:
    """Return what is said of each membership, from rows of statements."""
    words: dict[str, list[Word]] = defaultdict(list)
    for public_id, row in statements.items():
        words[row["membership"]].append(
            Word(
                voice=row["voice"],
                says=row["says"],
                joined=row["joined"],
                left=row["left"],
                ended=row["ended"],
                source_year=row["source_year"],
                checked=row["checked"],
                made=row["made"],
                number=int(public_id[1:]),
            )
        )
    return words


def check_periods(package: Package) -> None:
    """Dates are in the calendar, and nobody leaves before joining or both with and without date."""
    for table in ("memberships", "statements"):
        for record, row in package.rows(table).items():
            _check_period(package, table, record, row)


def check_one_open_membership(package: Package) -> None:
    """A city has one open membership in a network."""
    first: dict[tuple[str, str], str] = {}
    for record, row in package.rows("memberships").items():
        if row["left"] or row["ended"]:
            continue
        pair = (row["network"], row["city"])
        if pair in first:
            package.report(
                "memberships",
                record,
                "left",
                f"{row['city']} has the open membership {first[pair]} in {row['network']} "
                "already; write when one of the two ended",
            )
        first.setdefault(pair, record)


def check_overlapping_periods(package: Package) -> None:
    """Two memberships of one city in one network do not surely share a day."""
    periods: dict[tuple[str, str], list[tuple[Bounds, str]]] = defaultdict(list)
    for record, row in package.rows("memberships").items():
        bounds = _bounds(row)
        if bounds:
            periods[row["network"], row["city"]].append((bounds, record))
    for (network, city), found in periods.items():
        # From the day on which it has surely begun to the day before which it surely has not ended.
        sure = sorted(
            (bounds.joined.last, bounds.left.first, record)
            for bounds, record in found
            if bounds.joined.last <= bounds.left.first
        )
        last_end, earlier = FAR_PAST, ""
        for begin, end, later in sure:
            # Two open ones are reported as such.
            if begin < last_end and not (_is_open(package, earlier) and _is_open(package, later)):
                package.report(
                    "memberships",
                    later,
                    "joined",
                    f"{city} was a member of {network} by {earlier} at that time already; "
                    "correct the dates, or make one membership of the two",
                )
            if end > last_end:
                last_end, earlier = end, later


def check_statements(package: Package) -> None:
    """A source has an address."""
    for record, row in package.rows("statements").items():
        if row["voice"] == Voice.SOURCE and not row["source"]:
            package.report(
                "statements",
                record,
                "source",
                "a source speaks, so its address is needed; write where it can be read",
            )


def check_standing(package: Package) -> None:
    """The standing of a membership is the one that follows from its statements."""
    if package.tables["statements"].broken or "statements" in package.unread:
        # What follows from statements that cannot be read is not known.
        return
    words = words_by_membership(package.rows("statements"))
    for record, row in package.rows("memberships").items():
        try:
            expected = standing(words[record])
        except ValueError:
            continue
        if row["standing"] != expected:
            package.report(
                "memberships",
                record,
                "standing",
                f"“{row['standing']}” does not follow from its {len(words[record])} statements; "
                f"write {expected}",
            )


def _is_open(package: Package, record: str) -> bool:
    row = package.rows("memberships")[record]
    return not row["left"] and not row["ended"]


def _bounds(row: Row) -> Bounds | None:
    try:
        return membership_bounds(row["joined"], row["left"], ended=row["ended"])
    except ValueError:
        return None


def _check_period(package: Package, table: str, record: str, row: Row) -> None:
    if row["left"] and row["ended"]:
        package.report(
            table,
            record,
            "ended",
            "ended means that the date of leaving is not known, but left has one; write no",
        )
    is_readable = True
    for column in ("joined", "left"):
        try:
            if row[column]:
                possible_days(row[column])
        except ValueError as error:
            is_readable = False
            package.report(table, record, column, f"{error}; write a day of the calendar")
    if is_readable and row["left"] and not _bounds(row):
        package.report(
            table,
            record,
            "left",
            f"{row['left']} is before {row['joined']}, when it joined; correct one of them",
        )
