"""What a membership answers to a day: surely within, possibly, or not at all (DESIGN.md)."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Membership
from tests.factories import make_membership

pytestmark = pytest.mark.django_db

DAY = datetime.date(2019, 12, 31)


def answer(day=DAY, **fields):
    membership = make_membership(**fields)
    found = Membership.objects.as_of(day).filter(pk=membership.pk).first()
    return found and found.as_of_answer


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"joined": "2018"}, "yes"),
        ({"joined": "2019"}, "yes"),
        ({"joined": "2018", "left": "2020"}, "yes"),
        ({"joined": "2018", "left": "2019-12-31"}, "yes"),
        ({"joined": "2018", "left": "2019"}, "possible"),
        ({"joined": "2018", "left": "2019-11"}, None),
        ({"joined": "2020"}, None),
        ({}, "possible"),
        ({"left": "2018"}, None),
        ({"left": "2021"}, "possible"),
        ({"joined": "2010", "ended": True, "source_year": 2019}, "possible"),
        ({"joined": "2010", "ended": True, "source_year": 2018}, None),
        ({"ended": True, "source_year": None}, None),
    ],
)
def test_a_membership_answers_by_what_its_dates_leave_open(fields, expected):
    assert answer(**fields) == expected


def test_the_year_of_joining_itself_is_open_until_its_last_day():
    assert answer(datetime.date(2019, 12, 30), joined="2019") == "possible"


def test_strict_leaves_only_a_sure_yes():
    sure, open_question = make_membership(joined="2018"), make_membership()
    assert set(Membership.objects.as_of(DAY)) == {sure, open_question}
    assert set(Membership.objects.as_of(DAY, strict=True)) == {sure}


YEARS = st.integers(2000, 2030)


@given(joined=YEARS, length=st.integers(0, 9), asked=YEARS)
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
def test_a_sure_yes_holds_for_every_day_that_the_dates_can_mean(joined, length, asked):
    day = datetime.date(asked, 7, 1)
    found = answer(day, joined=str(joined), left=str(joined + length))
    assert (found == "yes") == (joined < asked < joined + length)
    assert (found is None) == (not joined <= asked <= joined + length)
