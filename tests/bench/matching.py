"""Score the matcher on names of Europe made from the gazetteer: ``make match-score``.

Reads the database of ``DATABASE_URL`` and prints one JSON line. ``--names`` takes the names from a
file that an earlier run wrote with ``--write``, so that a database with fewer places is asked for
places that it lacks.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS_AT_ONCE = 1000
SAME_PLACE = 8.0


def main() -> None:
    """Ask for all names, compare, print."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=14_000)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    from tests.bench.written_names import WrittenName, written_names

    if options.names:
        rows = [WrittenName(*row) for row in json.loads(options.names.read_text("utf-8"))]
    else:
        rows = written_names(options.count)
    if options.write:
        options.write.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    print(json.dumps(score(rows[: options.count], show=options.show)), flush=True)


def score(rows: list, *, show: int = 0) -> dict:
    """Return what came of the names."""
    from directory.matching import NameQuery, match
    from directory.models import Place

    known = set(Place.objects.values_list("pk", flat=True).iterator())
    results = []
    start = time.process_time()
    for first in range(0, len(rows), ROWS_AT_ONCE):
        batch = rows[first : first + ROWS_AT_ONCE]
        results += match([NameQuery(row.name, row.country) for row in batch])
    seconds = time.process_time() - start
    told: Counter = Counter()
    varieties: Counter = Counter()
    for row, result in zip(rows, results, strict=True):
        is_known = row.place in known
        is_right = bool(result.candidates) and _means(row, result.candidates[0])
        told["known"] += is_known
        told["right"] += is_known and is_right
        told["safe"] += result.match
        told["safe and known"] += result.match and is_known
        told["wrong"] += result.match and not is_right
        varieties[row.variety, "all"] += is_known
        varieties[row.variety, "right"] += is_known and is_right
        varieties[row.variety, "safe"] += is_known and result.match
        varieties[row.variety, "wrong"] += result.match and not is_right
        if show and (result.match and not is_right):
            show -= 1
            print("WRONG", is_known, row[:4], _shown(result))
        elif show and is_known and not is_right:
            print("MISSED", row[:4], _shown(result))
    return {
        "names": len(rows),
        "known": told["known"],
        "recall_at_1": round(told["right"] / max(told["known"], 1), 4),
        "safe_of_known": round(told["safe and known"] / max(told["known"], 1), 4),
        "wrong_though_safe": round(told["wrong"] / len(rows), 4),
        "names_per_second": round(len(rows) / seconds),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "varieties": {
            variety: [varieties[variety, what] for what in ("all", "right", "safe", "wrong")]
            for variety in sorted({variety for variety, _what in varieties})
        },
    }


def _means(row, candidate) -> bool:
    from directory.matching.distances import kilometres

    place = candidate.place
    if place is None:
        return False
    if place.geonameid == row.place:
        return True
    apart = kilometres(place.latitude, place.longitude, row.latitude, row.longitude)
    from directory.models.text import fold

    one, other = fold(place.name), fold(row.name)
    return apart < SAME_PLACE and (one in other or other in one)


def _shown(result) -> str:
    return str(
        [(each.score, each.city, each.place and each.place[1:]) for each in result.candidates[:3]]
        if False
        else [
            (each.score, each.city, each.place and (each.place.name, each.place.population))
            for each in result.candidates[:3]
        ]
    )


if __name__ == "__main__":
    main()
