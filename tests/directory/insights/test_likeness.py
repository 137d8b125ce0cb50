"""The stored likest cities are always those that follow from the memberships."""

import datetime
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.history import change_set
from directory.insights import likeness
from directory.insights.likeness import Like, renew_likeness, stored_likest
from directory.insights.similar import LikeCity
from directory.models import City, Likeness, LikenessDays, Membership
from directory.models.choices import Origin
from tests.another_connection import at_once
from tests.factories import make_city, make_membership, make_network, writing

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
DAY = NOW.date()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Lets every test run on 23 November 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def networks():
    return [make_network(f"network-{number}") for number in range(4)]


@pytest.fixture
def bergen_and_oslo(networks):
    """Two cities that are in the same two networks."""
    cities = [make_city("bergen-no"), make_city("oslo-no")]
    for city in cities:
        for network in networks[:2]:
            make_membership(network, city)
    return cities


def agrees(day=DAY):
    """Whether what is stored of each city is what its memberships alone say."""
    return all(
        stored_likest(city, day=day) == LikeCity(city, day=day).work_out()[: likeness.MOST_STORED]
        for city in City.objects.all()
    )


def test_a_membership_makes_cities_alike_at_once(bergen_and_oslo):
    bergen, oslo = bergen_and_oslo
    assert stored_likest(bergen, day=DAY) == [Like(oslo.pk, 1.0, 2)]
    assert stored_likest(oslo, day=DAY) == [Like(bergen.pk, 1.0, 2)]


def test_a_membership_that_only_one_has_makes_both_less_alike(bergen_and_oslo, networks):
    bergen, oslo = bergen_and_oslo
    make_membership(networks[2], bergen)
    assert stored_likest(oslo, day=DAY) == [Like(bergen.pk, round(2 / 3, 9), 2)]


def test_a_city_that_is_removed_with_its_memberships_is_like_nobody(bergen_and_oslo):
    bergen, oslo = bergen_and_oslo
    with change_set(origin=Origin.COMMAND, reason="Not a city"):
        for membership in Membership.objects.filter(city=oslo):
            membership.statements.all().delete()
            membership.delete()
        oslo.delete()
    assert stored_likest(bergen, day=DAY) == []
    assert agrees()


def test_on_a_day_when_memberships_differ_it_is_not_what_is_stored(bergen_and_oslo, networks):
    bergen, oslo = bergen_and_oslo
    for city in bergen_and_oslo:
        make_membership(networks[2], city, joined="2020", left="2026-11-30")
    assert stored_likest(bergen, day=DAY) == [Like(oslo.pk, 1.0, 3)]
    later = datetime.date(2026, 12, 1)
    assert stored_likest(bergen, day=later) is None
    (found,) = LikeCity(bergen, day=later).cities()
    assert found.shared == 2


def test_the_daily_chore_stores_what_the_new_day_says_and_only_then(bergen_and_oslo, networks):
    bergen, oslo = bergen_and_oslo
    make_membership(networks[2], oslo, joined="2020", left="2026-11-30")
    assert renew_likeness(now=NOW) == 0
    assert renew_likeness(now=NOW + datetime.timedelta(days=8)) == 2
    assert stored_likest(bergen, day=datetime.date(2026, 12, 1)) == [Like(oslo.pk, 1.0, 2)]


