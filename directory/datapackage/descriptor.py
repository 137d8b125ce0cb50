"""``datapackage.json``: the Table Schemas of all tables, made from the registry."""

import json
from typing import Any

from directory.datapackage.cells import FALSE, LIST_DELIMITER, TRUE
from directory.models.columns import Column, Table
from directory.models.tables import TABLES

FILE_NAME = "datapackage.json"

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}

SOURCES = [
    {
        "title": "Public pages of the networks and cities: the address stands in each statement",
    },
    {
        "title": "GeoNames (CC BY 4.0): coordinates, populations, time zones, division codes",
        "path": "https://www.geonames.org/",
    },
    {
        "title": "United Nations Statistics Division, M49: regions",
        "path": "https://unstats.un.org/unsd/methodology/m49/",
    },
]


def file_name(table: Table) -> str:
    """Return the name of a table's file."""
    return f"{table.name}.csv"


def descriptor() -> dict[str, Any]:
    """Return the descriptor of the data package; the same for the same code, without a date."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "citynet",
        "title": "CityNet: the open directory of city networks",
        "description": "Who the city networks are, what they work on, which cities belong to "
        "them, and how we know. An empty cell means not known; lists inside a cell are separated "
        "by semicolons.",
        "licenses": [LICENCE],
        "contributors": [{"title": "CityNet", "roles": ["publisher"]}],
        "sources": SOURCES,
        "resources": [_resource(TABLES[name]) for name in sorted(TABLES)],
    }


def descriptor_text() -> str:
    """Return the text of ``datapackage.json``."""
    return json.dumps(descriptor(), ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    foreign_keys = [
        {
            "fields": [column.name],
            "reference": {
                # Table Schema writes a reference to the table itself as an empty name.
                "resource": "" if column.references == table.name else column.references,
                "fields": list(TABLES[column.references].key),
            },
        }
        for column in table.columns
        if column.references and column.type != "list"
    ]
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    return {
        "name": table.name,
        "type": "table",
        "path": file_name(table),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.description,
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.format:
        field["format"] = column.format
    if column.type == "list":
        field |= {"delimiter": LIST_DELIMITER, "itemType": "string"}
    if column.type == "boolean":
        field |= {"trueValues": [TRUE], "falseValues": [FALSE]}
    field["description"] = column.description
    if column.constraints:
        field["constraints"] = column.constraints
    return field
