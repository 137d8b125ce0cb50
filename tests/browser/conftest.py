"""The harness of the browser's checks: real server, Debian's Chromium, axe and Nu validator.

Nothing here is skipped when a tool is missing: the test fails and says what installs it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

CHROMIUM = Path("/usr/bin/chromium")
NODE_MODULES = settings.BASE_DIR / "var" / "node" / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
VNU = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

# As root in a container, and without the look-ups that a fresh Chromium makes of its own accord.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

DESKTOP = (1280, 800)
PHONE = (360, 740)
NARROWEST = (320, 640)

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_COLOUR_RULES = ["color-contrast", "link-in-text-block"]

SECONDS_TO_START = 180


@dataclass
class Visit:
    """A page of the site in the browser, with everything that went wrong on it.

    `problems` collects console errors, uncaught exceptions and requests to other hosts. It must be
    empty at the end of a test: a test that expects one takes it out.
    """

    page: Page
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which the server runs, and with it what else works on its database."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    foreign = ("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE", "SECRET_KEY_FILE")
    return {name: value for name, value in os.environ.items() if name not in foreign} | {
        "PORT": str(port),
        "DATABASE_URL": os.environ.get("SITE_DATABASE") or f"sqlite:///{folder / 'site.sqlite3'}",
        "SECRET_KEY": "only for the browser's checks, never on a real site",
        "RELEASES_URL": f"file:///{folder / 'releases'}",
    }


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, site_environment: dict[str, str]
) -> Iterator[str]:
    """The address, without last slash, of the real server on a fresh database with starting data.

    SITE_ADDRESS names a server that already runs instead, to try one journey many times; then
    SITE_DATABASE names its database, and SECRET_KEY must be that of `site_environment`.
    """
    if running := os.environ.get("SITE_ADDRESS"):
        yield running.rstrip("/")
        return
    log = tmp_path_factory.mktemp("server") / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "citynet.serve"],
            cwd=settings.BASE_DIR,
            env=site_environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://localhost:{site_environment['PORT']}"
    try:
        wait_for(f"{address}/", server, log)
        make_release(site_environment)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def make_release(environment: dict[str, str]) -> None:
    """Make a release of the starting data, under the day that `pages.py` names."""
    code = (
        "import datetime, django; django.setup(); "
        "from directory.releases.publishing import make_release; "
        "make_release(day=datetime.date(2026, 11, 1))"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "citynet.settings"},
        check=True,
    )


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with its own words when it ended or never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except urllib.error.HTTPError as error:
            pytest.fail(f"{url} answers {error.code}.\n{log.read_text()[-4000:]}")
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not start.\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    require(CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def opening(site: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens pages: `open_page("/", size=PHONE, scheme="dark", javascript=False)`; closes them all.

    Each in a context of its own, so that none has the cookies of another.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        javascript: bool = True,
        cookies: Sequence[Any] = (),
        **options: Any,
    ) -> Visit:
        context = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale="en-GB",
            **options,
        )
        context.add_cookies(cookies)
        contexts.append(context)
        opened = Visit(context.new_page())
        watch(opened, site)
        opened.page.goto(path, wait_until="load")
        return opened

    try:
        yield open_page
    finally:
        for context in contexts:
            context.close()


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens pages, see `opening`; at the end of the test none may have had a problem."""
    visits: list[Visit] = []
    with opening(site, browser) as open_page:

        def remembered(path: str, **options: Any) -> Visit:
            visits.append(open_page(path, **options))
            return visits[-1]

        yield remembered
    problems = [problem for opened in visits for problem in opened.problems]
    assert not problems, "\n".join(problems)


