"""Checking what the rows of a data package say together."""

from collections.abc import Iterable

from django.utils.text import slugify
from rapidfuzz import fuzz, process

from directory.datapackage.checking_chains import check_city_successors
from directory.datapackage.checking_memberships import (
    check_one_open_membership,
    check_overlapping_periods,
    check_periods,
    check_standing,
    check_statements,
)
from directory.datapackage.checking_networks import (
    check_merging,
    check_network_tree,
    check_network_years,
    check_stated_members,
)
from directory.datapackage.package import Package
from directory.models.fields import RESERVED_SLUGS
from directory.models.region import WORLD
from directory.models.tables import LABEL_TABLES, SLUG_TABLES, TABLES

# A suggestion costs a look at every known id, so a package that is wrong all over gets fewer.
MOST_SUGGESTIONS = 300
LEAST_LIKENESS = 70


def check_package(package: Package) -> None:
    """Add to the package's problems all that its rows get wrong together."""
    for check in CHECKS:
        check(package)


def check_references(package: Package) -> None:
    """Every reference, also inside lists, must name a record of the package."""
    known = _known(package, package.tables)
    known["regions"] = list(_regions(package))
    known_sets = {name: set(records) for name, records in known.items()}
    suggestions: dict[tuple[str, str], str] = {}
    for name, held in package.tables.items():
        for column in held.table.columns:
            if not column.references or _file_of(column.references) in package.unread:
                continue
            targets = known_sets[column.references]
            for record, row in held.readable():
                value = row.get(column.name)
                for item in value if isinstance(value, list) else filter(None, [value]):
                    if item not in targets:
                        hint = _suggest(item, column.references, known, suggestions)
                        package.report(name, record, column.name, hint)


def check_labels(package: Package) -> None:
    """Every label must belong to a record of the package."""
    known = _known(package, LABEL_TABLES.values())
    suggestions: dict[tuple[str, str], str] = {}
    for record, row in package.tables["labels"].readable():
        if "record" in row:
            kind, owner = row["record"].split("/")
            table = LABEL_TABLES[kind]
            if owner not in package.tables[table] and table not in package.unread:
                hint = _suggest(owner, table, known, suggestions)
                package.report("labels", record, "record", hint)


def check_unique(package: Package) -> None:
    """A value of a unique column, where there is one, stands in one row."""
    for name, held in package.tables.items():
        for column in held.table.columns:
            if not column.unique or (column.name,) == held.table.key:
                continue
            first: dict[object, str] = {}
            for record, row in held.readable():
                value = row.get(column.name)
                if value in (None, ""):
                    continue
                if value in first:
                    package.report(
                        name,
                        record,
                        column.name,
                        f"“{value}” belongs to {first[value]} already; only one may have it",
                    )
                first.setdefault(value, record)


def check_regions(package: Package) -> None:
    """Regions are a tree: World, its regions, and their parts, each with an address."""
    parents: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for code, row in package.rows("countries").items():
        region, part = row["region"], row["subregion"]
        for column, name, parent in (
            ("region", region, WORLD),
            ("subregion", part, WORLD if part == region else region),
        ):
            if name == WORLD or parents.setdefault(name, parent) != parent:
                above = parents.get(name, "above all regions")
                package.report(
                    "countries",
                    code,
                    column,
                    f"“{name}” lies in {above} elsewhere; a region has one place in the tree",
                )
            if not slugify(name) or slugs.setdefault(slugify(name), name) != name:
                package.report(
                    "countries",
                    code,
                    column,
                    f"“{name}” gives no address of its own; write a name in Latin letters "
                    "that no other region has",
                )


def check_focus_area_tree(package: Package) -> None:
    """Focus areas are two levels deep: a parent has no parent."""
    for record, row in package.rows("focus_areas").items():
        parent = row["parent"]
        if parent == record:
            package.report(
                "focus_areas", record, "parent", "an area is not its own parent; leave it empty"
            )
        elif above := package.value("focus_areas", parent, "parent"):
            package.report(
                "focus_areas",
                record,
                "parent",
                f"“{parent}” lies under “{above}” itself; the tree has two levels, "
                "write an area at the top",
            )


def check_reserved_slugs(package: Package) -> None:
    """No record may have an address that a page of the site has."""
    for name in SLUG_TABLES.values():
        for record, _row in package.tables[name].readable():
            if record in RESERVED_SLUGS:
                key = TABLES[name].key[0]
                package.report(
                    name, record, key, f"“{record}” is an address of the site; choose another id"
                )
    for record, row in package.rows("redirects").items():
        if row["old"] in RESERVED_SLUGS:
            package.report(
                "redirects",
                record,
                "old",
                f"“{row['old']}” is an address of the site; it cannot lead elsewhere",
            )


def check_redirects(package: Package) -> None:
    """A redirect leads from an id without record straight to one with a record."""
    redirects = package.rows("redirects")
    known = _known(package, SLUG_TABLES.values())
    suggestions: dict[tuple[str, str], str] = {}
    for record, row in redirects.items():
        table = SLUG_TABLES[row["record_type"]]
        if row["old"] in package.tables[table]:
            package.report(
                "redirects",
                record,
                "old",
                f"{table} has a record “{row['old']}”; a former id must not be in use",
            )
        if row["new"] in package.tables[table] or table in package.unread:
            continue
        following = redirects.get(f"{row['record_type']}/{row['new']}")
        if following:
            text = f"“{row['new']}” leads on to “{following['new']}”; write where it ends"
            if following["new"] == row["old"] or row["new"] == row["old"]:
                text = f"“{row['old']}” leads back to itself; write an id that is in use"
            package.report("redirects", record, "new", text)
        else:
            hint = _suggest(row["new"], table, known, suggestions)
            package.report("redirects", record, "new", hint)


def _known(package: Package, tables: Iterable[str]) -> dict[str, list[str]]:
    """Return the public ids of all records of the tables, those with an unread cell included."""
    return {name: [record for record, _ in package.tables[name].readable()] for name in tables}


def _file_of(referenced: str) -> str:
    """Return the table in whose file the target of a reference stands."""
    return "countries" if referenced == "regions" else referenced


def _regions(package: Package) -> Iterable[str]:
    names = {WORLD}
    for _code, row in package.tables["countries"].readable():
        names |= {row.get("region", WORLD), row.get("subregion", WORLD)}
    return sorted(names)


def _suggest(
    value: str, table: str, known: dict[str, list[str]], made: dict[tuple[str, str], str]
) -> str:
    if (table, value) not in made:
        text = f"“{value}” is not in {table}"
        near = None
        if len(made) < MOST_SUGGESTIONS:
            near = process.extractOne(
                value, known[table], scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS
            )
        made[table, value] = (
            f"{text}; did you mean “{near[0]}”?" if near else f"{text}; add it there, or correct it"
        )
    return made[table, value]


CHECKS = (
    check_references,
    check_labels,
    check_unique,
    check_regions,
    check_focus_area_tree,
    check_network_tree,
    check_merging,
    check_network_years,
    check_stated_members,
    check_city_successors,
    check_reserved_slugs,
    check_redirects,
    check_periods,
    check_one_open_membership,
    check_overlapping_periods,
    check_statements,
    check_standing,
)
"""Every check of what rows say together; each reads on where another has found a problem."""
