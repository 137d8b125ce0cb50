"""The names of records that are known by their public ids, many at a time."""

from collections.abc import Collection, Mapping

from directory.models.tables import TABLES

NAMED_BY = {
    "networks": "slug",
    "cities": "slug",
    "focus_areas": "slug",
    "funders": "slug",
    "countries": "code",
}


def record_names(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Return present names by table and public id, in one query for each table that has any.

    Records that are gone, and tables whose records have no name, are left out.
    """
    names: dict[str, dict[str, str]] = {}
    for table, records in wanted.items():
        if table in NAMED_BY and records:
            found = (
                TABLES[table]
                .model._default_manager.public()
                .filter(**{f"{NAMED_BY[table]}__in": sorted(records)})
            )
            names[table] = dict(found.values_list(NAMED_BY[table], "name"))
    return names
