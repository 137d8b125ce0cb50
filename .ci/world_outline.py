"""Draws static/img/world.svg, the outline of the world's land under all maps of the site.

From the npm package world-atlas (ISC), whose data are Natural Earth's, public domain. Run by the
environment's own Python where npm is installed: `.venv/bin/python .ci/world_outline.py`. The same
package gives the same bytes; the result is committed, so that the site needs no npm.
"""

import itertools
import json
import math
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from directory.insights.equal_earth import HEIGHT, WIDTH, on_map  # noqa: E402

PACKAGE = "world-atlas@2.0.2"
FILE = "package/land-110m.json"
DRAWN = ROOT / "static" / "img" / "world.svg"

# Degrees between points of a line: straight on the globe's grid, it is curved on the map.
STEP = 4
# Islands smaller than this many square units would be specks.
SMALLEST = 2

Place = tuple[float, float]  # longitude, latitude
Ring = list[Place]
Point = tuple[int, int]


def main() -> None:
    """Fetch the package, draw its land, write the file."""
    rings = [part for ring in land(topology()) for part in cut(ring)]
    outline = [shape for ring in rings if (shape := drawn(ring))]
    edge = [(180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f"<!-- Equal Earth projection. Made with Natural Earth (public domain), by way of "
        f"{PACKAGE}; written by .ci/world_outline.py. -->\n"
        f'<path id="sea" d="{path([drawn(edge)])}"/>\n'
        f'<path id="land" fill-rule="evenodd" d="{path(outline)}"/>\n'
        "</svg>\n"
    )
    DRAWN.write_text(svg, encoding="utf-8", newline="\n")
    print(f"{DRAWN.relative_to(ROOT)}: {len(outline)} shapes, {len(svg)} bytes")


def topology() -> dict:
    """Return the package's TopoJSON of the world's land at 1:110 million."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(Path(folder) / packed.stdout.strip()) as archive:
            return json.load(archive.extractfile(FILE))


def land(world: dict) -> Iterator[Ring]:
    """Return the rings of the land, holes among them, in degrees."""
    x_scale, y_scale = world["transform"]["scale"]
    x_first, y_first = world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        xs, ys = (itertools.accumulate(each) for each in zip(*arc, strict=True))
        arcs.append(
            [(x * x_scale + x_first, y * y_scale + y_first) for x, y in zip(xs, ys, strict=True)]
        )
    for geometry in world["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        for ring in itertools.chain.from_iterable(polygons):
            # The first place of an arc is the last of the one before; ~n is arc n backwards.
            yield [
                place
                for number in ring
                for place in (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]
            ]


def cut(ring: Ring) -> Iterator[Ring]:
    """Return a ring in parts that do not cross the 180th meridian."""
    unrolled = ring[:1]
    for longitude, latitude in [*ring[1:], ring[0]]:
        turns = round((unrolled[-1][0] - longitude) / 360)
        unrolled.append((longitude + 360 * turns, latitude))
    if abs(unrolled[-1][0] - unrolled[0][0]) > 180:
        # It goes around a pole, which on the map is a line.
        pole = math.copysign(90, unrolled[0][1])
        unrolled += [(unrolled[-1][0], pole), (unrolled[0][0], pole)]
    for turn in (-360, 0, 360):
        part = [(longitude + turn, latitude) for longitude, latitude in unrolled]
        part = beyond(beyond(part, -180, 1), 180, -1)
        if part:
            yield part


def beyond(ring: Ring, meridian: float, side: int) -> Ring:
    """Return the part of a ring east (1) or west (-1) of a meridian (Sutherland and Hodgman)."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in itertools.pairwise([*ring[-1:], *ring]):
        within1, within2 = (x1 - meridian) * side >= 0, (x2 - meridian) * side >= 0
        if within1 != within2:
            kept.append((meridian, y1 + (y2 - y1) * (meridian - x1) / (x2 - x1)))
        if within2:
            kept.append((x2, y2))
    return kept


def drawn(ring: Ring) -> list[Point]:
    """Return a ring in whole units of the map; nothing where it would be a speck."""
    points: list[Point] = []
    for (x1, y1), (x2, y2) in itertools.pairwise([*ring, ring[0]]):
        steps = max(1, math.ceil(abs(y2 - y1) / STEP))
        for step in range(steps):
            share = step / steps
            x, y = on_map(y1 + (y2 - y1) * share, x1 + (x2 - x1) * share)
            point = round(x), round(y)
            if not points or point != points[-1]:
                points.append(point)
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise([*points, points[0]]))
    return points if abs(area) / 2 >= SMALLEST else []


def path(shapes: Iterable[list[Point]]) -> str:
    """Return shapes as the ``d`` of a path, each point by its distance from the last."""
    written: list[str] = []
    here = (0, 0)
    for shape in shapes:
        steps = []
        start = here
        for point in shape:
            steps.append((point[0] - start[0], point[1] - start[1]))
            start = point
        here = shape[0]
        numbers = " ".join(f"{x} {y}" for x, y in steps)
        written.append(f"m{numbers.replace(' -', '-')}z")
    return "".join(written)


if __name__ == "__main__":
    main()
