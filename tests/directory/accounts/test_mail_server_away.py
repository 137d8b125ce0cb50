"""A mail server that is away, busy or breaks off: the outbox keeps the mail and tries again."""

import socketserver
import threading

import pytest
from django.utils import timezone

from directory.accounts import mail
from directory.accounts.outbox import OutgoingMail
from directory.management.commands import send_mail, tick
from tests import outages

pytestmark = pytest.mark.django_db


class Talk(socketserver.StreamRequestHandler):
    """What a mail server says, in the mood of its server."""

    def handle(self):
        self.say("220 mail.example")
        for line in self.rfile:
            word = line[:4].strip().upper()
            if word == self.server.breaks_off_at:
                return
            if word == self.server.is_busy_at:
                self.say("451 try again later")
            elif word == b"DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.received.append(text.decode())
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server(settings):
    """A mail server on this machine, to which the site's mail goes."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as own:
        own.received, own.is_busy_at, own.breaks_off_at = [], None, None
        settings.EMAIL_HOST, settings.EMAIL_PORT = own.server_address
        thread = threading.Thread(target=own.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield own
        own.shutdown()
        thread.join()


@pytest.fixture
def written():
    return OutgoingMail.objects.create(to="ada@bergen.example", subject="Hello", body="Text")


def try_again():
    OutgoingMail.objects.update(due_at=timezone.now())
    return mail.send_waiting()


def test_it_is_away_and_comes_back(server, settings, written):
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert mail.send_waiting() == (0, 1)
    written.refresh_from_db()
    assert written.error.startswith("ConnectionRefusedError")
    assert (written.sent_at, written.attempts) == (None, 1)
    # Not again at once.
    assert mail.send_waiting() == (0, 0)
    settings.EMAIL_PORT = there
    assert try_again() == (1, 0)
    assert len(server.received) == 1
    assert f"<{written.public_id}@localhost>" in server.received[0]
    assert try_again() == (0, 0)


@pytest.mark.parametrize("word", [b"MAIL", b"RCPT"])
def test_it_is_busy(server, written, word):
    server.is_busy_at = word
    assert mail.send_waiting() == (0, 1)
    server.is_busy_at = None
    assert try_again() == (1, 0)
    assert len(server.received) == 1


@pytest.mark.parametrize("word", [b"EHLO", b"MAIL", b"DATA"])
def test_it_breaks_off(server, written, word):
    server.breaks_off_at = word
    assert mail.send_waiting() == (0, 1)
    server.breaks_off_at = None
    assert try_again() == (1, 0)
    assert len(server.received) == 1


def test_what_is_asked_for_meanwhile_is_done_and_its_mail_waits(server, settings, client):
    settings.EMAIL_BACKEND = "directory.accounts.mail.OutboxBackend"
    settings.EMAIL_PORT = 9
    answer = client.post(
        "/account/signup/", {"email": "grace@oslo.example", "password1": "correct horse battery"}
    )
    assert answer.status_code == 302
    assert mail.send_waiting() == (0, 1)
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    assert try_again() == (1, 0)
    assert "grace@oslo.example" in server.received[0]


class Enough(Exception):
    """Ends the loop, which no test waits for."""


@pytest.mark.parametrize("command", [send_mail, tick])
def test_the_loops_outlast_a_database_that_is_away(monkeypatch, caplog, command):
    rounds = []

    def sleep(_seconds):
        rounds.append(len(caplog.records))
        if len(rounds) == 2:
            raise Enough

    monkeypatch.setattr(command.signal, "signal", lambda *_args: None)
    monkeypatch.setattr(command.time, "sleep", sleep)
    with outages.away(), pytest.raises(Enough):
        command.Command().loop()
    assert "wait" in caplog.text
    assert rounds[0] >= 1
