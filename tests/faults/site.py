"""The real server, as `make serve` runs it, and management commands beside it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.faults import processes

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_ANSWER = 90


class Site:
    """Two workers on a database and a port of their own; its log is kept to be shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {"PORT": str(self.port), "WORKERS": "2"}
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it as anybody does, with no step of repair, and wait until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "citynet.serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        self.wait()

    def wait(self) -> None:
        """Return when both workers are there and pages come from the database again."""
        until = time.monotonic() + SECONDS_TO_ANSWER
        while time.monotonic() < until:
            try:
                url = f"http://127.0.0.1:{self.port}/api/v1/networks/?page_size=1"
                with urllib.request.urlopen(url, timeout=10):
                    if len(self.workers()) == 2:
                        return
            except (OSError, urllib.error.HTTPError):
                pass
            time.sleep(0.1)
        log = (self.folder / "server.log").read_text(errors="replace")
        raise RuntimeError(f"The site does not answer.\n{log[-4000:]}")

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        if self._server is None:
            return []
        return [
            pid
            for pid in processes.children(self._server.pid)
            if not any(word in processes.command_line(pid) for word in ("manage.py", "tracker"))
        ]

    def kill(self) -> None:
        """`kill -9` of everything that it consists of."""
        if self._server is not None:
            processes.kill([self._server.pid, *processes.children(self._server.pid)])
            self._server.wait()

    def command(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a management command in a process of its own."""
        with (self.folder / "commands.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
