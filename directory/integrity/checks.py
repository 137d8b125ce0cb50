"""All checks, as they were at one moment."""

from collections.abc import Callable, Iterator

from directory.history.moment import one_moment
from directory.integrity.change_log import entries, revision
from directory.integrity.counters import counters
from directory.integrity.decisions import decisions
from directory.integrity.derived import derived_columns, search_index
from directory.integrity.finding import Finding
from directory.integrity.likeness import likest_cities
from directory.integrity.records import overlapping_memberships, redirects, trees
from directory.integrity.references import references
from directory.integrity.releases import kept_files, releases

CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "revision": revision,
    "counters": counters,
    "references": references,
    "trees": trees,
    "redirects": redirects,
    "overlapping memberships": overlapping_memberships,
    "derived columns": derived_columns,
    "search index": search_index,
    "likest cities": likest_cities,
    "change log": entries,
    "decisions": decisions,
    "releases": releases,
    "files of releases": kept_files,
}


def find_disagreements() -> Iterator[Finding]:
    """Yield whatever disagrees, as it is found; a few hundred records are in memory at a time."""
    with one_moment():
        for check in CHECKS.values():
            yield from check()
