"""Measures with Lighthouse, on phone settings, how fast and how well made the main pages are.

Run by `make lighthouse`: starts the site on a fresh database, or takes the one at SITE_ADDRESS.
Prints one line for each page and exits 1 when a score is under the floor, a page is too heavy or
anything on it moves while it loads.

Lighthouse makes this machine a phone by dividing its speed by four, which is right for a fast and
idle one. A page that fails is therefore measured again, three times, with the divisor that the
manual of Lighthouse (docs/throttling.md, "Calibrating the CPU slowdown") gives for the speed that
this machine has just shown; their medians count, and the line says so.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.robotparser import RobotFileParser

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.pages import MAIN_PAGES, MOST_BYTES  # noqa: E402 - needs the path above

LIGHTHOUSE = ROOT / "var" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLOOR = 95
TRIES = 3
# What Lighthouse divides by, and the speed (its BenchmarkIndex) for which that is right: the middle
# of its class of fast desktops, 1500 to 2000.
USUAL_SLOWDOWN, USUAL_SPEED = 4, 1750
PORT = "8094"
SECONDS_TO_START = 180
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


@dataclass(frozen=True)
class Measurement:
    """What Lighthouse says of a page."""

    scores: tuple[float, ...]
    shift: float
    weight: int
    speed: float

    @property
    def is_good(self) -> bool:
        """Whether the page is as it shall be."""
        return min(self.scores) >= FLOOR and self.shift == 0 and self.weight <= MOST_BYTES

    @classmethod
    def median(cls, measured: list["Measurement"]) -> "Measurement":
        """Return what is usual, figure by figure."""
        return cls(
            tuple(map(statistics.median, zip(*(each.scores for each in measured), strict=True))),
            statistics.median(each.shift for each in measured),
            int(statistics.median(each.weight for each in measured)),
            statistics.median(each.speed for each in measured),
        )


def main() -> int:
    """Print the table; the exit status says whether a page is not as it shall be."""
    pages = sys.argv[1:] or MAIN_PAGES
    widest = max(map(len, pages))
    print(f"{'page':<{widest}}  perf  a11y  best   seo    CLS     KB", flush=True)
    bad = []
    with site() as address:
        robots = RobotFileParser(f"{address}/robots.txt")
        robots.read()
        for page in pages:
            # Results of searches and comparisons are kept from search engines on purpose.
            is_closed = not robots.can_fetch("Lighthouse", address + page)
            found, slowdown = measure_fairly(address + page, is_closed=is_closed)
            scores = "".join(f"{score:>6.0f}" for score in found.scores)
            notes = " closed to robots" * is_closed
            if slowdown != USUAL_SLOWDOWN:
                notes += f" median of {TRIES} at {slowdown:.1f}x on a machine of {found.speed:.0f}"
            verdict = "" if found.is_good else "  FAILS"
            print(
                f"{page:<{widest}}{scores}{found.shift:>7.3f}{found.weight / 1000:>7.1f}"
                f"{verdict} {notes}",
                flush=True,
            )
            bad += [] if found.is_good else [page]
    return 1 if bad else 0


def measure_fairly(url: str, *, is_closed: bool) -> tuple[Measurement, float]:
    """Return what was measured, and by what the speed of this machine was divided for it."""
    first = measure(url, is_closed=is_closed, slowdown=USUAL_SLOWDOWN)
    if first.is_good:
        return first, USUAL_SLOWDOWN
    slowdown = min(USUAL_SLOWDOWN, max(1, USUAL_SLOWDOWN * first.speed / USUAL_SPEED))
    again = [measure(url, is_closed=is_closed, slowdown=slowdown) for _try in range(TRIES)]
    return Measurement.median(again), slowdown


def measure(url: str, *, is_closed: bool, slowdown: float) -> Measurement:
    """Run Lighthouse once; what is closed to robots is not blamed for that."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                LIGHTHOUSE,
                url,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={CHROMIUM}",
                f"--throttling.cpuSlowdownMultiplier={slowdown}",
                *(["--skip-audits=is-crawlable"] if is_closed else []),
            ],
            check=True,
            env=os.environ | {"CHROME_PATH": "/usr/bin/chromium", "TMPDIR": folder},
        )
        said = json.loads(report.read_text(encoding="utf-8"))
    explain(said)
    requests = said["audits"]["network-requests"]["details"]["items"]
    return Measurement(
        tuple(100 * (said["categories"][name]["score"] or 0) for name in CATEGORIES),
        round(said["audits"]["cumulative-layout-shift"]["numericValue"], 3),
        sum(each["transferSize"] for each in requests if each.get("resourceType") != "Image"),
        said["environment"]["benchmarkIndex"],
    )


def explain(said: dict) -> None:
    """Name, for a category under the floor, the audits that cost it something."""
    for name in CATEGORIES:
        category = said["categories"][name]
        if 100 * (category["score"] or 0) >= FLOOR:
            continue
        for each in category["auditRefs"]:
            audit = said["audits"][each["id"]]
            if each["weight"] and (audit["score"] or 0) < 1:
                shown = f"{audit['title']} {audit.get('displayValue', '')}".strip()
                print(f"  {name}: {each['id']}: {shown}", file=sys.stderr)


@contextmanager
def site() -> Iterator[str]:
    """The address of the site, compressing as it does for everybody."""
    if running := os.environ.get("SITE_ADDRESS"):
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        environment = {
            name: value for name, value in os.environ.items() if name not in ("DEBUG", "SITE_URL")
        } | {"PORT": PORT, "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3"}
        with log.open("w") as output:
            server = subprocess.Popen(
                [sys.executable, "-m", "citynet.serve"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            yield wait_for(f"http://localhost:{PORT}", server, log)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen, log: Path) -> str:
    """Return the address when it answers; end with the server's own words when it never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):  # noqa: S310 - this machine
                return address
        except OSError:
            time.sleep(0.5)
    sys.exit(f"The server did not start.\n{log.read_text()[-4000:]}")


if __name__ == "__main__":
    sys.exit(main())
