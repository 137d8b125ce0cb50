"""Score the matcher on names of Europe as people write them: ``make match-score``.

Prints one JSON line for all places of the world and one for the bundled gazetteer, which is asked
for the same names and lacks most of the places. On a temporary SQLite file, which takes some
minutes to load; where ``DATABASE_URL`` is set, on that database alone, as it stands. The names are
made from the gazetteer (written_names.py), villages that share theirs included, so what counts is
the change from one version to the next.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directory.matching import Candidate, Result
    from tests.bench.written_names import WrittenName

ROOT = Path(__file__).resolve().parents[2]
ROWS_AT_ONCE = 1000
# A municipality and its town, in kilometres.
SAME_PLACE = 8.0


def main() -> None:
    """Ask for the names, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=14_000, help="how many names")
    parser.add_argument("--names", type=Path, help="take the names from a file of --write")
    parser.add_argument("--write", type=Path, help="write the names to a file")
    parser.add_argument("--show", type=int, default=0, help="how many wrong ones to print")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    with tempfile.TemporaryDirectory() as folder:
        is_given = "DATABASE_URL" in os.environ
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/match.sqlite3")
        import django

        django.setup()
        if not is_given:
            _load()
        rows = _names(options)
        print(json.dumps(score(rows, show=options.show)), flush=True)
        if not is_given:
            from django.core.management import call_command

            call_command("load_gazetteer", verbosity=0)
            print(json.dumps(score(rows, show=options.show)), flush=True)


def _load() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_gazetteer", verbosity=0)
    call_command("load_package", str(ROOT / "fixtures"), verbosity=0)
    call_command("load_gazetteer", min_population=500, verbosity=0)


def _names(options: argparse.Namespace) -> "list[WrittenName]":
    from tests.bench.written_names import WrittenName, written_names

    if options.names:
        rows = [WrittenName(*row) for row in json.loads(options.names.read_text("utf-8"))]
    else:
        rows = written_names(options.count)
    if options.write:
        options.write.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return rows[: options.count]


def score(rows: "list[WrittenName]", *, show: int = 0) -> dict[str, object]:
    """Return what came of the names, and of each variety: all, right, safe, wrong though safe."""
    from directory.matching import NameQuery, match
    from directory.models import Place

    known = set(Place.objects.values_list("pk", flat=True).iterator())
    results: list[Result] = []
    start = time.process_time()
    for first in range(0, len(rows), ROWS_AT_ONCE):
        batch = rows[first : first + ROWS_AT_ONCE]
        results += match([NameQuery(row.name, row.country) for row in batch])
    seconds = time.process_time() - start
    told: Counter[tuple[str, str]] = Counter()
    for row, result in zip(rows, results, strict=True):
        is_right = bool(result.candidates) and _means(row, result.candidates[0])
        is_wrong = result.match and not is_right
        for variety in ("", row.variety):
            told[variety, "known"] += row.place in known
            told[variety, "right"] += row.place in known and is_right
            told[variety, "safe"] += row.place in known and result.match
            told[variety, "wrong"] += is_wrong
        if is_wrong and show > 0:
            show -= 1
            print(row.name, row.country, row.variety, result.candidates[0], file=sys.stderr)
    what = ("known", "right", "safe", "wrong")
    return {
        "places": len(known),
        "names": len(rows),
        "known": told["", "known"],
        "recall_at_1": round(told["", "right"] / max(told["", "known"], 1), 4),
        "safe_of_known": round(told["", "safe"] / max(told["", "known"], 1), 4),
        "wrong_though_safe": round(told["", "wrong"] / len(rows), 4),
        "names_per_second": round(len(rows) / seconds),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "varieties": {
            variety: [told[variety, each] for each in what]
            for variety in sorted({row.variety for row in rows})
        },
    }


def _means(row: "WrittenName", candidate: "Candidate") -> bool:
    """Return whether the candidate is the place, or the same one a second time."""
    from directory.matching.distances import kilometres
    from directory.models.text import fold

    place = candidate.place
    if place is None or place.geonameid == row.place:
        return place is not None
    one, other = fold(place.name), fold(row.name)
    apart = kilometres(place.latitude, place.longitude, row.latitude, row.longitude)
    return apart < SAME_PLACE and (one in other or other in one)


if __name__ == "__main__":
    main()
