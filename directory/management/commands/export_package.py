"""``manage.py export_package PATH [--revision N]``: write all public data as a data package."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.datapackage.exporting import export_package
from directory.datapackage.progress import progress_on_terminal
from directory.history import NoSuchRevision


class Command(BaseCommand):
    """Write the data package into a folder."""

    help = "Writes all public data into a folder: datapackage.json and a CSV file per table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("path", type=Path, help="folder; it is made where it is missing")
        parser.add_argument(
            "--revision",
            type=int,
            help="write the data as they were at that revision, from the change log",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the package; raises CommandError where folder or data do not allow it."""
        try:
            counts = export_package(
                options["path"], revision=options["revision"], progress=progress_on_terminal()
            )
        except OSError as error:
            raise CommandError(f"{options['path']} cannot be written: {error}") from error
        except NoSuchRevision as error:
            raise CommandError(f"--revision: {error}") from error
        except ValueError as error:
            raise CommandError(f"Nothing was written: {error}") from error
        if options["verbosity"]:
            for name, count in counts.items():
                self.stdout.write(f"{name:12} {count:8}")
