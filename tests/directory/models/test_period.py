"""Dates as written become the first and last day that they can mean."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models.period import FAR_FUTURE, FAR_PAST, membership_bounds, possible_days

DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2100, 12, 31))


def written(day: datetime.date, precision: int) -> str:
    """Return a day as a year (4 characters), a month (7) or a day (10)."""
    return day.isoformat()[:precision]


WRITTEN = st.builds(written, DAYS, st.sampled_from([4, 7, 10]))


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_what_is_written_of_it(day, precision):
    first, last = possible_days(written(day, precision))
    assert first <= day <= last


@given(WRITTEN)
def test_the_days_around_lie_outside(text):
    first, last = possible_days(text)
    for outside in (first - datetime.timedelta(1), last + datetime.timedelta(1)):
        assert outside.isoformat()[: len(text)] != text


@pytest.mark.parametrize(
    "text",
    [
        "19",
        "2019-5",
        "2019\n",
        "2019-05-03\n",
        "2019-13",
        "2019-00",
        "2019-02-30",
        "2019-1-1",
        "٢٠١٩",
        "2019 ",
        "1799",
        "2101",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"not a date|not in the calendar|lies outside"):
        possible_days(text)


@given(WRITTEN, WRITTEN)
def test_a_membership_joins_before_it_leaves_or_is_refused(joined, left):
    if possible_days(left).last < possible_days(joined).first:
        with pytest.raises(ValueError, match="before"):
            membership_bounds(joined, left)
        return
    bounds = membership_bounds(joined, left)
    assert bounds.joined.first <= bounds.left.last
    assert bounds.left == possible_days(left)


@given(WRITTEN | st.just(""))
def test_an_open_membership_has_no_last_day(joined):
    assert membership_bounds(joined, "").left == (FAR_FUTURE, FAR_FUTURE)


@given(WRITTEN | st.just(""), st.none() | st.integers(1800, 2100))
def test_an_ended_membership_has_left_and_never_before_it_could_join(joined, seen):
    bounds = membership_bounds(joined, "", ended=True, ended_seen=seen)
    assert bounds.joined.first == bounds.left.first <= bounds.left.last < FAR_FUTURE
    if seen:
        assert bounds.left.last >= datetime.date(seen, 12, 31)


def test_what_is_not_known_stands_at_the_ends_of_time():
    assert membership_bounds("", "2010").joined == (FAR_PAST, FAR_FUTURE)
