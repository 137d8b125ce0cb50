"""``manage.py backup PATH``: write everything that cannot be made again into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.backup.manifest import BackupRefusedError
from directory.backup.writing import write_backup
from directory.datapackage.progress import progress_on_terminal


class Command(BaseCommand):
    """Write a backup."""

    help = (
        "Writes all tables, as they are at one moment, into a new file that only its owner may "
        "read: public data, change log, accounts. The site goes on meanwhile. Not in it: "
        "sessions, the search index (restore builds it) and, unless asked for, the gazetteer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("path", type=Path, help="new file, such as citynet-2026-11-23.tar.gz")
        gazetteer = parser.add_mutually_exclusive_group()
        gazetteer.add_argument(
            "--with-gazetteer",
            action="store_true",
            help="places too, which load_gazetteer can load again",
        )
        gazetteer.add_argument(
            "--without-gazetteer",
            action="store_false",
            dest="with_gazetteer",
            help="without places (as if not given)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the backup; raises CommandError where the file cannot be written."""
        path: Path = options["path"]
        try:
            manifest = write_backup(
                path, with_gazetteer=options["with_gazetteer"], progress=progress_on_terminal()
            )
        except BackupRefusedError as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error}") from error
        if options["verbosity"]:
            size = path.stat().st_size / 1_000_000
            self.stdout.write(
                f"{path}: revision {manifest.revision:,}, {manifest.rows:,} rows of "
                f"{len(manifest.tables)} tables, {size:.1f} MB. It holds personal data: keep it "
                "where only you can read it."
            )
