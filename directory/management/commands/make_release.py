"""``manage.py make_release``: freeze the public data under a version and keep them for good."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.datapackage.progress import progress_on_terminal
from directory.models import Release
from directory.releases.edition import NothingChanged
from directory.releases.freezing import freeze
from directory.releases.publishing import make_release
from directory.releases.refusal import ReleaseRefused


class Command(BaseCommand):
    """Make a release."""

    help = (
        "Freezes all public data, as they are at one moment, into the files of a release, puts "
        "them into the storage and lists them under /data/. Needs the extra "
        "'releases' (pip install '.[releases]'). Where no record has changed since the newest "
        "release, that one stands."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument(
            "--into",
            type=Path,
            metavar="FOLDER",
            help="write the files into this new folder instead, and publish nothing; where nothing "
            "has changed they are those of the newest release, to compare with",
        )

    def handle(self, *args: Any, into: Path | None, verbosity: int, **options: Any) -> None:
        """Make it and say what it holds; raises CommandError where that cannot be."""
        try:
            said = self._write(into) if into else self._publish()
        except NothingChanged as unchanged:
            said = str(unchanged)
        except (ReleaseRefused, ValueError) as refusal:
            raise CommandError(f"No release was made: {refusal}") from refusal
        except OSError as error:
            raise CommandError(f"No release was made: {error}") from error
        if verbosity:
            self.stdout.write(said)

    def _publish(self) -> str:
        release = make_release(progress=progress_on_terminal())
        return f"Release {release.version}: {_summary(release)}, at {release.get_absolute_url()}"

    def _write(self, folder: Path) -> str:
        if folder.exists():
            raise ReleaseRefused(f"{folder} exists already; name a new folder.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=folder.parent) as unfinished:
            files = Path(unfinished) / "files"
            files.mkdir()
            today = timezone.now().date()
            frozen = freeze(files, day=today, again=True, progress=progress_on_terminal())
            files.rename(folder)
        size = sum(file.size for file in frozen.files) / 1_000_000
        return f"{folder}: {len(frozen.files)} files of {frozen.edition.version}, {size:.1f} MB"


def _summary(release: Release) -> str:
    files = list(release.files.all())
    size = sum(file.size for file in files) / 1_000_000
    return f"revision {release.revision:,}, {len(files)} files, {size:.1f} MB"
