"""Once a day people are reminded and old things forgotten: nobody twice, and nothing left out."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections  # noqa: F401, used by skipif
from django.utils import timezone

from directory.accounts.outbox import OutgoingMail
from directory.models import Chore, Claim, Upload
from directory.registration import memberships, reminders, ticking
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

LATER = timezone.now() + datetime.timedelta(days=91)


@pytest.fixture
def bergen():
    return make_city("bergen-no")


def remind(now=LATER) -> int:
    return reminders.remind_offices(now=now)


def test_a_reminder_lists_what_waits_and_where_to_confirm_it(bergen, settings):
    kari = make_staff(bergen)
    north = make_network("north", name="A North")
    waiting = make_membership(north, bergen)
    for _ in range(11):
        make_membership(make_network(), bergen)
    assert remind() == 1
    mail = OutgoingMail.objects.get()
    assert mail.to == kari.email
    assert mail.subject == "Are the memberships of City of Bergen still right?"
    assert f"{settings.SITE_URL}/account/cities/bergen-no/" in mail.body
    assert f"- A North: {settings.SITE_URL}{waiting.get_absolute_url()}" in mail.body
    assert mail.body.count("/memberships/") == 10
    assert "and 2 more" in mail.body
    assert mail.unsubscribe in mail.body
    assert "reminders" in mail.unsubscribe


def test_a_secretariat_reads_of_its_cities(bergen):
    north = make_network("north", name="North")
    make_staff(north)
    make_membership(north, bergen)
    remind()
    mail = OutgoingMail.objects.get()
    assert "North still right?" in mail.subject
    assert "- Bergen: " in mail.body


def test_nobody_is_reminded_of_an_office_twice_within_90_days(bergen):
    make_staff(bergen)
    make_membership(city=bergen)
    assert remind() == 1
    assert remind(LATER + datetime.timedelta(days=89)) == 0
    assert remind(LATER + datetime.timedelta(days=91)) == 1


def test_who_has_just_begun_is_not_reminded(bergen):
    make_staff(bergen)
    make_membership(city=bergen)
    assert remind(timezone.now()) == 0


def test_nobody_is_mailed_who_does_not_want_it_left_or_has_nothing_to_say(bergen):
    make_staff(bergen, wants_reminders=False)
    make_staff(bergen, is_active=False)
    make_staff(bergen, state="withdrawn")
    make_membership(city=bergen)
    kari, voss = make_staff(make_city("voss-no")), make_city("other-no")
    make_staff(voss)
    membership = make_membership(city="voss-no")
    memberships.confirm(actor=kari, office=membership.city, membership=membership)
    assert remind() == 0
    assert not OutgoingMail.objects.exists()
    assert remind(timezone.now() + datetime.timedelta(days=400)) == 1


def test_a_second_run_on_the_same_day_does_nothing(bergen, capsys):
    make_staff(bergen)
    make_membership(city=bergen)
    Claim.objects.update(granted_at=timezone.now() - datetime.timedelta(days=91))
    call_command("tick")
    assert "remind offices: 1" in capsys.readouterr().out
    call_command("tick")
    assert capsys.readouterr().out == "All of today is done.\n"
    assert OutgoingMail.objects.count() == 1
    assert Chore.objects.count() == len(ticking.TASKS)


@pytest.mark.parametrize("kind", [DatabaseError, KeyError])
def test_what_failed_is_told_and_done_by_the_next_run(kind, monkeypatch, capsys):
    def fail(*, now):
        raise kind("disk full")

    tasks = ticking.TASKS
    broken = (ticking.Task(tasks[0].name, fail), *tasks[1:])
    monkeypatch.setattr(ticking, "TASKS", broken)
    with pytest.raises(CommandError, match="Run it again"):
        call_command("tick")
    assert "disk full" in capsys.readouterr().err
    monkeypatch.setattr(ticking, "TASKS", tasks)
    assert [outcome.name for outcome in ticking.tick()] == ["remind offices"]


def test_a_run_that_was_killed_is_finished_by_the_next_without_mailing_twice(bergen, monkeypatch):
    for city in (bergen, make_city(), make_city()):
        make_staff(city)
        make_membership(city=city)
    real, seen = reminders._remind, []

    def killed(pk, now):
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(pk)
        return real(pk, now)

    monkeypatch.setattr(reminders, "_remind", killed)
    with pytest.raises(KeyboardInterrupt):
        list(ticking.tick(now=LATER))
    assert OutgoingMail.objects.count() == 2
    monkeypatch.setattr(reminders, "_remind", real)
    list(ticking.tick(now=LATER))
    assert OutgoingMail.objects.values("to").distinct().count() == 3
    assert OutgoingMail.objects.count() == 3


def test_old_sessions_mails_and_uploads_go(bergen):
    now = timezone.now()
    for name, days in (("over", -1), ("going on", 1)):
        Session.objects.create(
            session_key=name, session_data="", expire_date=now + datetime.timedelta(days=days)
        )
    month, year = (now - datetime.timedelta(days=days) for days in (31, 366))
    for sent in (month, now):
        OutgoingMail.objects.create(to="a@b.no", subject="x", body="x", sent_at=sent)
    person = make_person()
    for made, decided in ((year, None), (year, now), (now, None)):
        state = "confirmed" if decided else "previewed"
        Upload.objects.create(
            person=person,
            city=bergen,
            origin="web",
            made_at=made,
            decided_at=decided,
            state=state,
        )
    numbers = {outcome.name: outcome.number for outcome in ticking.tick(now=now)}
    assert Session.objects.get().session_key == "going on"
    assert OutgoingMail.objects.get().sent_at == now
    assert Upload.objects.count() == 2
    assert (numbers["end sessions"], numbers["forget mail"], numbers["forget uploads"]) == (1, 1, 1)


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_mail_nobody_twice():
    for _ in range(20):
        city = make_city()
        make_staff(city)
        make_membership(city=city)

    def run(_: int) -> None:
        try:
            list(ticking.tick(now=LATER))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, range(3)))
    assert OutgoingMail.objects.count() == 20
