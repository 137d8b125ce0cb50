"""Mail is written with what causes it, and delivered once."""

import datetime
import email
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from email.errors import MessageError
from smtplib import SMTPException

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from directory.accounts import mail
from directory.accounts.outbox import KEPT, LEASE, WAITS, OutgoingMail
from tests.directory.accounts.people import make_user

pytestmark = pytest.mark.django_db


def write(**fields):
    return OutgoingMail.objects.create(
        **{"to": "ada@bergen.example", "subject": "Grüße", "body": "Text: Łódź"} | fields
    )


def refuse(message):
    raise OSError("no route")


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def test_becomes_a_file_that_mail_programs_read(folder, capsys):
    written = write()
    call_command("send_mail")
    assert "1 sent" in capsys.readouterr().out
    [file] = folder.iterdir()
    assert file.suffix == ".eml"
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (read["To"], read["Subject"]) == ("ada@bergen.example", "Grüße")
    assert read.get_content_type() == "text/plain"
    assert read.get_content().strip() == "Text: Łódź"
    assert str(written.public_id) in read["Message-ID"]
    call_command("send_mail")
    assert len(list(folder.iterdir())) == 1


def test_djangos_way_out_leads_into_the_outbox():
    django_mail.send_mail("One", "text", None, ["a@example.org", "b@example.org"])
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "a@example.org",
        "b@example.org",
    }


def test_is_not_written_when_its_cause_fails():
    user = make_user()

    def grant():
        with transaction.atomic():
            mail.write_mail(to=user, subject="Granted", body="You may.")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        grant()
    assert not OutgoingMail.objects.exists()


def test_a_failure_is_tried_again_later_and_at_last_given_up():
    written = write()
    for attempt, wait in enumerate(WAITS, start=1):
        assert mail.send_waiting(deliver=refuse) == (0, 1)
        assert mail.send_waiting(deliver=refuse) == (0, 0)
        written.refresh_from_db()
        assert written.attempts == attempt
        assert written.error == "OSError: no route"
        assert written.due_at > timezone.now() + wait - datetime.timedelta(minutes=1)
        OutgoingMail.objects.update(due_at=timezone.now())
    assert mail.send_waiting(deliver=refuse) == (0, 1)
    OutgoingMail.objects.update(due_at=timezone.now())
    assert mail.send_waiting(deliver=refuse) == (0, 0)


@pytest.mark.parametrize("error", [OSError, SMTPException, MessageError, ValueError])
def test_one_that_fails_does_not_hold_up_the_next(error):
    write(subject="bad")
    write(subject="good")

    def deliver(message):
        if message.subject == "bad":
            raise error

    assert mail.send_waiting(deliver=deliver) == (1, 1)


def test_who_takes_a_mail_has_it_alone():
    write()
    first, second = OutgoingMail.objects.get(), OutgoingMail.objects.get()
    moment = timezone.now()
    assert first.claim(moment) is True
    assert second.claim(moment) is False
    # Whoever died over it loses it when the lease is over.
    assert list(OutgoingMail.waiting(moment + LEASE)) == [first]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite's tests have one connection")
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_deliver_each_mail_once():
    for number in range(30):
        write(subject=str(number))
    delivered, lock = [], threading.Lock()
    ready = threading.Barrier(2)
    assert connection.vendor == "postgresql"

    def deliver(message):
        with lock:
            delivered.append(message.subject)

    def send():
        try:
            ready.wait(timeout=10)
            return mail.send_waiting(deliver=deliver)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result() for future in [pool.submit(send), pool.submit(send)]]
    assert sorted(map(int, delivered)) == list(range(30))
    assert sum(sent for sent, _failed in done) == 30


def test_what_was_sent_is_forgotten_after_a_month():
    old = timezone.now() - datetime.timedelta(days=31)
    write(sent_at=old)
    write(sent_at=timezone.now())
    write(created_at=old)
    assert mail.forget_sent() == 1
    assert OutgoingMail.objects.count() == 2


class TestReminders:
    def test_can_be_switched_off_without_signing_in(self, client):
        user = make_user()
        written = mail.write_mail(to=user, subject="Still true?", body="Look.", reminder=True)
        message = mail.as_message(written).message()
        address = message["List-Unsubscribe"].strip("<>")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in written.body
        path = address.removeprefix("http://localhost:8000")
        assert "No more reminders?" in client.get(path).content.decode()
        user.refresh_from_db()
        assert user.wants_reminders, "opening the link alone changes nothing"
        # As mail programs do it: no cookie, no token.
        Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
        user.refresh_from_db()
        assert not user.wants_reminders
        assert mail.write_mail(to=user, subject="Again", body="Look.", reminder=True) is None
        assert mail.write_mail(to=user, subject="Granted", body="You may.") is not None

    def test_a_forged_address_is_none(self, client):
        user = make_user()
        answer = client.post(f"/account/reminders-off/{user.opaque_id}:forged/")
        assert answer.status_code == 404
        user.refresh_from_db()
        assert user.wants_reminders

    def test_other_mail_has_no_such_header(self):
        written = mail.write_mail(to=make_user(), subject="Granted", body="You may.")
        assert "List-Unsubscribe" not in mail.as_message(written).message()


def test_no_line_break_reaches_a_header():
    message = django_mail.EmailMessage("One\nBcc: x@example.org", "text", None, ["a@example.org"])
    mail.OutboxBackend().send_messages([message])
    assert OutgoingMail.objects.get().subject == "One Bcc: x@example.org"


def test_a_mail_in_a_file_is_for_its_owner_alone(settings, tmp_path):
    settings.MAIL_DIR = tmp_path / "mail"
    written = write()
    for _attempt in range(2):
        mail.to_file(mail.as_message(written))
    files = list((tmp_path / "mail").iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_what_was_given_up_is_forgotten_as_well_and_what_waits_is_not():
    long_ago = timezone.now() - KEPT - datetime.timedelta(hours=1)
    given_up = write(attempts=len(WAITS) + 1, due_at=long_ago)
    lately = write(attempts=len(WAITS) + 1)
    waits = write(attempts=len(WAITS), due_at=long_ago)
    assert mail.forget_sent() == 1
    assert set(OutgoingMail.objects.all()) == {lately, waits}, given_up