def watch(visit: Visit, site: str) -> None:
    """Collect into `visit.problems` what the page does wrong from now on."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # Chromium reports the status of a page that is an error page on purpose as a console error.
        place = message.location.get("url", "")
        if place == visit.page.url and message.text.startswith("Failed to load resource"):
            return
        visit.problems.append(
            f"{visit.page.url}: console {message.type} at {place}: {message.text}"
        )

    def on_request(url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob", "about") and not url.startswith(f"{site}/"):
            visit.problems.append(f"{visit.page.url}: request to another host: {url}")

    def on_failure(request: Request) -> None:
        # Who goes on to the next page, or downloads, breaks off what the last one was fetching.
        if request.failure != "net::ERR_ABORTED":
            visit.problems.append(f"{page.url}: request failed: {request.url} {request.failure}")

    page = visit.page
    page.on("console", on_console)
    page.on("pageerror", lambda error: visit.problems.append(f"{page.url}: exception: {error}"))
    page.on("request", lambda request: on_request(request.url))
    page.on("requestfailed", on_failure)


@pytest.fixture
def signed_in(
    visit: Callable[..., Visit], site: str, site_environment: dict[str, str]
) -> Callable[..., Page]:
    """Opens a page as somebody new: `signed_in("/account/", "cities/bergen-no", editor=False)`."""

    def open_page(path: str, *offices: str, editor: bool = False, **options: Any) -> Page:
        name = f"person-{uuid.uuid4().hex[:12]}@bergen.example"
        kind = "editor" if editor else "staff"
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.people", name, kind, *offices],
            cwd=settings.BASE_DIR,
            env=site_environment | {"DJANGO_SETTINGS_MODULE": "citynet.settings"},
            capture_output=True,
            text=True,
        )
        assert made.returncode == 0, made.stderr
        cookie = {"name": "citynet_session", "value": made.stdout, "url": site}
        return visit(path, cookies=[cookie], **options).page

    return open_page


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    """The home page on a desktop screen."""
    return visit("/", size=DESKTOP).page


@pytest.fixture
def phone(visit: Callable[..., Visit]) -> Page:
    """The home page on a phone, with touch."""
    return visit("/", size=PHONE, has_touch=True, is_mobile=True).page


def draw_everything(page: Page) -> None:
    """Let the browser draw what it saves for when somebody scrolls there, so it can be judged."""
    page.evaluate(
        """() => document.querySelectorAll(".drawn-when-near")
            .forEach(element => { element.style.contentVisibility = "visible"; })"""
    )


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Runs axe on a page in light and in dark; one readable line per violation of WCAG 2.2 AA.

    In dark only the rules about colours run again, since nothing else differs. The script is
    evaluated by the browser's debugger, so the page's own policy stays in force.
    """
    require(AXE)
    source = AXE.read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        draw_everything(page)
        page.evaluate(f"{source}; undefined")
        page.emulate_media(color_scheme="light")
        found = violations(page, {"type": "tag", "values": AXE_TAGS}, "light")
        page.emulate_media(color_scheme="dark")
        found += violations(page, {"type": "rule", "values": AXE_COLOUR_RULES}, "dark")
        return found

    return run


def violations(page: Page, rules: dict[str, Any], look: str) -> list[str]:
    """What axe, already in the page, finds wrong by these rules."""
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules
    )
    return [
        f"{violation['id']} ({violation['impact']}, {look}): {violation['help']}: "
        f"{' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture(scope="session")
def vnu() -> Callable[[dict[str, str], Path], dict[str, list[str]]]:
    """Runs the Nu validator once over many pages.

    Takes HTML by name and a folder for it; returns the errors of each name that has some, as
    "line:column: message: extract".
    """
    require(VNU)

    def run(pages: dict[str, str], folder: Path) -> dict[str, list[str]]:
        names = list(pages)
        files = [folder / f"{number}.html" for number in range(len(names))]
        for file, html in zip(files, pages.values(), strict=True):
            file.write_text(html, encoding="utf-8")
        done = subprocess.run(
            # A deeper stack than usual, as the validator's manual asks for with long pages.
            [
                "java",
                "-Xss8m",
                "-jar",
                VNU,
                "--errors-only",
                "--format",
                "json",
                "--stdout",
                *files,
            ],
            capture_output=True,
            text=True,
            timeout=300,
        )
        if not done.stdout.lstrip().startswith("{"):
            pytest.fail(f"The Nu validator did not run: {done.stdout[-500:]}{done.stderr[-2000:]}")
        found: dict[str, list[str]] = {}
        for message in json.loads(done.stdout)["messages"]:
            name = names[int(Path(message["url"]).stem)]
            found.setdefault(name, []).append(
                f"{message.get('lastLine', 0)}:{message.get('firstColumn', 0)}: "
                f"{message['message']}: {message.get('extract', '').strip()}"
            )
        return found

    return run


def require(tool: Path) -> None:
    """Fail with what to do when a tool is not installed."""
    if not tool.exists():
        pytest.fail(f"{tool} is missing. `make browser` installs it.", pytrace=False)