def test_a_change_after_such_a_day_stores_all_anew(bergen_and_oslo, networks, monkeypatch):
    make_membership(networks[2], bergen_and_oslo[0], joined="2020", left="2026-11-30")
    later = NOW + datetime.timedelta(days=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    make_membership(networks[3], make_city("lima-pe", country="PE"))
    assert agrees(later.date())


def test_reading_stores_nothing(bergen_and_oslo, django_assert_num_queries):
    Likeness.objects.all().delete()
    LikenessDays.objects.all().delete()
    assert LikeCity(bergen_and_oslo[0], day=DAY).cities()
    assert not Likeness.objects.exists()


def test_no_city_is_listed_with_more_than_twenty_five():
    networks = [make_network(), make_network()]
    with writing():
        cities = [make_city() for _ in range(30)]
        for city in cities:
            for network in networks:
                make_membership(network, city)
    assert len(stored_likest(cities[0], day=DAY)) == 25
    assert agrees()


def test_a_membership_of_years_ago_moves_no_city_and_nothing_is_worked_out(
    bergen_and_oslo, networks, monkeypatch
):
    make_membership(networks[3], make_city("lima-pe", country="PE"), joined="2001", left="2003")
    monkeypatch.setattr(likeness, "Together", None)
    make_membership(networks[2], bergen_and_oslo[0], joined="1990", left="1993")
    assert stored_likest(bergen_and_oslo[0], day=DAY) == [Like(bergen_and_oslo[1].pk, 1.0, 2)]


@pytest.mark.parametrize("left", ["2026-11-22", "2026-11-23", "2026-12"])
def test_a_membership_that_ends_about_now_bounds_the_days(bergen_and_oslo, networks, left):
    make_membership(networks[2], bergen_and_oslo[0], joined="1990", left=left)
    days = LikenessDays.objects.get()
    assert (days.first_day, days.last_day) == likeness.unchanging_days(DAY)


def test_a_membership_that_is_yet_to_begin_bounds_the_days(bergen_and_oslo, networks):
    make_membership(networks[2], bergen_and_oslo[0], joined="2026-12-01", left="2027")
    assert LikenessDays.objects.get().last_day == datetime.date(2026, 11, 30)


@pytest.mark.parametrize("left", ["2026-11-20", "2026-11-30"])
def test_a_membership_that_is_no_more_bounds_no_days(bergen_and_oslo, networks, left):
    removed = make_membership(networks[2], bergen_and_oslo[0], joined="1990", left=left)
    with writing():
        removed.statements.all().delete()
        removed.delete()
    days = LikenessDays.objects.get()
    assert (days.first_day, days.last_day) == likeness.unchanging_days(DAY)


@pytest.mark.parametrize("years", [{"joined": "2001"}, {"ended": True}, {"ended_seen": 2026}])
def test_a_former_membership_that_is_one_again_moves_its_city(bergen_and_oslo, networks, years):
    former = make_membership(networks[2], bergen_and_oslo[0], joined="2001", left="2003")
    with writing():
        former.left = ""
        for name, value in years.items():
            setattr(former, name, value)
        former.save()
    assert agrees()


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["join", "leave", "forget", "move", "rename", "day"]),
        st.integers(0, 4),
        st.integers(0, 3),
        st.sampled_from(["", "2026-11-22", "2026-11-23", "2026-12-05", "2027"]),
    ),
    max_size=12,
)


@given(changes=CHANGES)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_changes_what_is_stored_is_what_follows(changes, monkeypatch):
    with transaction.atomic():
        now = NOW
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        networks = [make_network() for _ in range(4)]
        cities = [make_city() for _ in range(5)]
        for kind, city, network, date in changes:
            _change(kind, cities[city], networks[network], date, cities)
            if kind == "day":
                now += datetime.timedelta(days=9)
                renew_likeness(now=now)
            if LikenessDays.objects.exists():
                assert agrees(now.date())
                days = LikenessDays.objects.get()
                assert likeness.unchanging_days(days.first_day) == (days.first_day, days.last_day)
        transaction.set_rollback(True)


def _change(kind, city, network, date, cities):
    open_one = Membership.objects.filter(city=city, network=network, left="", ended=False).first()
    with writing():
        if kind == "join" and open_one is None:
            make_membership(network, city, joined=date if date < "2026-11-23" else "")
        elif kind == "leave" and open_one is not None and date and date > open_one.joined:
            open_one.left = date
            open_one.save()
        elif kind == "forget" and open_one is not None:
            open_one.statements.all().delete()
            open_one.delete()
        elif kind == "move" and open_one is not None:
            other = cities[(cities.index(city) + 1) % len(cities)]
            if not Membership.objects.filter(city=other, network=network, left="").exists():
                open_one.city = other
                open_one.save()
        elif kind == "rename":
            city.name += "x"
            city.save()


@pytest.mark.django_db(transaction=True)
def test_who_moves_a_city_and_who_does_not_may_write_at_the_same_time(shared_database):
    now_and_then = [{}, {"joined": "1990", "left": "1993"}, {"joined": "1990", "left": "2026-12"}]
    networks = [make_network(f"network-{number}") for number in range(3)]
    cities = [make_city() for _ in range(3)]
    works = [
        partial(make_membership, network, city, **years)
        for network, years in zip(networks, now_and_then, strict=True)
        for city in cities
    ]
    written = at_once(works, shared_database)
    assert all(isinstance(each, Membership) for each in written), written
    days = LikenessDays.objects.get()
    assert (days.first_day, days.last_day) == likeness.unchanging_days(DAY)
    assert agrees()
