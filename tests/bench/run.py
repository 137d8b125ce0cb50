"""Time the workloads that matter and print one JSON line for each.

Run by ``make bench-lines``, on a fresh database beside the usual one: a temporary SQLite file, or
the PostgreSQL of ``DATABASE_URL`` (its tables must be empty). Machines differ, so what counts is
``ratio``: the median over that of a yardstick measured in the same run. The yardstick of pages
and API is a Django view that returns ready bytes through the same middleware; that of loading and
exporting is Python's ``csv`` reading or writing the same rows.
"""

import csv
import io
import json
import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 25
BULK_ROUNDS = 3
UPLOADED_ROWS = 10_000
NAMES_AT_ONCE = 1000


def main() -> None:
    """Set up a database of its own, measure, print."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(Path(folder))


def _measure(folder: Path) -> None:
    from django.core.management import call_command
    from django.test import Client

    fixtures = ROOT / "fixtures"
    rows = _read_with_csv(fixtures)

    def load() -> None:
        call_command("load_package", str(fixtures), verbosity=0, stdout=io.StringIO())

    def export() -> None:
        call_command("export_package", str(folder / "package"), verbosity=0, stdout=io.StringIO())

    reading = median(lambda: _read_with_csv(fixtures), BULK_ROUNDS)
    writing = median(lambda: _write_with_csv(rows, folder), BULK_ROUNDS)
    report("load", "first load of the starting package, with every check", median(load, 1), reading)
    report("load again", "load with nothing to change", median(load, BULK_ROUNDS), reading)
    report("export", "export of the whole package", median(export, BULK_ROUNDS), writing)
    call_command("load_gazetteer", verbosity=0, stdout=io.StringIO())
    _measure_uploads()

    client = Client(raise_request_exception=True)

    def get(address: str) -> Callable[[], None]:
        def fetch() -> None:
            response = client.get(address)
            body = b"".join(response) if response.streaming else response.content
            if response.status_code != 200 or not body:
                raise SystemExit(f"{address} answered {response.status_code}")

        return fetch

    floor = median(get("/bench/ready/?size=10000"), ROUNDS * 4)
    for name, address in {
        "memberships": "/api/v1/memberships/?network=unesco-creative-cities-network&page_size=100",
        "graph": "/api/v1/graph.graphml",
        "graph of cities": "/api/v1/graph.gexf?mode=cities",
        "similar cities": "/api/v1/cities/barcelona-es/similar/",
        "coverage": "/api/v1/stats/coverage/",
        "search": "/api/v1/search/?q=women%27s+safety",
        "search with a typo": "/api/v1/search/?q=accessibilty",
        "search page": "/search/?q=climate&scope=global",
        "city page": "/cities/barcelona-es/",
        "network page": "/networks/c40-cities/",
        "changes": "/api/v1/changes/?after=1&page_size=1000",
    }.items():
        get(address)()
        report(name, address, median(get(address), ROUNDS), floor)
        known = client.get(address)["ETag"]

        def ask_again(address: str = address, known: str = known) -> None:
            if client.get(address, headers={"if-none-match": known}).status_code != 304:
                raise SystemExit(f"{address} was not known again")

        report(f"{name}, unchanged", "the same by a known ETag", median(ask_again, ROUNDS), floor)
    for extension in ("csv", "jsonl", "json", "xlsx", "geojson"):
        _measure_download(client, f"/api/v1/memberships.{extension}", floor)


def _measure_download(client: "Client", address: str, floor: float) -> None:
    """Take a whole list: the time to its first bytes and to its last, and the memory it takes."""
    first_bytes: list[float] = []

    def take() -> None:
        start = time.perf_counter()
        blocks = client.get(address).streaming_content
        next(blocks)
        first_bytes.append(time.perf_counter() - start)
        for _block in blocks:
            pass

    take()
    first_bytes.clear()
    whole = median(take, BULK_ROUNDS)
    tracemalloc.start()
    take()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    first = round(statistics.median(first_bytes[:BULK_ROUNDS]) * 1000, 2)
    report("download", address, whole, floor, first_byte_ms=first, peak_kb=peak // 1024)
    _measure_matching(client, floor)


def _measure_uploads() -> None:
    """Preview 10,000 rows of a network's list and publish them, against reading the same rows."""
    from django.utils import timezone

    from directory.accounts.models import User
    from directory.models import City, Claim, Network
    from directory.registration import bulk

    network = Network.objects.get(slug="eurocities")
    person = User.objects.create_user("bench@example.org")
    Claim.objects.create(
        person=person,
        network=network,
        role="Adviser",
        work_address="bench@example.org",
        state="granted",
        granted_at=timezone.now(),
        last_used_at=timezone.now(),
    )
    periods = [("1991", "1993"), ("1995-02", "1997-11"), ("2001", "2003")]
    cities = City.objects.order_by("pk").values_list("name", "country")
    rows = [[*city, *period] for city in cities for period in periods][:UPLOADED_ROWS]
    file = io.StringIO()
    csv.writer(file).writerows([["city", "country", "since", "until"], *rows])
    content, uploads = file.getvalue().encode(), []

    def preview() -> None:
        uploads.append(bulk.preview_file(actor=person, office=network, file=content))

    def confirm() -> None:
        bulk.confirm(actor=person, upload=uploads[-1], without_unusable=True)

    reading = median(lambda: list(csv.reader(io.StringIO(content.decode()))), BULK_ROUNDS)
    what = f"upload preview {UPLOADED_ROWS:,} rows"
    report(what, "a network's list, cities by name", median(preview, BULK_ROUNDS), reading)
    what = f"upload confirm {UPLOADED_ROWS:,} rows"
    report(what, "the same, published in one change set", median(confirm, 1), reading)


def _measure_matching(client: "Client", floor: float) -> None:
    """Match 1,000 names of Europe as people write them."""
    from tests.bench.written_names import written_names

    rows = [{"name": row.name, "country": row.country} for row in written_names(NAMES_AT_ONCE)]
    address = "/api/v1/match/"

    def ask() -> None:
        response = client.post(address, {"rows": rows}, content_type="application/json")
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")

    ask()
    report(f"match {NAMES_AT_ONCE:,} names", address, median(ask, BULK_ROUNDS), floor)


def median(work: Callable[[], object], rounds: int) -> float:
    """Return the median seconds that ``work`` takes."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(workload: str, what: str, seconds: float, yardstick: float, **more: float) -> None:
    """Print one line."""
    line = {
        "workload": workload,
        "what": what,
        "median_ms": round(seconds * 1000, 2),
        "ratio": round(seconds / yardstick, 1),
        **more,
    }
    print(json.dumps(line), flush=True)


def _read_with_csv(folder: Path) -> dict[str, list[list[str]]]:
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.name] = list(csv.reader(file))
    return tables


def _write_with_csv(tables: dict[str, list[list[str]]], folder: Path) -> None:
    for name, rows in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
