"""``manage.py load_package PATH``: check a data package and load it, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from directory.datapackage.loading import is_empty, load_package
from directory.datapackage.progress import progress_on_terminal
from directory.datapackage.report import PackageRefusedError
from directory.history import check_reason


class Command(BaseCommand):
    """Load a data package from a folder."""

    help = (
        "Checks a data package (datapackage.json and its CSV files) and loads it in one "
        "transaction. Reports every problem as file:row:column and writes nothing if there is "
        "one. What people have said since a record was loaded is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("path", type=Path, help="folder of the package")
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are records already"
        )
        parser.add_argument(
            "--remove-missing",
            action="store_true",
            help="end networks and memberships that the package no longer names; deletes none",
        )
        parser.add_argument(
            "--reason",
            default="Load a data package",
            help="why, as the change log will say, for everyone to read: one line",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the package; raises CommandError after naming every problem."""
        path: Path = options["path"]
        folder = path.parent if path.is_file() else path
        if not folder.is_dir():
            raise CommandError(f"{path} is not a folder with a data package.")
        if options["if_empty"] and not is_empty():
            self.stdout.write("The directory has records already; nothing was loaded.")
            return
        try:
            check_reason(options["reason"])
        except ValueError as error:
            raise CommandError(f"--reason: {error}") from error
        try:
            report = load_package(
                folder,
                dry_run=options["dry_run"],
                remove_missing=options["remove_missing"],
                reason=options["reason"],
                progress=progress_on_terminal(),
            )
        except PackageRefusedError as refusal:
            for problem in refusal.problems:
                self.stderr.write(str(problem))
            raise CommandError(str(refusal)) from None
        except IntegrityError as error:
            raise CommandError(f"The database refused: {error} Nothing was written.") from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report.lines()))
