"""manage.py appoint_editor: makes the first editor of a site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.registration.editors import make_editor
from directory.registration.problems import NotPossible


class Command(BaseCommand):
    """Makes a person who has signed up an editor."""

    help = "Makes the person who signs in with ADDRESS an editor; editors appoint others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            make_editor(address)
        except NotPossible as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{address} is an editor now. Editors need a second factor: set one up in the account."
        )
