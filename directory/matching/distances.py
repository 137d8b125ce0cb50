"""How far apart places lie, and which of them lie inside a larger one."""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterator

from directory.models import Place
from directory.search.per_revision import PerRevision

KILOMETRES_PER_DEGREE = 111.2
# Quarters of a city of a million lie within some eight kilometres of its middle.
RADIUS_PER_ROOT = 0.008
SMALLEST_WITH_QUARTERS = 100_000
# A quarter has at most that share of its city's inhabitants.
LARGEST_SHARE = 0.34

Cell = tuple[int, int]
Large = tuple[int, float, float, int, str]


def kilometres(north: float, east: float, other_north: float, other_east: float) -> float:
    """Return the distance of two points, good enough for some hundred kilometres."""
    width = abs(east - other_east)
    width = min(width, 360 - width) * math.cos(math.radians((north + other_north) / 2))
    return KILOMETRES_PER_DEGREE * math.hypot(north - other_north, width)


def _read_large(_day: datetime.date) -> dict[Cell, list[Large]]:
    cells: dict[Cell, list[Large]] = defaultdict(list)
    rows = Place.objects.filter(population__gte=SMALLEST_WITH_QUARTERS).values_list(
        "geonameid", "latitude", "longitude", "population", "country_code"
    )
    for row in rows:
        cells[_cell(row[1], row[2])].append(row)
    return dict(cells)


# Some 5,000 places of the world: a megabyte.
large_places = PerRevision(_read_large, of=("places",))


def is_inside_larger(
    cells: dict[Cell, list[Large]], *, north: float, east: float, country: str, population: int
) -> bool:
    """Return whether a place lies so near a much larger one that it may be its quarter."""
    for _id, other_north, other_east, inhabitants, where in _around(cells, north, east):
        if where != country or population > inhabitants * LARGEST_SHARE:
            continue
        if kilometres(north, east, other_north, other_east) < RADIUS_PER_ROOT * inhabitants**0.5:
            return True
    return False


def _around(cells: dict[Cell, list[Large]], north: float, east: float) -> Iterator[Large]:
    row, column = _cell(north, east)
    for each in range(row - 1, row + 2):
        for other in range(column - 1, column + 2):
            yield from cells.get((each, other), ())


def _cell(north: float, east: float) -> Cell:
    return math.floor(north * 2), math.floor(east * 2)
