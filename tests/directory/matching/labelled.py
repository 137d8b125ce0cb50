"""The labelled list of names as people write them, each with what it means.

`labelled.csv` was written before the matcher, from the names that member lists, letters and older
maps use; whoever changes the matcher adds what failed and never bends a label. Columns:

* `name`, `country`, `admin1`, `latitude`, `longitude`: what is asked.
* `geonameid`: the place that is meant, or `city`: the city that is meant and has no place.
  With neither, nothing may be taken for a safe match, for the reason in `note`.
* `kind`: what makes the row hard.

Some places are in the full gazetteer of 235,000 places alone (small municipalities, most of them
one letter away from a larger one). In the bundled gazetteer they are absent, so that there the
right answer to these rows is none.
"""

import csv
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).with_name("labelled.csv")


class Label(NamedTuple):
    """One row of the list; `geonameid` is None and the texts are empty where nothing is said."""

    name: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    geonameid: int | None
    city: str
    kind: str
    note: str

    def __str__(self) -> str:
        return "/".join(part for part in (self.name, self.country, self.admin1) if part)


def labels() -> list[Label]:
    """The rows of the list, in its order."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return [_label(row) for row in csv.DictReader(file)]


def _label(row: dict[str, str]) -> Label:
    return Label(
        name=row["name"],
        country=row["country"],
        admin1=row["admin1"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        geonameid=int(row["geonameid"]) if row["geonameid"] else None,
        city=row["city"],
        kind=row["kind"],
        note=row["note"],
    )
