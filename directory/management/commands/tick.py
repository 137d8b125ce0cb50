"""``manage.py tick``: does what is to be done once a day, such as reminders and forgetting."""

import logging
import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, close_old_connections

from directory.registration.ticking import tick

SECONDS_BETWEEN = 3600

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Does each of the day's chores once; a second run on the same UTC day finds them done."""

    help = (
        "Do what is to be done once a day: remind offices, warn of claims that end and end them, "
        "forget what is kept no longer. Safe to run often, several at once, and to interrupt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="go on until stopped, looking every hour"
        )

    def handle(self, **options: Any) -> None:
        if options["loop"]:
            self.loop()
        elif self.once():
            raise CommandError("Not all was done. Run it again; what was done is not repeated.")

    def once(self) -> bool:
        """Do what is due and say so; tell whether anything failed."""
        outcomes = list(tick())
        for outcome in outcomes:
            if not outcome.problem:
                self.stdout.write(f"{outcome.name}: {outcome.number}")
        if not outcomes:
            self.stdout.write("All of today is done.")
        failed = [outcome for outcome in outcomes if outcome.problem]
        for outcome in failed:
            self.stderr.write(f"{outcome.name}: {outcome.problem}")
        return bool(failed)

    def loop(self) -> None:
        """Look every hour until told to stop, or until the process that started this has ended."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, who tells us.
        parent, due = os.getppid(), 0.0
        while os.getppid() == parent:
            if time.monotonic() >= due:
                try:
                    for outcome in tick():
                        if outcome.problem:
                            _log.error("%s: %s", outcome.name, outcome.problem)
                except Error as error:
                    _log.error("The day's chores wait: %s", error)
                close_old_connections()
                due = time.monotonic() + SECONDS_BETWEEN
            time.sleep(2)
