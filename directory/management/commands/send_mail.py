"""``manage.py send_mail``: delivers what waits in the outbox."""

import logging
import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections

from directory.accounts.mail import forget_sent, send_waiting

SECONDS_BETWEEN = 2

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Delivers each waiting mail once, into var/mail/ or by SMTP where EMAIL_URL names a server."""

    help = (
        "Deliver the mails that wait in the outbox: into files under var/mail/, or by SMTP where "
        "EMAIL_URL names a server. Failures are tried again later. Safe to run several at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="go on until stopped, looking every two seconds"
        )

    def handle(self, **options: Any) -> None:
        if options["loop"]:
            self.loop()
            return
        sent, failed = send_waiting()
        forgotten = forget_sent()
        self.stdout.write(
            f"{sent} sent, {failed} failed and to be tried again, {forgotten} old ones forgotten"
        )

    def loop(self) -> None:
        """Deliver until told to stop, or until the process that started this one has ended."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, who tells us.
        parent = os.getppid()
        while os.getppid() == parent:
            try:
                send_waiting()
            except Error as error:
                _log.error("Mail waits: %s", error)
            close_old_connections()
            time.sleep(SECONDS_BETWEEN)
