"""Keeps the catalogues of messages in step with the source."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from directory.web import catalogues


class Command(BaseCommand):
    """Compile the catalogues; with ``--update``, first bring them into step with the source."""

    help = (
        "Compile the catalogues of messages. With --update, new messages of the source are added "
        "to them without a translation, and messages that are gone are taken out."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is to be done before."""
        parser.add_argument("--update", action="store_true", help="read the source first")

    def handle(self, *, update: bool, verbosity: int, **options: object) -> None:
        """Say what was done in which language."""
        if update:
            for language in catalogues.languages():
                self._update(language, verbosity)
        for language in catalogues.compile_stale():
            if verbosity:
                self.stdout.write(f"{language}: compiled")

    def _update(self, language: str, verbosity: int) -> None:
        catalogue = catalogues.update(language)
        catalogues.write(language, catalogue)
        empty = sum(1 for message in catalogue if message.id and not message.string)
        if verbosity:
            self.stdout.write(f"{language}: {len(catalogue)} messages, {empty} to translate")
