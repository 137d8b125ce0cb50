"""How old the newest word on a membership is."""

import datetime

import pytest

from directory.insights.statements import (
    is_old,
    last_confirmed,
    membership_with_statements,
    newest_year,
    unconfirmed_by,
)
from tests.factories import make_membership, make_statement

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


def test_the_newest_year_of_all_statements_counts():
    membership = make_membership(source_year=2015)
    make_statement(membership, source_year=2019)
    make_statement(membership, source_year=None)
    assert newest_year(membership) == 2019


def test_an_undated_source_has_no_year_but_a_city_speaks_of_its_own_day():
    membership = make_membership(source_year=None)
    assert newest_year(membership) is None
    make_statement(membership, voice="city", source_year=None, made=datetime.date(2025, 3, 1))
    assert newest_year(membership) == 2025


@pytest.mark.parametrize(("year", "old"), [(2026, False), (2021, False), (2020, True)])
def test_older_than_five_years(year, old):
    assert is_old(make_membership(source_year=year), DAY) is old


def test_an_undated_source_is_not_called_old():
    assert not is_old(make_membership(source_year=None), DAY)


def test_statements_come_newest_first_and_undated_ones_last(django_assert_num_queries):
    membership = make_membership(source_year=None)
    make_statement(membership, source_year=2019)
    make_statement(membership, source_year=2023)
    with django_assert_num_queries(2):
        found = membership_with_statements(membership.pk)
        years = [statement.source_year for statement in found.statements.all()]
    assert years == [2023, 2019, None]
    assert membership_with_statements(membership.pk + 1) is None


def test_it_is_confirmed_by_the_newest_word_of_city_or_network():
    membership = make_membership()
    assert last_confirmed(membership) is None
    make_statement(membership, voice="network", made=datetime.date(2025, 3, 2))
    make_statement(membership, voice="city", made=datetime.date(2024, 8, 1))
    make_statement(membership, voice="source", made=datetime.date(2026, 8, 1))
    assert last_confirmed(membership) == datetime.date(2025, 3, 2)


def test_a_word_against_it_confirms_nothing():
    membership = make_membership()
    make_statement(membership, voice="city", says="not a member")
    assert last_confirmed(membership) is None


@pytest.mark.parametrize(
    ("made", "day", "due"),
    [
        ("2025-11-23", "2026-11-23", False),
        ("2025-11-22", "2026-11-23", True),
        ("2023-02-28", "2024-02-29", False),
        ("2023-02-27", "2024-02-29", True),
    ],
)
def test_a_confirmation_is_good_for_twelve_months(made, day, due):
    made, day = datetime.date.fromisoformat(made), datetime.date.fromisoformat(day)
    membership = make_membership()
    make_statement(membership, voice="city", made=made)
    assert unconfirmed_by(last_confirmed(membership), day) == (made if due else None)
