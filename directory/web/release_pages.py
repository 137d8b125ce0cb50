"""What the pages of releases show: files in groups, citations, changes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from directory.models import Release, ReleaseFile
from directory.models.choices import ReleasePart
from directory.models.tables import TABLES
from directory.releases import citations
from directory.releases.edition import edition_of

PARTS = {
    ReleasePart.WHOLE: _("Everything in one file"),
    ReleasePart.TABLE: _("Table by table"),
    ReleasePart.MAP: _("For maps"),
    ReleasePart.GRAPH: _("As a graph"),
    ReleasePart.CITATION: _("For citing"),
    ReleasePart.PROOF: _("Description, changes and checksums"),
}


class Group(NamedTuple):
    """Files that belong together, under a heading; ``table`` names the one they all hold."""

    title: object
    files: list[ReleaseFile]
    table: str = ""


class Citation(NamedTuple):
    """A release's citation in one format, to copy."""

    title: str
    text: str


class TableChange(NamedTuple):
    """How many records of a table were added, changed and removed."""

    table: str
    added: int
    changed: int
    removed: int


def listed_releases() -> QuerySet[Release]:
    """Return all releases, newest first, each with the number and the size of its files."""
    with_files = Release.objects.select_related("before").annotate(
        file_count=Count("files"), size=Sum("files__size")
    )
    return with_files.order_by("-revision")


class ReleasePage:
    """A release and what its page shows."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.edition = edition_of(release)

    @cached_property
    def files(self) -> list[ReleaseFile]:
        """All files of the release, in its own order."""
        files = list(self.release.files.order_by("position"))
        for file in files:
            file.release = self.release
        return files

    @property
    def size(self) -> int:
        """How many bytes all files have together."""
        return sum(file.size for file in self.files)

    def groups(self) -> Iterator[tuple[object, list[Group]]]:
        """Yield each part of the release that has files: its heading, and groups within it."""
        for part, title in PARTS.items():
            files = [file for file in self.files if file.part == part]
            if files and part == ReleasePart.TABLE:
                yield title, list(_by_table(files))
            elif files:
                yield title, [Group("", files)]

    def citations(self) -> list[Citation]:
        """Return how the release is cited, in each format that people paste."""
        return [
            Citation("BibTeX", citations.bibtex(self.edition)),
            Citation("RIS", citations.ris(self.edition)),
            Citation("CSL-JSON", citations.csl_json(self.edition)),
            Citation("CITATION.cff", citations.citation_cff(self.edition)),
        ]

    def changes(self) -> list[TableChange]:
        """Return what changed since the release before, table by table; those without are left."""
        return [
            TableChange(table, **counts)
            for table, counts in self.release.changes.items()
            if any(counts.values())
        ]


def _by_table(files: Iterable[ReleaseFile]) -> Iterator[Group]:
    by_table: dict[str, list[ReleaseFile]] = {}
    for file in files:
        by_table.setdefault(file.name.partition(".")[0], []).append(file)
    for table, found in by_table.items():
        yield Group(table, found, table if table in TABLES else "")
