"""Kills CityNet's processes while people and programs write, and proves that nothing is lost.

Run by ``make faults`` (``KILLS=100``): on SQLite and on a PostgreSQL of its own, the real server
with two workers. A kill counts only if it struck a transaction that had written. After each, what
was answered with success is there once, what was not is there whole or not at all, what is asked
for again gives one result, nothing needs repair, and `check_integrity` finds nothing.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.cluster import Cluster
from tests.faults.in_flight import Look, on_postgresql, on_sqlite
from tests.faults.site import ROOT, Site

if TYPE_CHECKING:
    from tests.faults.judging import Judge
    from tests.faults.striking import Striker

DATABASES = ("SQLite", "PostgreSQL")
SETTINGS = "tests.faults.server_settings"


def main() -> int:
    """Strike both databases, or the one that is named; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10, help="that struck, on each database")
    parser.add_argument("--seed", type=int, default=0, help="of the moments; 0: any")
    parser.add_argument("--database", choices=DATABASES, help="this one alone")
    asked = parser.parse_args()
    seed = asked.seed or random.SystemRandom().randrange(1, 1_000_000)
    if asked.database:
        return strike(asked.database, asked.kills, seed)
    # Each in a process of its own, because settings are read once.
    arguments = [sys.executable, "-m", "tests.faults.run", "--kills", str(asked.kills)]
    arguments += ["--seed", str(seed)]
    statuses = [
        subprocess.run([*arguments, "--database", name], cwd=ROOT, check=False).returncode
        for name in DATABASES
    ]
    return max(statuses)


def strike(database: str, kills: int, seed: int) -> int:
    """Prepare one database, strike, print what came of it; return the exit status."""
    folder = Path(tempfile.mkdtemp(prefix="citynet-faults."))
    cluster = Cluster() if database == "PostgreSQL" else None
    site = None
    try:
        look = _set_up(folder, cluster)
        site = Site(folder)
        begun = time.monotonic()
        judge, striker = _run(site, look, cluster, kills, seed)
        _print(database, judge, striker, seed, time.monotonic() - begun)
        if judge.problems:
            print((folder / "server.log").read_text(errors="replace")[-4000:])
        return 1 if judge.problems else 0
    finally:
        if site is not None:
            site.kill()
        if cluster is not None:
            cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(folder: Path, cluster: Cluster | None) -> Look:
    file = folder / "faults.sqlite3"
    os.environ["DATABASE_URL"] = cluster.url if cluster else f"sqlite:///{file}"
    os.environ["SECRET_KEY"] = "of a run that nobody else can reach " * 2
    os.environ["RELEASES_URL"] = f"file:///{folder / 'releases'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    for name in ("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "CACHE_URL", "SECRET_KEY_FILE"):
        os.environ.pop(name, None)
    return on_postgresql(cluster.url) if cluster else on_sqlite(file)


def _run(
    site: Site, look: Look, cluster: Cluster | None, kills: int, seed: int
) -> "tuple[Judge, Striker]":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from tests.faults.crowd import Crowd
    from tests.faults.deeds import Doer
    from tests.faults.judging import Judge
    from tests.faults.striking import ON_POSTGRESQL, ON_SQLITE, Striker
    from tests.faults.world import make_world

    call_command("migrate", verbosity=0)
    doer = Doer(make_world(site.folder), site)
    site.start()
    crowd, judge = Crowd(doer), Judge(doer)
    striker = Striker(crowd, site, look, cluster, random.Random(seed))
    victims = ON_POSTGRESQL if cluster else ON_SQLITE
    for number in range(kills):
        crowd.begin()
        striker.strike(victims[number % len(victims)])
        deeds = crowd.end()
        # The last kill may have taken this process's own connection with it.
        connections.close_all()
        judge.judge(deeds)
        _progress(number + 1, kills, len(judge.problems))
        if judge.problems:
            break
    return judge, striker


def _progress(number: int, kills: int, problems: int) -> None:
    if sys.stderr.isatty() or number % 10 == 0 or problems:
        print(f"{number} of {kills} kills, {problems} problems", file=sys.stderr, flush=True)


def _print(database: str, judge: "Judge", striker: "Striker", seed: int, seconds: float) -> None:
    struck = sum(striker.struck.values())
    print(f"\n{database}: {struck} kills that struck, {seconds:.0f} s, seed {seed}")
    row: Callable[..., str] = "  {:<26}{:>8}{:>8}".format
    print(row("killed", "tried", "struck"))
    for victim, tried in striker.tried.items():
        print(row(victim, tried, striker.struck.get(victim, 0)))
    names = ("done", "cut off", "whole", "absent", "lost", "halves", "twice", "errors")
    wide: Callable[..., str] = ("  {:<26}" + "{:>8}" * len(names)).format
    print(wide("asked for", *names))
    for kind, count in judge.counts.items():
        print(wide(kind, *(count[name] for name in names)))
    for problem in judge.problems:
        print(f"  {problem}")
    words = "nothing lost, nothing half" if not judge.problems else "NOT as promised"
    print(f"  {words}; check_integrity after each kill")


if __name__ == "__main__":
    sys.exit(main())
