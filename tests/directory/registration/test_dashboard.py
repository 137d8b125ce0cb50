"""What an office is to look at next."""

import datetime

import pytest

from directory.registration.dashboard import Desk
from tests.factories import (
    make_city,
    make_funder,
    make_membership,
    make_network,
    make_statement,
    writing,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 24)
RECENT, LONG_AGO = datetime.date(2025, 11, 24), datetime.date(2025, 11, 23)


@pytest.fixture
def bergen():
    return make_city("bergen-no")


@pytest.fixture
def north():
    return make_network("north")


def desk(office):
    return Desk(office, day=DAY)


@pytest.mark.parametrize(("made", "is_due"), [(RECENT, False), (LONG_AGO, True)])
def test_a_word_is_good_for_twelve_months(bergen, made, is_due):
    make_statement(make_membership(city=bergen), voice="city", made=made)
    assert desk(bergen).due.exists() is is_due


def test_what_no_office_has_confirmed_is_due_for_both_sides(bergen, north):
    membership = make_membership(north, bergen)
    assert [*desk(bergen).due] == [*desk(north).due] == [membership]


def test_what_one_side_says_waits_for_the_other_alone(bergen, north):
    membership = make_membership(north, bergen)
    make_statement(membership, voice="network", made=RECENT)
    assert [*desk(bergen).said_by_the_other] == [membership]
    assert not desk(bergen).due.exists()
    assert not desk(north).due.exists()
    assert not desk(north).said_by_the_other.exists()


def test_the_newest_word_counts_not_the_one_written_last(bergen):
    membership = make_membership(city=bergen)
    make_statement(membership, voice="city", made=RECENT)
    make_statement(membership, voice="city", made=LONG_AGO)
    assert not desk(bergen).due.exists()


def test_a_dispute_is_nothing_to_confirm(bergen, north):
    membership = make_membership(north, bergen, standing="disputed")
    make_statement(membership, voice="network", made=LONG_AGO)
    for office in (bergen, north):
        assert [*desk(office).disputed] == [membership]
        assert not desk(office).due.exists()
        assert not desk(office).said_by_the_other.exists()


def test_past_memberships_are_never_due(bergen):
    make_membership(city=bergen, joined="2001", left="2009")
    assert not desk(bergen).due.exists()


def test_other_offices_are_left_out(bergen):
    make_membership()
    assert not desk(bergen).memberships.exists()


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("", {"open", "undated", "past"}),
        ("current", {"open", "undated"}),
        ("past", {"past"}),
        ("undated", {"undated"}),
        ("unsourced", {"undated"}),
        ("sourced", {"open", "undated", "past"}),
        ("disputed", set()),
    ],
)
def test_memberships_are_found_by_state(bergen, state, wanted):
    make_membership("open", bergen, joined="2019")
    undated = make_membership("undated", bergen)
    make_membership("past", bergen, joined="2001", left="2009")
    _forget_source(undated)
    assert {row.network.slug for row in desk(bergen).found(state=state)} == wanted


def test_members_are_found_by_city_or_country(north):
    make_membership(north, make_city("lyon-fr", country="FR", name="Lyon"))
    make_membership(north, make_city("bergen-no", name="Bergen"))
    for text, slug in (("lyón", "lyon-fr"), ("norw", "bergen-no")):
        assert [row.city.slug for row in desk(north).found(text=text)] == [slug]


def test_checks_count_current_memberships_alone(bergen):
    confirmed = make_membership("one", bergen, joined="2019")
    make_statement(confirmed, voice="city", made=RECENT)
    make_membership("two", bergen)
    make_membership("past", bergen, joined="2001", left="2009")
    counts = {check.name: (check.done, check.of) for check in desk(bergen).checks()}
    assert counts == {
        "memberships": (1, 1),
        "confirmed": (1, 2),
        "sourced": (2, 2),
        "dated": (1, 2),
        "website": (0, 1),
        "names": (0, 1),
    }


def test_an_office_without_memberships_has_the_first_to_add(bergen):
    missing = [check.name for check in desk(bergen).checks() if not check.is_met]
    assert missing == ["memberships", "website", "names"]


def test_a_network_with_all_its_facts_misses_nothing(north):
    for name, value in {
        "website": "https://north.example/",
        "joining": "open",
        "fee": "none",
        "eligibility": "Any city on the sea",
        "members_url": "https://north.example/members",
        "stated_members": 1,
        "stated_members_source": "https://north.example/members",
    }.items():
        setattr(north, name, value)
    _save(north)
    membership = make_membership(north, joined="2019")
    make_statement(membership, voice="network", made=RECENT)
    assert [check.name for check in desk(north).checks() if not check.is_met] == []


def _forget_source(membership):
    with writing():
        membership.statements.update(voice="editor", source="")


def _save(network):
    with writing():
        network.save()
        network.funders.set([make_funder()])
