"""Where neighbours stand: distance says likeness, nothing lies over anything, nothing is chance."""

import math
from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.insights.neighbours import Neighbour, Neighbourhood, RadialLayout, Tie
from directory.insights.neighbours.radial import BETWEEN, INNERMOST, MARK, side_by_side


@dataclass(frozen=True)
class Named:
    """Stands for a record: the layout asks nothing of it."""

    slug: str


def neighbourhood(scores, tied=()):
    """Neighbours of these likenesses; ties between ranks, each of a likeness."""
    neighbours = [
        Neighbour(rank, Named(f"record-{rank}"), 2, 10, score)
        for rank, score in enumerate(scores, start=1)
    ]
    ties = [
        Tie(neighbours[one - 1], neighbours[other - 1], shared, score)
        for one, other, shared, score in tied
    ]
    ties.sort(key=lambda tie: tie.order)
    return Neighbourhood(Named("middle"), neighbours, ties, len(neighbours))


def distance(mark):
    return math.hypot(mark.x, mark.y)


def test_the_more_alike_the_nearer_and_evenly_so():
    layout = RadialLayout(neighbourhood([0.5, 0.4, 0.2, 0.1]))
    assert (layout.innermost, layout.outermost) == (INNERMOST, INNERMOST + BETWEEN)
    half, much, little, least = (distance(mark) for mark in layout.marks)
    assert half == pytest.approx(layout.innermost, abs=0.2)
    assert least == pytest.approx(layout.outermost, abs=0.2)
    assert much - half == pytest.approx(least - little, abs=0.2)


def test_rings_stand_where_marks_of_their_likeness_would():
    layout = RadialLayout(neighbourhood([0.38, 0.12]))
    assert [ring.score for ring in layout.rings] == [0.1, 0.2, 0.3, 0.4]
    exact = RadialLayout(neighbourhood([0.4, 0.3, 0.2, 0.1]))
    radii = [ring.radius for ring in exact.rings]
    assert radii == pytest.approx([distance(mark) for mark in reversed(exact.marks)], abs=0.2)


def test_who_are_all_of_one_likeness_stand_on_one_ring():
    layout = RadialLayout(neighbourhood([1.0] * 30))
    assert max(ring.score for ring in layout.rings) == 1.0
    assert {round(distance(mark)) for mark in layout.marks} == {round(layout.innermost)}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=60))
def test_no_mark_lies_over_another_nor_beyond_the_rings(scores):
    layout = RadialLayout(neighbourhood(sorted(scores, reverse=True)))
    for one, other in combinations(layout.marks, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) > 2 * MARK
    for mark in layout.marks:
        assert layout.innermost - 0.2 <= distance(mark) <= layout.outermost + 0.2


def test_names_are_never_upside_down():
    layout = RadialLayout(neighbourhood([0.5] * 60))
    assert {mark.is_left for mark in layout.marks} == {True, False}
    for mark in layout.marks:
        assert -90 <= (mark.reading_degrees + 180) % 360 - 180 <= 90


def test_the_most_alike_stand_side_by_side():
    found = side_by_side(
        neighbourhood(
            [0.5, 0.4, 0.3, 0.2],
            [(1, 4, 2, 0.9), (3, 4, 2, 0.8), (2, 3, 2, 0.7), (1, 3, 2, 0.6)],
        )
    )
    # Round a circle: 2 stands beside 1 as well, for want of another place.
    assert [each.rank for each in found] == [1, 2, 3, 4]


def test_a_pair_more_alike_is_not_parted_for_one_less_alike():
    found = side_by_side(
        neighbourhood(
            [0.5, 0.4, 0.3, 0.2, 0.1],
            [(1, 3, 2, 0.9), (1, 5, 2, 0.8), (1, 2, 2, 0.7), (2, 4, 2, 0.6)],
        )
    )
    ranks = [each.rank for each in found]
    assert ranks[0] == 1
    assert {ranks[1], ranks[-1]} == {3, 5}
    assert abs(ranks.index(2) - ranks.index(4)) == 1


def test_without_ties_all_have_a_place_and_the_nearest_begins():
    ranks = [each.rank for each in side_by_side(neighbourhood([0.5, 0.4, 0.3, 0.2]))]
    assert ranks[0] == 1
    assert sorted(ranks) == [1, 2, 3, 4]


def test_lines_are_as_thick_as_much_is_in_common_and_the_thickest_lie_on_top():
    layout = RadialLayout(
        neighbourhood([0.5, 0.4, 0.3], [(1, 2, 12, 0.9), (2, 3, 6, 0.8), (1, 3, 3, 0.7)])
    )
    widths = {line.tie.shared: line.width for line in layout.lines}
    assert widths[12] - widths[6] == pytest.approx(2 * (widths[6] - widths[3]), abs=0.2)
    assert [line.tie.shared for line in layout.lines] == [3, 6, 12]


def test_a_line_begins_and_ends_at_its_marks():
    layout = RadialLayout(neighbourhood([0.5, 0.4], [(1, 2, 3, 0.9)]))
    one, other = layout.marks
    (line,) = layout.lines
    assert line.path.startswith(f"M{one.x:g} {one.y:g}Q")
    assert line.path.endswith(f" {other.x:g} {other.y:g}")


def test_the_same_neighbourhood_is_drawn_the_same():
    scores, tied = [0.5, 0.4, 0.3, 0.3], [(1, 3, 2, 0.5), (2, 4, 2, 0.5)]
    one, other = (RadialLayout(neighbourhood(scores, tied)) for _ in range(2))
    assert one.marks == other.marks
    assert [line.path for line in one.lines] == [line.path for line in other.lines]
