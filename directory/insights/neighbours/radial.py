"""Where neighbours stand on a drawing: round the middle, the more alike the nearer to it.

The distance from the middle is exact: it falls evenly with likeness, from the outermost ring to
the innermost. The direction is a help to the eye: who is most alike stands side by side, as far
as that goes in a circle. No chance is in it, so that the same neighbourhood is drawn the same.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from directory.insights.neighbours.finding import Neighbour, Neighbourhood, Tie

# In units of the drawing. Two marks side by side need so much room, wherever they stand.
MARK = 16
ROOM = 2 * MARK + 8
INNERMOST, BETWEEN = 130, 190
# From the outermost ring to the names, and for these.
GAP, NAMES = 36, 175
THINNEST, THICKEST = 1.0, 7.0
# How far lines bend towards the middle (0: not at all, 1: through it).
BEND = 0.4
# Rings stand at the finest of these steps of likeness that makes no more than so many.
STEPS = (0.2, 0.1, 0.05, 0.02, 0.01)
MOST_RINGS = 5
DIGITS = 1


@dataclass(frozen=True)
class Ring:
    """A circle round the middle on which all are that are alike so much (0 to 1)."""

    radius: float
    score: float


@dataclass(frozen=True)
class Mark:
    """Where a neighbour stands: in which direction from the middle (degrees, clockwise), how far.

    ``x`` and ``y`` say the same once more.
    """

    neighbour: Neighbour
    degrees: float
    distance: float
    x: float
    y: float

    @property
    def is_left(self) -> bool:
        """Whether it stands on the left, where names must be turned round to be read."""
        return 90 < self.degrees < 270

    @property
    def reading_degrees(self) -> float:
        """By how much its name is turned, so that it is never upside down."""
        return round(self.degrees - 180 * self.is_left, DIGITS)


@dataclass(frozen=True)
class Line:
    """A tie as it is drawn: the ``d`` of a path, and how thick it is."""

    tie: Tie
    path: str
    width: float


class RadialLayout:
    """The drawing of a neighbourhood; the middle is at (0, 0)."""

    def __init__(self, neighbourhood: Neighbourhood) -> None:
        self._neighbourhood = neighbourhood

    @cached_property
    def innermost(self) -> float:
        """Radius of the innermost ring: so large that all marks would have room on it."""
        return max(INNERMOST, math.ceil(len(self._neighbourhood.neighbours) * ROOM / math.tau))

    @property
    def outermost(self) -> float:
        """Radius of the outermost ring."""
        return self.innermost + BETWEEN

    @property
    def names_from(self) -> float:
        """Distance from the middle at which names begin."""
        return self.outermost + GAP

    @property
    def guides_to(self) -> float:
        """Distance from the middle at which the lines end that lead from marks to names."""
        return self.names_from - 8

    @property
    def mark(self) -> int:
        """Radius of a mark."""
        return MARK

    @property
    def reach(self) -> float:
        """Distance from the middle to every edge of the drawing."""
        return self.names_from + NAMES

    @property
    def between_marks(self) -> float:
        """The degrees before the first mark at which nothing stands: there rings are written."""
        return round(-180 / max(len(self._neighbourhood.neighbours), 1), DIGITS)

    @property
    def view_box(self) -> str:
        """The part of the plane that is shown, as SVG writes it."""
        return f"{-self.reach:g} {-self.reach:g} {2 * self.reach:g} {2 * self.reach:g}"

    @cached_property
    def rings(self) -> list[Ring]:
        """The rings, from the outermost, which is of the least likeness, inwards."""
        lowest, highest, step = self._scale
        count = highest - lowest
        return [
            Ring(self._radius((lowest + i) * step), round((lowest + i) * step, 2))
            for i in range(count + 1)
        ]

    @cached_property
    def marks(self) -> list[Mark]:
        """The neighbours by rank, each where it stands."""
        in_order = side_by_side(self._neighbourhood)
        found = []
        for place, neighbour in enumerate(in_order):
            # From the top, clockwise.
            degrees = (270 + 360 * place / len(in_order)) % 360
            radius = self._radius(neighbour.score)
            x, y = (
                # A zero has no sign.
                round(radius * turn(math.radians(degrees)), DIGITS) + 0.0
                for turn in (math.cos, math.sin)
            )
            found.append(Mark(neighbour, round(degrees, DIGITS), radius, x, y))
        return sorted(found, key=lambda mark: mark.neighbour.rank)

    @cached_property
    def lines(self) -> list[Line]:
        """The strong ties, the thickest last, so that none hides below another."""
        marks = {mark.neighbour.rank: mark for mark in self.marks}
        ties = self._neighbourhood.strong_ties
        most = max((tie.shared for tie in ties), default=1)
        lines = [
            Line(
                tie,
                _curve(marks[tie.first.rank], marks[tie.second.rank]),
                round(THINNEST + (THICKEST - THINNEST) * tie.shared / most, DIGITS),
            )
            for tie in ties
        ]
        return sorted(lines, key=lambda line: (line.width, line.tie.order))

    @cached_property
    def _scale(self) -> tuple[int, int, float]:
        """The least and the most likeness of the rings in steps, and the step."""
        scores = [each.score for each in self._neighbourhood.neighbours] or [0.0, 1.0]
        for step in reversed(STEPS):
            highest = math.ceil(round(max(scores) / step, 9))
            lowest = min(math.floor(round(min(scores) / step, 9)), highest - 1)
            if highest - lowest < MOST_RINGS:
                break
        return lowest, highest, step

    def _radius(self, score: float) -> float:
        lowest, highest, step = self._scale
        share = (score / step - lowest) / (highest - lowest)
        return round(self.outermost - share * BETWEEN, DIGITS)


def side_by_side(neighbourhood: Neighbourhood) -> list[Neighbour]:
    """Return the neighbours in an order in which those most alike follow each other.

    Pairs are gone through from the strongest tie to the weakest, then those without any; each is
    put side by side unless one of the two stands between others already, or a circle would close.
    """
    neighbours = neighbourhood.neighbours
    chains: dict[int, list[Neighbour]] = {each.rank: [each] for each in neighbours}
    for first, second in _pairs(neighbourhood):
        one, other = chains[first.rank], chains[second.rank]
        if one is other or first not in (one[0], one[-1]) or second not in (other[0], other[-1]):
            continue
        if one[-1] is not first:
            one.reverse()
        if other[0] is not second:
            other.reverse()
        one.extend(other)
        for each in other:
            chains[each.rank] = one
    if not neighbours:
        return []
    # The circle begins with the nearest of all, and goes on to the nearer one beside it.
    chain = chains[neighbours[0].rank]
    start = chain.index(neighbours[0])
    circle = chain[start:] + chain[:start]
    if len(circle) > 1 and circle[-1].rank < circle[1].rank:
        circle[1:] = reversed(circle[1:])
    return circle


def _pairs(neighbourhood: Neighbourhood) -> list[tuple[Neighbour, Neighbour]]:
    """Return all pairs, the most strongly tied first, in a total order."""
    strength: Mapping[tuple[int, int], float] = {
        (tie.first.rank, tie.second.rank): tie.score for tie in neighbourhood.ties
    }
    neighbours = neighbourhood.neighbours
    pairs = [
        (first, second) for i, first in enumerate(neighbours) for second in neighbours[i + 1 :]
    ]
    return sorted(
        pairs,
        key=lambda pair: (
            -strength.get((pair[0].rank, pair[1].rank), 0.0),
            pair[0].rank,
            pair[1].rank,
        ),
    )


def _curve(one: Mark, other: Mark) -> str:
    x, y = ((1 - BEND) * (a + b) / 2 for a, b in ((one.x, other.x), (one.y, other.y)))
    return f"M{one.x:g} {one.y:g}Q{x:.1f} {y:.1f} {other.x:g} {other.y:g}"
