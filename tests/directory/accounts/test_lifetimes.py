"""A sign-in ends by itself: half a day without use, a week in any case."""

import time

import pytest
from django.test import Client

from directory.accounts import lifetimes
from tests.directory.accounts.people import PASSWORD, make_user, signed_in

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = int(time.time())

        def time(self):
            return self.now

    made = Clock()
    monkeypatch.setattr(lifetimes, "time", made)
    return made


@pytest.fixture
def browser(clock):
    return signed_in(make_user())


def is_signed_in(browser):
    return browser.get("/account/").status_code == 200


def test_it_ends_after_half_a_day_without_use(browser, clock):
    clock.now += 11 * HOUR
    assert is_signed_in(browser)
    clock.now += 13 * HOUR
    assert not is_signed_in(browser)


def test_use_makes_it_last_but_no_longer_than_a_week(browser, clock):
    for _step in range(7 * 24 // 8):
        clock.now += 8 * HOUR
        assert is_signed_in(browser)
    clock.now += 8 * HOUR
    assert not is_signed_in(browser)


def test_its_end_leaves_nothing_of_the_session(browser, clock):
    key = browser.session.session_key
    clock.now += 13 * HOUR
    assert not is_signed_in(browser)
    assert not browser.session.exists(key)


def test_one_from_before_an_update_begins_then(browser, clock):
    session = browser.session
    del session[lifetimes.BEGUN], session[lifetimes.USED]
    session.save()
    assert is_signed_in(browser)
    assert browser.session[lifetimes.BEGUN] == clock.now


def test_use_is_written_down_now_and_then_only(browser, clock):
    before = browser.session[lifetimes.USED]
    clock.now += 60
    assert is_signed_in(browser)
    assert browser.session[lifetimes.USED] == before
    clock.now += HOUR
    assert is_signed_in(browser)
    assert browser.session[lifetimes.USED] == clock.now


def test_a_form_that_is_sent_too_late_changes_nothing(browser, clock):
    clock.now += 13 * HOUR
    answer = browser.post("/account/profile/", {"name": "Eve", "language": "en"})
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "password", ["citynetcitynet", "CityNetwork2026", "mayor-password1", "citiesnetworkcities"]
)
def test_words_of_this_site_make_no_password(password):
    answer = Client().post("/account/signup/", {"email": "eve@example.org", "password1": password})
    assert "too common" in answer.content.decode()


@pytest.mark.parametrize(
    "password", [PASSWORD, "the city of lost children", "a" * 7 + "é日本語 x🙂"]
)
def test_any_other_letters_make_one(password):
    answer = Client().post("/account/signup/", {"email": "eve@example.org", "password1": password})
    assert answer.status_code == 302


def test_a_long_password_counts_to_its_last_letter(client):
    long = "correct horse battery staple " * 4
    make_user("kari@bergen.example", password=long)
    wrong = client.post("/account/login/", {"login": "kari@bergen.example", "password": long[:-2]})
    assert wrong.status_code == 200
    right = client.post("/account/login/", {"login": "kari@bergen.example", "password": long})
    assert right.status_code == 302
