"""A PostgreSQL of the run's own, as it is installed: nothing of its safety is switched off."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults import processes

SECONDS_TO_START = 60
SETTINGS = """
max_connections = 60
shared_buffers = 128MB
timezone = 'UTC'
"""


class Cluster:
    """One server with one database, to be killed and started again."""

    def __init__(self) -> None:
        # Short, because a socket's path may have 107 characters at most.
        self.home = Path(tempfile.mkdtemp(prefix="citynet-pg.", dir="/tmp"))
        self.password = secrets.token_hex(16)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._as_owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            # The server refuses to run as root.
            owner = pwd.getpwnam("postgres")
            os.chown(self.home, owner.pw_uid, owner.pw_gid)
            self._as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self._binaries = _binaries()
        self._make()

    @property
    def url(self) -> str:
        """DATABASE_URL."""
        return f"postgresql://citynet:{self.password}@127.0.0.1:{self.port}/citynet"

    def start(self) -> None:
        """Start it, as a machine does after it went down: no step of repair."""
        with (self.home / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._binaries / "postgres", "-D", self.home / "data", "-p", str(self.port)],
                cwd=self.home,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                **self._as_owner,
            )
        until = time.monotonic() + SECONDS_TO_START
        while self._server.poll() is None and time.monotonic() < until:
            if not self._run("pg_isready", "--host", self.home, "--port", self.port, check=False):
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL does not start.\n{self._log()}")

    def kill(self) -> None:
        """`kill -9` of the server and of all that it has started."""
        # Held first, so that it starts nothing between the look and the kill.
        processes.stop(self._server.pid)
        processes.kill([self._server.pid, *processes.children(self._server.pid)])
        self._server.wait()

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _make(self) -> None:
        told = self.home / "password"
        told.write_text(self.password)
        told.chmod(0o644)
        self._run(
            *("initdb", "--pgdata", self.home / "data", "--username", "citynet"),
            *("--pwfile", told, "--auth-local", "trust", "--auth-host", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8"),
        )
        with (self.home / "data" / "postgresql.conf").open("a") as file:
            file.write(f"{SETTINGS}listen_addresses = '127.0.0.1'\n")
            file.write(f"unix_socket_directories = '{self.home}'\n")
        self.start()
        self._run(
            *("createdb", "--host", self.home, "--port", self.port, "--username", "citynet"),
            "citynet",
        )

    def _run(self, command: str, *arguments: object, check: bool = True) -> int:
        done = subprocess.run(
            [self._binaries / command, *map(str, arguments)],
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            **self._as_owner,
        )
        if check and done.returncode:
            raise RuntimeError(f"{command} ended with {done.returncode}.\n{done.stderr[-2000:]}")
        return done.returncode

    def _log(self) -> str:
        return (self.home / "log").read_text(errors="replace")[-2000:]


def _binaries() -> Path:
    fifteen = Path("/usr/lib/postgresql/15/bin")
    found = [fifteen, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    for folder in found:
        if (folder / "initdb").exists():
            return folder
    raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
