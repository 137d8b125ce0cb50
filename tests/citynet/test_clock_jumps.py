"""A clock that jumps, forth or back: nobody is let in for good, locked out for long, or misled."""

import datetime
import time

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from directory.accounts import limits, mail
from directory.accounts.outbox import WAITS, OutgoingMail
from directory.models import ChangeSet
from directory.registration import queue
from directory.registration.problems import NotPossible
from directory.registration.ticking import TASKS, tick
from directory.registration.tokens import TokenRefused, issue_token, token_of
from tests.directory.accounts.people import make_user, signed_in
from tests.directory.registration.people import make_editor, make_staff
from tests.directory.registration.suggestions import suggest
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db
SECOND, DAY = datetime.timedelta(seconds=1), datetime.timedelta(days=1)


@pytest.fixture
def clock(monkeypatch):
    """Puts all clocks forth or back: ``clock(3 * DAY)`` is three days from the real time."""
    real_now, real_time = timezone.now, time.time

    def put(jump):
        seconds = jump.total_seconds()
        monkeypatch.setattr(timezone, "now", lambda: real_now() + jump)
        monkeypatch.setattr(time, "time", lambda: real_time() + seconds)
        monkeypatch.setattr(limits._Throttle, "timer", staticmethod(time.time))

    return put


def refuse(message):
    raise OSError("no route")


class TestMail:
    def write(self):
        return OutgoingMail.objects.create(to="ada@bergen.example", subject="Hello", body="Text")

    def test_one_written_by_a_clock_that_was_ahead_goes_at_once(self, clock):
        clock(30 * DAY)
        self.write()
        clock(0 * DAY)
        assert mail.send_waiting(deliver=lambda message: None) == (1, 0)

    def test_one_that_failed_then_waits_no_longer_than_ever(self, clock):
        clock(30 * DAY)
        self.write()
        assert mail.send_waiting(deliver=refuse) == (0, 1)
        clock(0 * DAY)
        assert mail.send_waiting(deliver=refuse) == (0, 1)
        assert mail.send_waiting(deliver=refuse) == (0, 0)
        assert OutgoingMail.objects.get().due_at <= timezone.now() + WAITS[1]

    def test_none_is_sent_twice_however_the_clock_goes(self, clock):
        self.write()
        for jump in (0, 30, -30, 0):
            clock(jump * DAY)
            mail.send_waiting(deliver=lambda message: None)
        assert OutgoingMail.objects.get().attempts == 1


class TestWaysIn:
    def test_a_token_expires_by_the_clock_and_expiry_writes_nothing(self, clock):
        network = make_network("north")
        nils = make_staff(network)
        _token, secret = issue_token(actor=nils, office=network, name="Mirror", days=30)
        clock(31 * DAY)
        with pytest.raises(TokenRefused, match="expired"):
            token_of(secret)
        clock(0 * DAY)
        assert token_of(secret).person == nils

    def test_a_session_ends_by_the_clock(self, clock):
        browser = signed_in(make_user())
        assert browser.get("/account/").status_code == 200
        clock(15 * DAY)
        assert browser.get("/account/").status_code == 302

    def test_a_signed_link_of_a_clock_that_was_ahead_lasts_until_its_end_by_that(self, clock):
        clock(3 * DAY)
        link = signing.dumps("x", salt="s")
        clock(0 * DAY)
        assert signing.loads(link, salt="s", max_age=7 * DAY) == "x"
        clock(11 * DAY)
        with pytest.raises(signing.SignatureExpired):
            signing.loads(link, salt="s", max_age=7 * DAY)


class TestLimits:
    @pytest.fixture(autouse=True)
    def two_searches(self, monkeypatch):
        monkeypatch.setitem(limits.LIMITS, "search", "2/min")

    def use_up(self):
        for _each in range(2):
            limits.spend("search", key="somebody")
        with pytest.raises(limits.TooOften):
            limits.spend("search", key="somebody")

    def test_nobody_is_locked_out_by_a_clock_that_was_ahead(self, clock):
        clock(DAY)
        self.use_up()
        clock(0 * DAY)
        self.use_up()

    def test_what_a_machine_with_a_fast_clock_counts_is_counted(self, clock):
        clock(30 * SECOND)
        self.use_up()
        clock(0 * DAY)
        with pytest.raises(limits.TooOften):
            limits.spend("search", key="somebody")

    def test_nobody_is_told_to_wait_longer_than_the_window(self, clock):
        self.use_up()
        clock(-DAY)
        self.use_up()
        with pytest.raises(limits.TooOften) as refusal:
            limits.spend("search", key="somebody")
        assert refusal.value.wait <= 60


class TestPublicAnswers:
    def test_an_answer_of_each_day_is_that_days_whichever_way_the_clock_goes(self, clock, settings):
        settings.KEPT_ANSWERS_BYTES = 10_000_000
        make_network("north")
        keeping, making = Client(), Client()
        settings.KEPT_ANSWERS_BYTES = 10_000_000
        tags = []
        for jump in (0, 1, 0, -1):
            clock(jump * DAY)
            kept, made = keeping.get("/networks/"), making.get("/networks/")
            assert (kept.content, kept["ETag"]) == (made.content, made["ETag"])
            tags.append(kept["ETag"])
        assert tags[0] == tags[2]
        assert len(set(tags)) == 3

    def test_a_day_that_has_not_come_by_the_clock_is_refused(self, clock, client):
        today = timezone.now().date().isoformat()
        assert client.get(f"/api/v1/networks/?as_of={today}").status_code == 200
        clock(-DAY)
        assert client.get(f"/api/v1/networks/?as_of={today}").status_code == 400

    def test_changes_are_in_the_order_of_revisions_not_of_the_clock(self, clock, client):
        make_network("north")
        clock(-400 * DAY)
        make_city("bergen-no")
        clock(400 * DAY)
        make_city("oslo-no")
        numbers = list(ChangeSet.objects.order_by("pk").values_list("revision", flat=True))
        assert numbers == sorted(set(numbers))
        told = client.get("/api/v1/changes/?after=0").json()
        assert [each["revision"] for each in told["results"]] == numbers


def test_an_item_taken_by_a_clock_that_was_ahead_is_free_for_others(clock):
    make_city("bergen-no")
    item = suggest()
    clock(DAY)
    queue.take(actor=make_editor(), item=item)
    clock(0 * DAY)
    other = make_editor()
    assert queue.take(actor=other, item=item).taken_by == other


def test_an_item_taken_by_a_clock_that_is_a_little_fast_is_taken(clock):
    make_city("bergen-no")
    item = suggest()
    clock(30 * SECOND)
    queue.take(actor=make_editor(), item=item)
    clock(0 * DAY)
    with pytest.raises(NotPossible):
        queue.take(actor=make_editor(), item=item)


def test_the_days_chores_are_done_on_each_day_the_clock_shows(clock):
    for jump in (1, 0, 0, 1):
        clock(jump * DAY)
        names = [outcome.name for outcome in tick() if not outcome.problem]
        assert names in ([name for name, _work in TASKS], [])
        assert list(tick()) == []
