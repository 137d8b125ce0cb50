"""``manage.py restore PATH``: make an empty system the one that was backed up."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from directory.accounts.outbox import OutgoingMail
from directory.backup.manifest import BackupRefusedError, Manifest
from directory.backup.restoring import gazetteer_before, restore_backup
from directory.datapackage.progress import progress_on_terminal


class Command(BaseCommand):
    """Restore a backup into an empty system."""

    help = (
        "Checks a backup to its last byte and writes it into an empty, migrated database, on "
        "SQLite or PostgreSQL whichever it came from: all of it or nothing. Refuses a system "
        "that has rows already."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("path", type=Path, help="a file that `backup` wrote")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore; raises CommandError, having written nothing."""
        path: Path = options["path"]
        try:
            manifest = restore_backup(
                path, dry_run=options["dry_run"], progress=progress_on_terminal()
            )
        except BackupRefusedError as refusal:
            raise CommandError(f"{refusal} Nothing was written.") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error}. Nothing was written.") from error
        if options["verbosity"]:
            self.stdout.write(_summary(manifest, dry_run=options["dry_run"]))
            if waiting := OutgoingMail.objects.filter(sent_at=None).count():
                self.stdout.write(_about_mail(waiting))
            if Authenticator.objects.exists():
                self.stdout.write(_about_second_factors())
            if not manifest.with_gazetteer and not options["dry_run"]:
                self.stdout.write(_about_places())


def _summary(manifest: Manifest, *, dry_run: bool) -> str:
    done = "The backup is whole; it would restore" if dry_run else "Restored"
    return (
        f"{done} revision {manifest.revision:,} as of {manifest.made_at}: {manifest.rows:,} rows "
        f"of {len(manifest.tables)} tables."
    )


def _about_mail(waiting: int) -> str:
    """Warn whoever only tries a backup: mail would reach real people."""
    return (
        f"Mail that had not left when the backup was made: {waiting}. It leaves as soon as mail is "
        "sent from here."
    )


def _about_second_factors() -> str:
    """Tell whoever moves a system what a backup holds only encrypted."""
    return (
        "Second factors are encrypted: authenticator apps and recovery codes work only with the "
        "SECRET_KEY (or var/secret_key) of the system that was backed up. Bring it along."
    )


def _about_places() -> str:
    loaded = gazetteer_before()
    before = f" (before: “{loaded}”)" if loaded else ""
    return f"Places are not in it; load them now: manage.py load_gazetteer{before}"
