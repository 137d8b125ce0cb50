"""The names of records that are known by their public ids, many at a time."""

from collections.abc import Collection, Mapping

from directory.models.tables import TABLES
from directory.search.names import called

NAMED_BY = {
    "networks": "slug",
    "cities": "slug",
    "focus_areas": "slug",
    "funders": "slug",
    "countries": "code",
}


def record_names(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Return present names by table and public id, in one query for each table that has any.

    They are those of the active language. Records that are gone, and tables whose records have no
    name, are left out.
    """
    names: dict[str, dict[str, str]] = {}
    for table, records in wanted.items():
        if table in NAMED_BY and records:
            model = TABLES[table].model
            rows = (
                model._default_manager.public()
                .filter(**{f"{NAMED_BY[table]}__in": sorted(records)})
                .values_list(NAMED_BY[table], "pk", "name")
            )
            names[table] = {public_id: called(model, pk, name) for public_id, pk, name in rows}
    return names
