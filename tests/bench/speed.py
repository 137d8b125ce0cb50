"""Puts the site and its yardsticks under load, side by side in one run, and prints ratios.

Run by ``make bench-speed`` on SQLite, and by ``.ci/postgres make bench-speed`` on PostgreSQL: a
database of its own with the starting data, or with that grown (``--times 20``); the real server
with two workers; sixteen connections of wrk. Three rounds in which everything is measured once,
medians. Each line names its goal and whether it is met; the exit status is 1 where one is not.
"""

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LUA = Path(__file__).with_name("load.lua")
THREADS, CONNECTIONS = 2, 16
ROUNDS = 3
SECONDS = 4
SETTINGS = "tests.bench.server_settings"


@dataclass
class Measured:
    """What one thing did in each round: answers a second, and how long the slowest took."""

    rates: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second, the median of the rounds."""
        return statistics.median(self.rates)

    @property
    def p50(self) -> float:
        """Milliseconds within which half of the answers came, the median of the rounds."""
        return statistics.median(self.medians)

    @property
    def p99(self) -> float:
        """Milliseconds within which 99 of 100 answers came, the median of the rounds."""
        return statistics.median(self.slowest)


@dataclass(frozen=True)
class Goal:
    """A ratio that is to be reached: of rates at least, of p99 at most."""

    ours: str
    yardstick: str
    ratio: float
    of_p99: bool = False


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="so many times the starting data")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="part of the names of what is measured")
    parser.add_argument("--keep", type=Path, help="write what was measured there, as JSON")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), asked.times)
        from tests.bench.workloads import GOALS, addresses

        asks = {name: paths for name, paths in addresses().items() if asked.only in name}
        measured = {name: Measured() for name in asks}
        with server(Path(folder)) as site:
            for name, paths in asks.items():
                check(site, name, paths)
            for _round in range(asked.rounds):
                for name, paths in asks.items():
                    note(measured[name], load(site, paths, Path(folder), asked.seconds, name))
    for name, each in measured.items():
        print(f"{name:<44}{each.rate:>9.0f}/s  p50 {each.p50:>8.2f}  p99 {each.p99:>8.2f} ms")
    if asked.keep:
        kept = {name: [each.rate, each.p50, each.p99] for name, each in measured.items()}
        asked.keep.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if missed(measured, GOALS) else 0


def prepare(folder: Path, times: int) -> None:
    """Fill a database of this run's own."""
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("SECRET_KEY", "of a benchmark that nobody else can reach " * 2)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["PORT"] = str(free_port())
    import django

    django.setup()
    from django.db import connections

    from citynet.serve import prepare as prepare_site
    from tests.bench.growing import grow

    prepare_site()
    if times > 1:
        grow(times)
    connections.close_all()


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of the real server, two workers."""
    log = folder / "server.log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "citynet.serve", "--no-prepare"],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    site = f"http://localhost:{os.environ['PORT']}"
    try:
        wait_for(f"{site}/bench/ready/", running, log)
        yield site
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=30)


def wait_for(url: str, running: subprocess.Popen, log: Path) -> None:
    """Return when the server answers; end with its own words when it never does."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"The server did not start.\n{log.read_text()[-4000:]}")


def check(site: str, name: str, paths: list[str]) -> None:
    """Make sure of the answer that is to be measured, and let what is made once be made."""
    for path in paths[:8]:
        request = urllib.request.Request(site + path)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            sys.exit(f"{name}: {path} answers {error.code}")
        if len(body) < 100:
            sys.exit(f"{name}: {path} answers next to nothing")


def load(site: str, paths: list[str], folder: Path, seconds: int, name: str) -> dict[str, float]:
    """Ask for the paths in turn for so long; return what wrk says."""
    file = folder / "paths.txt"
    file.write_text("\n".join(paths) + "\n")
    tag = [etag(site + paths[0])] if name.endswith("unchanged") else []
    said = subprocess.run(
        [
            *("wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s"),
            *("-s", str(LUA), site, "--", str(file), *tag),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(said.stdout.strip().splitlines()[-1])
    if found["errors"]:
        sys.exit(f"{name}: {found['errors']} of {found['requests']} answers were errors")
    return found


def etag(url: str) -> str:
    """Return by what the answer of an address is known."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(request) as answer:
        return answer.headers["ETag"]


def note(measured: Measured, found: dict[str, float]) -> None:
    """Add a round."""
    measured.rates.append(found["requests"] / found["seconds"])
    measured.medians.append(found["p50_ms"])
    measured.slowest.append(found["p99_ms"])


def missed(measured: dict[str, Measured], goals: list[Goal]) -> list[Goal]:
    """Print each goal of what was measured and return those that are not met."""
    bad = []
    for goal in goals:
        if goal.ours not in measured or goal.yardstick not in measured:
            continue
        ours, theirs = measured[goal.ours], measured[goal.yardstick]
        ratio = ours.p99 / theirs.p99 if goal.of_p99 else ours.rate / theirs.rate
        met = ratio <= goal.ratio if goal.of_p99 else ratio >= goal.ratio
        what = "p99 of " if goal.of_p99 else ""
        sign = "<=" if goal.of_p99 else ">="
        print(
            f"{what}{goal.ours} / {goal.yardstick}: {ratio:.2f} ({sign} {goal.ratio})"
            f"{'' if met else '  MISSED'}"
        )
        bad += [] if met else [goal]
    return bad


if __name__ == "__main__":
    sys.exit(main())
