"""Writing all files of a release into a folder, as the data were at one moment."""

import datetime
from collections.abc import Callable
from pathlib import Path

from directory.datapackage.descriptor import FILE_NAME
from directory.history.moment import one_moment
from directory.models.choices import ReleasePart
from directory.models.tables import TABLES
from directory.releases import change_list, citations, manifest, package_zip
from directory.releases.centrality_table import write_centralities
from directory.releases.edition import Edition, next_edition
from directory.releases.frozen import Frozen
from directory.releases.graphs import write_graphs
from directory.releases.read_me import read_me
from directory.releases.tables import Progress, write_tables

CITATIONS: dict[str, tuple[Callable[[Edition], str], str, str]] = {
    "CITATION.cff": (
        citations.citation_cff,
        "How to cite it, in the Citation File Format.",
        "application/yaml; charset=utf-8",
    ),
    "citation.bib": (
        citations.bibtex,
        "How to cite it, for BibTeX.",
        "application/x-bibtex; charset=utf-8",
    ),
    "citation.ris": (
        citations.ris,
        "How to cite it, for Zotero, EndNote and Mendeley.",
        "application/x-research-info-systems; charset=utf-8",
    ),
    "citation.json": (
        citations.csl_json,
        "How to cite it, in CSL-JSON.",
        "application/vnd.citationstyles.csl+json",
    ),
    "datacite.json": (
        citations.datacite,
        "Metadata in DataCite's schema 4.5.",
        "application/vnd.datacite.datacite+json",
    ),
}
TEXT, JSON, MARKDOWN = (
    "text/plain; charset=utf-8",
    "application/json",
    "text/markdown; charset=utf-8",
)


def freeze(
    folder: Path, *, day: datetime.date, again: bool = False, progress: Progress | None = None
) -> Frozen:
    """Write a release of the present data into an empty folder; nothing is published.

    The same data, day and versions of libraries give the same bytes; with ``again`` those of the
    newest release where nothing has changed since. Writers go on meanwhile.
    Raises NothingChanged, ReleaseRefused where a library is missing, OSError where the folder
    cannot be written.
    """
    with one_moment():
        frozen = Frozen(folder, next_edition(day, again=again))
        write_tables(frozen, progress)
        write_graphs(frozen)
        write_centralities(frozen)
        _write_changes(frozen)
    _write_citations(frozen)
    _write_package(frozen)
    _write_proof(frozen)
    return frozen


def _write_changes(frozen: Frozen) -> None:
    changes = change_list.changes_of(frozen.edition)
    frozen.changes = {name: table.counts() for name, table in changes.items()}
    frozen.write("changes.json", change_list.as_json(frozen.edition, changes))
    frozen.write("changes.md", change_list.as_markdown(frozen.edition, changes))
    for name, whom, media_type in (
        ("changes.md", "people", MARKDOWN),
        ("changes.json", "programs", JSON),
    ):
        frozen.add(
            name,
            part=ReleasePart.PROOF,
            description=f"What changed since the release before, for {whom}.",
            media_type=media_type,
        )


def _write_citations(frozen: Frozen) -> None:
    for name, (text, description, media_type) in CITATIONS.items():
        frozen.write(name, text(frozen.edition))
        frozen.add(name, part=ReleasePart.CITATION, description=description, media_type=media_type)


def _write_package(frozen: Frozen) -> None:
    frozen.write(FILE_NAME, package_zip.descriptor_of(frozen))
    frozen.add(
        FILE_NAME,
        part=ReleasePart.PROOF,
        description="Table Schemas: what every column of the CSV files means, with checksums.",
        media_type=JSON,
    )
    names = [FILE_NAME, "CITATION.cff", *(f"{name}.csv" for name in sorted(TABLES))]
    day = frozen.edition.day
    package_zip.write_zip(
        frozen.path(package_zip.NAME),
        [frozen.path(name) for name in names],
        day=(day.year, day.month, day.day),
    )
    frozen.add(
        package_zip.NAME,
        part=ReleasePart.WHOLE,
        description="The data package: all tables as CSV, with their Table Schemas.",
        media_type="application/zip",
        rows=sum(frozen.rows.values()),
    )


def _write_proof(frozen: Frozen) -> None:
    frozen.write("README.md", read_me(frozen))
    frozen.add(
        "README.md",
        part=ReleasePart.PROOF,
        description="What the files are, and how to see that none is cut off.",
        media_type=MARKDOWN,
    )
    frozen.write(manifest.MANIFEST, manifest.manifest_of(frozen))
    frozen.add(
        manifest.MANIFEST,
        part=ReleasePart.PROOF,
        description="Every file with size, SHA-256 and number of rows, and what made them.",
        media_type=JSON,
    )
    frozen.write(manifest.SUMS, manifest.sums_of(frozen))
    frozen.add(
        manifest.SUMS,
        part=ReleasePart.PROOF,
        description="SHA-256 of every file, for sha256sum -c.",
        media_type=TEXT,
    )
