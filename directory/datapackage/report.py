"""What checking and loading a data package tell the person who asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a package; ``row`` counts as in the file, the header being row 1.

    Row 0 speaks of the whole file. ``place`` is a file, or a record of the database that what
    is loaded does not fit.
    """

    place: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        position = ":".join(filter(None, [self.place, str(self.row or ""), self.column]))
        return f"{position}: {self.text}"


class PackageRefusedError(Exception):
    """Raised when a package has problems; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"The package has {count} {noun}; nothing was written.")


@dataclass
class TableReport:
    """What a load did, or would do, to one table.

    ``kept`` are records of which people have spoken since they were loaded, and which the
    package would change; ``ended`` those that the package no longer names; ``left_alone`` those
    that it no longer names and that stay as they are.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """The number of records that the load changed."""
        return len(self.added) + len(self.updated) + len(self.ended)


@dataclass
class LoadReport:
    """What a load did, or with ``dry_run`` would do, by table."""

    dry_run: bool
    removes_missing: bool
    tables: dict[str, TableReport] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return the report as lines of text, one per table, and what was kept."""
        lines = [f"{'':12} {'added':>8} {'updated':>8} {'unchanged':>10} {'kept':>6} {'ended':>6}"]
        for name, table in self.tables.items():
            lines.append(
                f"{name:12} {len(table.added):8} {len(table.updated):8} {table.unchanged:10} "
                f"{len(table.kept):6} {len(table.ended):6}"
            )
        for name, table in self.tables.items():
            if table.kept:
                lines.append(f"kept, changed by people since: {name} {_some(table.kept)}")
            if table.left_alone:
                lines.append(f"not in the package, left alone: {name} {_some(table.left_alone)}")
        changes = sum(table.changes for table in self.tables.values())
        if self.dry_run:
            lines.append(f"A dry run: nothing was written. A load would change {changes} records.")
        elif not changes:
            lines.append("Nothing to change: the directory says all of this already.")
        else:
            lines.append(f"{changes} record{'' if changes == 1 else 's'} changed.")
        return lines


SHOWN_IDS = 20


def _some(ids: list[str]) -> str:
    shown = ", ".join(ids[:SHOWN_IDS])
    return f"{shown} and {len(ids) - SHOWN_IDS} more" if len(ids) > SHOWN_IDS else shown
