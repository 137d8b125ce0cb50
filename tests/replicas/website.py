"""Two web processes of the site behind nginx, on one database with a replica."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from tests.replicas.cluster import free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "DATABASE_REPLICA_URLS", "DEBUG", "SITE_URL", "PORT", "CACHE_URL")


class Answer(NamedTuple):
    """What came back; status 0: nothing did."""

    status: int
    body: bytes
    headers: Any

    def json(self) -> Any:
        return json.loads(self.body)


class Website:
    """The site as its visitors reach it; use it as a context."""

    def __init__(self, folder: Path, *, database: str, replicas: str = "", **environment: str):
        self.folder = folder
        self.ports = [free_port(), free_port()]
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        self.environment = inherited | {
            "DATABASE_URL": database,
            "DATABASE_REPLICA_URLS": replicas,
            "SECRET_KEY": "of a test that nobody else can reach " * 3,
            "SITE_URL": self.url,
            **environment,
        }
        self.processes: list[subprocess.Popen] = []
        self._running = ExitStack()

    def manage(self, code: str, *arguments: object) -> str:
        """Run Python with the site's settings, and return what it prints."""
        start = "import django; django.setup(); from django.core.management import call_command\n"
        done = subprocess.run(
            [sys.executable, "-c", start + code, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "citynet.settings"},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def __enter__(self) -> "Website":
        for number, port in enumerate(self.ports):
            self.processes.append(self._start(f"web{number}", port))
        self._start_nginx()
        wait_until(self._is_there, because=self.logs)
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in self.processes:
            _ended(process)
        self._running.close()

    def stop(self, number: int) -> None:
        """End one of the web processes."""
        self.processes[number].send_signal(signal.SIGINT)
        _ended(self.processes[number])

    def start(self, number: int) -> None:
        """Start one of the web processes again."""
        port = self.ports[number]
        self.processes[number] = self._start(f"web{number}-again", port)
        wait_until(lambda: self.ask("/contact/", port=port).status == 200, because=self.logs)

    def _start(self, name: str, port: int) -> subprocess.Popen:
        log = self._running.enter_context((self.folder / f"{name}.log").open("w"))
        return subprocess.Popen(
            [sys.executable, "-m", "citynet.serve", "--no-prepare"],
            cwd=ROOT,
            env=self.environment | {"PORT": str(port), "WORKERS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def _start_nginx(self) -> None:
        template = Path(__file__).with_name("nginx.conf").read_text()
        names = {"FOLDER": self.folder, "FIRST": self.ports[0], "SECOND": self.ports[1]}
        for name, value in {**names, "PORT": self.port}.items():
            template = template.replace(name, str(value))
        file = self.folder / "nginx.conf"
        file.write_text(template)
        log = self._running.enter_context((self.folder / "nginx.log").open("w"))
        command = ["nginx", "-p", str(self.folder), "-c", str(file)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.processes.append(process)

    def _is_there(self) -> bool:
        ends = [each.poll() for each in self.processes]
        assert ends == [None] * 3, self.logs()
        direct = [self.ask("/contact/", port=port).status for port in self.ports]
        return [*direct, self.ask("/contact/").status] == [200, 200, 200]

    def logs(self) -> str:
        """Return the last words of all that runs."""
        return "\n".join(
            f"{path.name}: {path.read_text()[-2000:]}" for path in self.folder.glob("*.log")
        )

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: Any = None,
        port: int = 0,
        timeout: float = 60,
        **headers: str,
    ) -> Answer:
        """Ask as a visitor does; what does not answer has status 0."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        if data:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(
            f"http://localhost:{port or self.port}{path}", data, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(), error.headers)
        except OSError as error:
            return Answer(0, repr(error).encode(), {})


def _ended(process: subprocess.Popen) -> None:
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
