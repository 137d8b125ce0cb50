"""Lets people of all kinds come at once for ten minutes, and looks at what became of it.

Run by ``make soak`` (``DURATION=600``) on a PostgreSQL of its own, with the starting data and two
workers: locust plays readers, a researcher, ten city offices, two editors, and a network that hands
in 10,000 rows. Before that, one reader alone shows what reading takes when nobody else is there.
Prints a table; the exit status is 1 where anything is not as it must be.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults.cluster import Cluster
from tests.faults.site import ROOT, Site
from tests.soak.watching import Watch

LOCUST = ROOT / "var" / "soak" / "bin" / "locust"
PEOPLE = Path(__file__).with_name("people.py")
SETTINGS = "tests.soak.server_settings"
IDLE_SECONDS = 40
EVERYBODY = 22
MOST_SLOWER, LONGEST_WAIT, MOST_GROWTH = 5, 1, 1.1


def main() -> int:
    """Let them come; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--duration", type=int, default=600, help="seconds")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="citynet-soak."))
    cluster = Cluster()
    site = None
    try:
        _set_up(cluster)
        site = Site(folder)
        problems = _run(site, cluster, folder, asked.duration)
        if problems:
            print((folder / "server.log").read_text(errors="replace")[-4000:])
        return 1 if problems else 0
    finally:
        if site is not None:
            site.kill()
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(cluster: Cluster) -> None:
    os.environ["DATABASE_URL"] = cluster.url
    os.environ["SECRET_KEY"] = "of a run that nobody else can reach " * 2
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    for name in ("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "CACHE_URL", "SECRET_KEY_FILE"):
        os.environ.pop(name, None)


def _run(site: Site, cluster: Cluster, folder: Path, duration: int) -> list[str]:
    import django

    django.setup()
    from django.db import connections

    from citynet.serve import prepare
    from tests.soak.sums import disagreements
    from tests.soak.world import make_world

    prepare()
    world = make_world()
    (folder / "world.json").write_text(json.dumps(world))
    connections.close_all()
    site.start()
    idle = _come(site, folder, "idle", IDLE_SECONDS, ["Reader"], 1)
    watch = Watch(cluster.url, site.workers)
    watch.begin()
    busy = _come(site, folder, "busy", duration, [], EVERYBODY)
    watch.end()
    ledger = folder / "ledger"
    done = [json.loads(line) for line in ledger.read_text().splitlines()]
    problems = _print(idle, busy, watch, done)
    problems += disagreements(world, done)
    for problem in problems:
        print(f"  {problem}")
    print("all as it must be" if not problems else "NOT as it must be")
    return problems


def _come(
    site: Site, folder: Path, name: str, seconds: int, kinds: list[str], number: int
) -> list[dict[str, Any]]:
    """Let some people come for so long; return what locust counted of each kind of request."""
    counted = folder / f"{name}.json"
    environment = os.environ | {
        "SOAK_WORLD": str(folder / "world.json"),
        "SOAK_LEDGER": str(folder / "ledger"),
    }
    subprocess.run(
        [
            *(LOCUST, "-f", PEOPLE, "--headless", "--skip-log", "--only-summary"),
            *("--host", f"http://localhost:{site.port}", "--run-time", f"{seconds}s"),
            *("--users", str(number), "--spawn-rate", "5", "--stop-timeout", "60"),
            *("--exit-code-on-error", "0", "--json-file", str(folder / name), *kinds),
        ],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return json.loads(counted.read_text())


def _print(
    idle: list[dict[str, Any]], busy: list[dict[str, Any]], watch: Watch, done: list[list[Any]]
) -> list[str]:
    print(f"{'':<24}{'asked':>8}{'failed':>8}{'p50 ms':>9}{'p99 ms':>9}")
    for each in sorted(busy, key=lambda each: each["name"]):
        times = _times([each])
        print(
            f"{each['name']:<24}{each['num_requests']:>8}{each['num_failures']:>8}"
            f"{_percentile(times, 0.5):>9.0f}{_percentile(times, 0.99):>9.0f}"
        )
    alone = _percentile(_times(_reads(idle)), 0.99)
    among_all = _percentile(_times(_reads(busy)), 0.99)
    failed = sum(each["num_failures"] for each in busy)
    growth = watch.growth()
    print(f"p99 of reads: {alone:.0f} ms alone, {among_all:.0f} ms among all")
    print(f"longest wait for a lock: {watch.longest_wait:.2f} s")
    print(f"memory of the workers: {watch.weighed[-1][1] / 1e6:.0f} MB, {growth:.2f} of early")
    print(f"answered with success: {dict(Counter(kind for kind, _what in done))}")
    problems = []
    if failed:
        problems.append(f"{failed} requests failed")
    if among_all > MOST_SLOWER * alone:
        problems.append(f"reads take {among_all / alone:.1f} times as long, not {MOST_SLOWER}")
    if watch.longest_wait > LONGEST_WAIT:
        problems.append(f"somebody waited {watch.longest_wait:.1f} s for a lock")
    if growth > MOST_GROWTH:
        problems.append(f"the workers grew to {growth:.2f} of what they held")
    return problems


def _reads(counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in counted if each["name"].startswith("read")]


def _times(counted: list[dict[str, Any]]) -> Counter[float]:
    """Return how many requests took how many milliseconds."""
    found: Counter[float] = Counter()
    for each in counted:
        found.update({float(took): number for took, number in each["response_times"].items()})
    return found


def _percentile(times: Counter[float], share: float) -> float:
    left = share * sum(times.values())
    for took in sorted(times):
        left -= times[took]
        if left <= 0:
            return took
    return 0


if __name__ == "__main__":
    sys.exit(main())
