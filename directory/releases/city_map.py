"""The cities of a release as GeoJSON, for maps."""

from collections.abc import Iterable

from directory.downloads.formats.geojson import write_geojson
from directory.models.choices import ReleasePart
from directory.models.columns import Row
from directory.models.tables import TABLES
from directory.releases.edition import LICENCE_URL
from directory.releases.frozen import Frozen

NAME = "cities.geojson"


def write_city_map(frozen: Frozen, rows: Iterable[Row]) -> None:
    """Write the rows of the table of cities, each as a point with its other columns."""
    rows = list(rows)
    about = {
        "release": frozen.edition.version,
        "licence": LICENCE_URL,
        "rows": len(rows),
    }
    with frozen.path(NAME).open("wb") as file:
        file.writelines(write_geojson(TABLES["cities"].columns, rows, identifier="id", about=about))
    frozen.add(
        NAME,
        part=ReleasePart.MAP,
        description="Cities as points with all their columns, in GeoJSON (RFC 7946).",
        media_type="application/geo+json",
        rows=len(rows),
    )
