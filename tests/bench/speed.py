"""Puts the site and its yardsticks under load, side by side in one run, and prints ratios.

Run by ``make bench`` on SQLite, and by ``.ci/postgres make bench`` on PostgreSQL: a database of its
own with the starting data, then with that grown 20 times (``--times 1`` leaves that out); the real
server with two workers; sixteen connections of wrk. Cold: the site keeps no answer, so that every
request is worked out. Warm: it keeps them, and one thing is asked for again and again. Three
rounds of new processes, in which everything is asked for unmeasured and then measured; medians.
Each line of the table names its goal and whether it is met; the exit status is 1 where one is not.
"""

import argparse
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.measured import Measured

ROOT = Path(__file__).resolve().parents[2]
LUA = Path(__file__).with_name("load.lua")
THREADS, CONNECTIONS = 2, 16
ROUNDS = 3
SECONDS = 4
# What a process makes once, it has made by then: it is the same for the site and its yardsticks.
SECONDS_BEFORE = 2
SETTINGS = "tests.bench.server_settings"


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 20], help="of the data")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="part of the names of what is measured")
    parser.add_argument("--keep", type=Path, help="write what was measured there, as JSON")
    asked = parser.parse_args()
    measured: dict[int, dict[str, Measured]] = {}
    with tempfile.TemporaryDirectory() as folder:
        seconds = prepare(Path(folder))
        from tests.bench import table
        from tests.bench.growing import grow

        bulk = None if asked.only else table.Bulk()
        is_missed = bool(bulk) and bulk.print_load(seconds)
        for times in sorted(asked.times):
            if times > 1:
                grow(times)
            measured[times] = measure(Path(folder), asked)
            is_missed |= table.print_goals(measured[times], times)
            if bulk:
                with server(Path(folder), kept=0) as running:
                    is_missed |= bulk.print_downloads(running.site, running.workers)
    is_missed |= table.print_growth(measured)
    if asked.keep:
        kept = {
            times: {name: [each.rate, each.p50, each.p99] for name, each in found.items()}
            for times, found in measured.items()
        }
        asked.keep.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if is_missed else 0


def measure(folder: Path, asked: argparse.Namespace) -> dict[str, Measured]:
    """Return what each thing did, the site without and with kept answers in turn."""
    from django.db import connections

    from tests.bench.workloads import WARM, addresses, ready

    asks = {name: paths for name, paths in addresses().items() if asked.only in name}
    connections.close_all()
    measured: dict[str, Measured] = defaultdict(Measured)
    for _round in range(asked.rounds):
        for kept in (0, 64):
            with server(folder, kept=kept) as running:
                now = {
                    name: paths for name, paths in asks.items() if name.endswith(WARM) == bool(kept)
                }
                sizes = {name: check(running.site, name, paths) for name, paths in now.items()}
                for name, paths in (now | ready(sizes)).items():
                    load(running.site, paths, folder, SECONDS_BEFORE, name)
                    found = load(running.site, paths, folder, asked.seconds, name)
                    note(measured[name], found)
    return measured


def prepare(folder: Path) -> float:
    """Fill a database of this run's own; return the seconds that the load of the data took."""
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("SECRET_KEY", "of a benchmark that nobody else can reach " * 2)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["PORT"] = str(free_port())
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from citynet.serve import prepare as prepare_site
    from tests.bench.bulk import loaded

    call_command("migrate", verbosity=0)
    call_command("load_gazetteer", verbosity=0, stdout=io.StringIO())
    seconds = loaded()
    prepare_site()
    connections.close_all()
    return seconds


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running(NamedTuple):
    """A server: its address, and the processes that answer."""

    site: str
    workers: list[int]


@contextmanager
def server(folder: Path, *, kept: int) -> Iterator[Running]:
    """The real server, two workers that keep so many megabytes of answers."""
    log = folder / "server.log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "citynet.serve", "--no-prepare"],
            cwd=ROOT,
            env=os.environ | {"KEPT_ANSWERS": str(kept)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    site = f"http://localhost:{os.environ['PORT']}"
    try:
        wait_for(f"{site}/bench/ready/", running, log)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text()
        yield Running(site, [int(pid) for pid in children.split()])
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


def check(site: str, name: str, paths: list[str]) -> int:
    """Make sure of the answers that are to be measured, and let what is made once be made.

    Returns how many bytes the last of them has.
    """
    for path in paths[:8]:
        request = urllib.request.Request(site + path)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            sys.exit(f"{name}: {path} answers {error.code}")
        if len(body) < 100:
            sys.exit(f"{name}: {path} answers next to nothing")
    return len(body)


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


if __name__ == "__main__":
    sys.exit(main())
