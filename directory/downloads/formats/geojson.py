"""GeoJSON (RFC 7946): every row as a point on the map, its columns as properties."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from directory.downloads.formats.json_document import document
from directory.downloads.formats.values import as_json, typed_row
from directory.models.columns import Column, Row

LATITUDE, LONGITUDE = "latitude", "longitude"


def write_geojson(
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    identifier: str,
    about: Mapping[str, Any] | None = None,
) -> Iterator[bytes]:
    """Yield a FeatureCollection, with what it is about under ``citynet`` (a foreign member).

    Rows hold ``latitude`` and ``longitude`` whether or not they are among the columns;
    ``identifier`` names the column that becomes the id of the feature. A row without a place
    becomes a feature without a geometry.
    """
    head: dict[str, Any] = {"type": "FeatureCollection"}
    if about:
        head["citynet"] = dict(about)
    properties = [column for column in columns if column.name not in (LATITUDE, LONGITUDE)]
    features = (as_json(_feature(properties, row, identifier)) for row in rows)
    yield from document(head, "features", features)


def _feature(columns: Sequence[Column], row: Row, identifier: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row[identifier],
        "geometry": _point(row[LONGITUDE], row[LATITUDE]),
        "properties": typed_row(columns, row),
    }


def _point(longitude: float | None, latitude: float | None) -> dict[str, Any] | None:
    if longitude is None or latitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}
