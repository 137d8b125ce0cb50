"""A small valid data package that fills every column, to be broken in one place at a time."""

import copy
import csv
from pathlib import Path

from directory.datapackage.descriptor import FILE_NAME, descriptor_text, file_name
from directory.models.tables import TABLES

Cells = dict[str, str]
Tables = dict[str, list[Cells]]

_NETWORK = {
    "acronym": "NC",
    "aliases": "Nordic Cities;Nordiske byer",
    "website": "https://north.example",
    "founded": "1990",
    "ended": "",
    "status": "active",
    "merged_into": "",
    "kind": "association",
    "scope": "regional",
    "regions": "Europe;Northern Europe",
    "countries": "NO;SE",
    "headquarters_city": "Bergen",
    "headquarters_country": "NO",
    "focus_areas": "energy;climate",
    "members_are": "cities",
    "joining": "application",
    "fee": "fee",
    "eligibility": "Nordic cities",
    "members_url": "https://north.example/members",
    "stated_members": "40",
    "stated_members_as_of": "2024",
    "stated_members_source": "https://north.example/about",
    "funders": "a-fund;b-fund",
    "parent": "",
    "summary": "Nordic cities that work together.",
    "standing": "sourced",
    "sources": "https://north.example/z;https://north.example/a%3Bb",
}

_TINY: Tables = {
    "countries": [
        {
            "code": "NO",
            "iso3": "NOR",
            "m49": "578",
            "name": "Norway",
            "region": "Europe",
            "subregion": "Northern Europe",
            "note": "",
        },
        {
            "code": "SE",
            "iso3": "SWE",
            "m49": "752",
            "name": "Sweden",
            "region": "Europe",
            "subregion": "Northern Europe",
            "note": "A note, with a comma.",
        },
    ],
    "focus_areas": [
        {
            "slug": "climate",
            "position": "1",
            "name": "Climate",
            "parent": "",
            "synonyms": "global warming;carbon",
        },
        {
            "slug": "energy",
            "position": "2",
            "name": "Energy",
            "parent": "climate",
            "synonyms": "",
        },
    ],
    "funders": [{"id": "a-fund", "name": "A Fund"}, {"id": "b-fund", "name": "#B “Fund”"}],
    "networks": [
        {"slug": "north", "name": "Network of the North"} | _NETWORK,
        {"slug": "north-section", "name": "Its section"}
        | _NETWORK
        | {"parent": "north", "focus_areas": "climate", "funders": ""},
        {"slug": "old", "name": "Its predecessor"}
        | _NETWORK
        | {"status": "merged", "merged_into": "north", "founded": "1980", "ended": "1990"},
    ],
    "cities": [
        {
            "id": "bergen-no",
            "name": "Bergen",
            "country": "NO",
            "admin1": "46",
            "admin1_name": "Vestland",
            "latitude": "60.39299",
            "longitude": "5.32415",
            "population": "291940",
            "timezone": "Europe/Oslo",
            "geonameid": "3161732",
            "wikidata": "Q26793",
            "website": "https://bergen.example",
            "ended": "",
            "successor": "",
        },
        {
            "id": "malmo-se",
            "name": "Malmö",
            "country": "SE",
            "admin1": "27",
            "admin1_name": "Skåne",
            "latitude": "55.60587",
            "longitude": "13.0",
            "population": "",
            "timezone": "Europe/Stockholm",
            "geonameid": "2692969",
            "wikidata": "Q2211",
            "website": "",
            "ended": "",
            "successor": "",
        },
        {
            "id": "ytrebygda-no",
            "name": "Ytrebygda",
            "country": "NO",
            "admin1": "46",
            "admin1_name": "Vestland",
            "latitude": "60.26",
            "longitude": "5.34",
            "population": "",
            "timezone": "Europe/Oslo",
            "geonameid": "",
            "wikidata": "",
            "website": "",
            "ended": "1972",
            "successor": "bergen-no",
        },
    ],
    "memberships": [
        {
            "id": "m00001",
            "network": "north",
            "city": "bergen-no",
            "role": "chair",
            "founder": "yes",
            "joined": "1990",
            "left": "",
            "ended": "no",
            "standing": "confirmed",
        },
        {
            "id": "m00002",
            "network": "north",
            "city": "malmo-se",
            "role": "member",
            "founder": "no",
            "joined": "1995-05-03",
            "left": "2010-12",
            "ended": "no",
            "standing": "sourced",
        },
        {
            "id": "m00003",
            "network": "old",
            "city": "malmo-se",
            "role": "member",
            "founder": "no",
            "joined": "",
            "left": "",
            "ended": "yes",
            "standing": "unverified",
        },
    ],
    "statements": [
        {
            "id": "s00001",
            "membership": "m00001",
            "voice": "city",
            "says": "member",
            "joined": "1990",
            "left": "",
            "ended": "no",
            "source": "",
            "source_year": "",
            "checked": "yes",
            "written_as": "",
            "made": "2026-11-01",
        },
        {
            "id": "s00002",
            "membership": "m00002",
            "voice": "source",
            "says": "member",
            "joined": "1995-05-03",
            "left": "2010-12",
            "ended": "no",
            "source": "https://north.example/members",
            "source_year": "2012",
            "checked": "yes",
            "written_as": "Malmoe",
            "made": "2026-11-01",
        },
        {
            "id": "s00003",
            "membership": "m00003",
            "voice": "source",
            "says": "member",
            "joined": "",
            "left": "",
            "ended": "yes",
            "source": "https://old.example/members",
            "source_year": "1988",
            "checked": "no",
            "written_as": "",
            "made": "2026-11-01",
        },
    ],
    "labels": [
        {
            "record": "cities/bergen-no",
            "language": "de",
            "name": "Bergen",
            "synonyms": "",
        },
        {
            "record": "cities/malmo-se",
            "language": "fr",
            "name": "Malmö",
            "synonyms": "",
        },
        {
            "record": "focus-areas/energy",
            "language": "fr",
            "name": "Énergie",
            "synonyms": "énergies renouvelables;transition énergétique",
        },
        {
            "record": "networks/north",
            "language": "zh-Hant",
            "name": "北方城市網絡",
            "synonyms": "",
        },
    ],
    "redirects": [
        {"record_type": "city", "old": "bjorgvin-no", "new": "bergen-no"},
        {"record_type": "network", "old": "the-north", "new": "north"},
    ],
}


def tiny() -> Tables:
    """Return a copy of the tables, as cells of text, that may be changed."""
    return copy.deepcopy(_TINY)


def write(folder: Path, tables: Tables) -> Path:
    """Write the tables as a package and return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_text(descriptor_text(), encoding="utf-8")
    for name, rows in tables.items():
        table = TABLES[name]
        with (folder / file_name(table)).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.column_names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a package by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".xz"}
