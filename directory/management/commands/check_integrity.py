"""``manage.py check_integrity``: prove that what is stored twice agrees."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.integrity.checks import CHECKS, find_disagreements


class Command(BaseCommand):
    """Look for disagreements and name each."""

    help = (
        "Proves that the search index, derived columns, trees, redirects, periods and the change "
        "log agree with the records. Prints each finding as table/record: what, and ends with 1 "
        "if there is any. Changes nothing; people can go on meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding; raises CommandError if there is one."""
        count = 0
        for finding in find_disagreements():
            count += 1
            self.stdout.write(str(finding))
        if count:
            raise CommandError("1 finding." if count == 1 else f"{count} findings.")
        if options["verbosity"]:
            self.stdout.write(f"Nothing disagrees: {', '.join(CHECKS)}.")
