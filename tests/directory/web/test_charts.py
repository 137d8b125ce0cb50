"""Bars are as high as what they stand for."""

import re

import pytest

from directory.web.charts import HEIGHT, YearChart


def heights(path):
    return [float(each) for each in re.findall(r"v([\d.]+)h", path)]


def test_bars_on_top_of_each_other_fill_the_drawing_where_they_are_most():
    chart = YearChart([2000, 2001], [1, 3], [1, 1])
    assert heights(chart.lower_path) == [25, 75]
    assert heights(chart.upper_path) == [25, 25]


def test_bars_that_hang_share_the_drawing_with_those_that_stand():
    chart = YearChart([2000, 2001], [3, 0], [0, 1], is_mirrored=True)
    assert chart.base == 0.75 * HEIGHT
    assert chart.lower_path.startswith("M0 0.0h")
    assert chart.upper_path.startswith("M10 75.0h")


def test_nothing_is_drawn_for_nothing():
    chart = YearChart([], [], [])
    assert (chart.lower_path, chart.upper_path, chart.marks) == ("", "", [])


@pytest.mark.parametrize("count", [1, 5, 9, 40, 127, 500])
def test_few_years_are_written_evenly_within_the_drawing(count):
    marks = YearChart(range(1900, 1900 + count), [1] * count, [0] * count).marks
    assert len(marks) <= 9
    assert all(0 <= mark.percent <= 100 for mark in marks)
    assert [mark.percent for mark in marks] == sorted(mark.percent for mark in marks)
