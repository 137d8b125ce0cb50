"""``manage.py purge_cdn``: tells the CDN, where there is one, of what has changed."""

import os
import signal
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, close_old_connections

from citynet.purging import PurgeFailed, purge_changes, purge_everything

SECONDS_BETWEEN = 2
LONGEST_WAIT = 60


class Command(BaseCommand):
    """Purges the keys of what was changed since the last time, once the CDN answers."""

    help = (
        "Tell the CDN that CDN_PURGE_URL names what has changed. What fails is tried again. Safe "
        "to run several at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="go on until stopped, looking every two seconds"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="purge everything, as after a new version of the site or a restored backup",
        )

    def handle(self, **options: Any) -> None:
        if not settings.CDN.purge_url:
            raise CommandError("There is no CDN to tell: set CDN_PURGE_URL.")
        if options["loop"]:
            self.loop()
            return
        try:
            if options["all"]:
                purge_everything()
                self.stdout.write("Everything is purged.")
            else:
                self.stdout.write(f"{purge_changes()} keys purged")
        except PurgeFailed as failure:
            raise CommandError(f"The CDN was not told: {failure}. Run it again.") from failure

    def loop(self) -> None:
        """Tell until told to stop, or until the process that started this one has ended."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, who tells us.
        parent, wait, due = os.getppid(), SECONDS_BETWEEN, 0.0
        while os.getppid() == parent:
            if time.monotonic() >= due:
                wait = SECONDS_BETWEEN if self.once() else min(2 * wait, LONGEST_WAIT)
                due = time.monotonic() + wait
                close_old_connections()
            time.sleep(SECONDS_BETWEEN)

    def once(self) -> bool:
        """Tell of what is new, if anything; return whether nothing went wrong."""
        try:
            purge_changes()
        except (PurgeFailed, Error) as failure:
            self.stderr.write(f"The CDN waits: {failure}")
            return False
        return True
