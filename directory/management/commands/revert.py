"""``manage.py revert REVISION --reason "..."``: take a change set back, all of it or nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.datapackage.reverting import RevertRefusedError, revert
from directory.models import ChangeSet


class Command(BaseCommand):
    """Take a change set back by a new one."""

    help = (
        "Puts every record of a change set back to what it said before, in one transaction. "
        "Refuses, naming each conflict, where a later change set spoke of one of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("revision", type=int, help="number of the change set, as in /changes/")
        parser.add_argument("--reason", required=True, help="why, as the change log will say")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revert the change set; raises CommandError with every conflict."""
        change_set = ChangeSet.objects.filter(revision=options["revision"]).first()
        if change_set is None:
            raise CommandError(f"There is no revision {options['revision']}; see /changes/.")
        try:
            made = revert(change_set, actor="", office="", reason=options["reason"])
        except (RevertRefusedError, ValueError) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Revision {change_set.revision} was taken back by revision {made.revision}: "
            f"{made.entries.count()} records."
        )
