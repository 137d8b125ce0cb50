"""The site beside Datasette on the same SQLite data, under the same load, and the ratios.

Run by ``make bench-peers``, which installs Datasette (Apache-2.0) in a place of its own. It serves
a copy of the database in one process, as it always does: pages of its rows, and its full text
search over what describes a network.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.measured import Measured
from tests.bench.speed import (
    ROOT,
    SECONDS_BEFORE,
    check,
    free_port,
    load,
    note,
    prepare,
    server,
    wait_for,
)

DATASETTE = ROOT / "var" / "peers" / "bin" / "datasette"
GOALS = {"search": 3.0, "city page": 5.0, "network page": 5.0, "networks page": 5.0}
FACETS = ("scope", "status", "kind", "joining", "fee", "standing")
MOST = 1000
FULL_TEXT = (
    "CREATE VIRTUAL TABLE directory_network_fts USING fts5"
    " (name, acronym, summary, content='directory_network', content_rowid='id')",
    "INSERT INTO directory_network_fts (directory_network_fts) VALUES ('rebuild')",
    "ANALYZE",
)


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        from tests.bench.table import line, over
        from tests.bench.workloads import addresses

        ours = {work: paths for work, paths in addresses().items() if work in GOALS}
        copy = folder / "peers.sqlite3"
        _copy_with_full_text(folder / "bench.sqlite3", copy)
        found = {side: {work: Measured() for work in GOALS} for side in ("ours", "theirs")}
        for _round in range(asked.rounds):
            with server(folder, kept=0) as running:
                _measure(running.site, ours, folder, asked.seconds, found["ours"])
            with _datasette(copy, folder) as site:
                _measure(site, dict(_addresses(ours)), folder, asked.seconds, found["theirs"])
        is_missed = False
        for work, goal in GOALS.items():
            mine, other = found["ours"][work], found["theirs"][work]
            print(f"{work:<20}{mine.rate:>8.0f}/s  Datasette {other.rate:>8.0f}/s")
            is_missed |= line(f"{work} / Datasette", over(mine.rate, other.rate), goal)
    return 1 if is_missed else 0


def _measure(
    site: str, asks: dict[str, list[str]], folder: Path, seconds: int, found: dict[str, Measured]
) -> None:
    for work, paths in asks.items():
        check(site, work, paths)
        load(site, paths, folder, SECONDS_BEFORE, work)
        note(found[work], load(site, paths, folder, seconds, work))


def _addresses(ours: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield where Datasette shows what comes nearest to each of ours."""
    from directory.models import City, Network

    queries = [path.partition("?q=")[2] for path in ours["search"]]
    facets = "".join(f"&_facet={name}" for name in FACETS)
    table = f"/peers/{Network._meta.db_table}"
    yield (
        "search",
        [f"{table}.json?_search={query}&_size=50&_shape=objects{facets}" for query in queries],
    )
    for work, model in (("city page", City), ("network page", Network)):
        keys = model.objects.values_list("pk", flat=True)[:MOST]
        yield work, [f"/peers/{model._meta.db_table}/{pk}" for pk in keys]
    yield "networks page", [f"{table}?_search={query}&_size=20" for query in queries]


def _copy_with_full_text(database: Path, copy: Path) -> None:
    """Copy the database and give its networks the index that Datasette searches by."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        for statement in FULL_TEXT:
            target.execute(statement)
            target.commit()


@contextmanager
def _datasette(database: Path, folder: Path) -> Iterator[str]:
    """The address of Datasette; it may read the file and nobody writes it."""
    port = free_port()
    log = folder / "datasette.log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [DATASETTE, "serve", "-i", database, "--port", str(port)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | {"DATASETTE_SECRET": "of a benchmark"},
        )
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{site}/-/versions.json", running, log)
        yield site
    finally:
        running.terminate()
        running.wait(timeout=30)


if __name__ == "__main__":
    if not DATASETTE.exists() or shutil.which("wrk") is None:
        sys.exit("Run it by `make bench-peers`, which installs what it needs.")
    sys.exit(main())
