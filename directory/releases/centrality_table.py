"""How central each city and network is on the day of a release, as CSV and Parquet."""

import csv
from collections.abc import Iterable
from pathlib import Path

from directory.datapackage.cells import render
from directory.insights.centralities import (
    CENTRALITY_COLUMNS,
    CentralitiesUnavailable,
    centralities,
    row,
)
from directory.insights.graph import two_mode
from directory.models import Membership
from directory.models.choices import ReleasePart
from directory.models.columns import Row
from directory.releases.frozen import Frozen
from directory.releases.parquet import write_parquet
from directory.releases.refusal import ReleaseRefused

NAME = "centralities"
DESCRIPTION = (
    "How central each city and network is in the graph of current memberships: degree, "
    "betweenness, closeness, eigenvector."
)


def write_centralities(frozen: Frozen) -> None:
    """Write the figures of every node; call it inside ``one_moment``.

    Raises ReleaseRefused where the library that works them out is not installed.
    """
    day = frozen.edition.day
    graph = two_mode(Membership.objects.public().current(day), day=day)
    try:
        rows = [row(each) for each in centralities(graph)]
    except CentralitiesUnavailable as missing:
        raise ReleaseRefused(str(missing)) from missing
    _write_csv(frozen.path(f"{NAME}.csv"), rows)
    write_parquet(frozen.path(f"{NAME}.parquet"), CENTRALITY_COLUMNS, rows)
    for ending, media_type in (
        ("csv", "text/csv; charset=utf-8"),
        ("parquet", "application/vnd.apache.parquet"),
    ):
        frozen.add(
            f"{NAME}.{ending}",
            part=ReleasePart.GRAPH,
            description=DESCRIPTION,
            media_type=media_type,
            rows=len(rows),
        )


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in CENTRALITY_COLUMNS])
        for each in rows:
            writer.writerow([render(column, each[column.name]) for column in CENTRALITY_COLUMNS])
