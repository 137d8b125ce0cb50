"""A PostgreSQL of the run's own, as it is installed: nothing of its safety is switched off."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from tests.faults import processes

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
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(self.home, owner.pw_uid, owner.pw_gid)
        self._binaries = _binaries()
        self._make()

    @property
    def url(self) -> str:
        """DATABASE_URL."""
        return f"postgresql://citynet:{self.password}@127.0.0.1:{self.port}/citynet"

    def start(self) -> None:
        """Start it, as a machine does after it went down: no step of repair."""
        self._run(
            *("pg_ctl", "--pgdata", self.home / "data", "--log", self.home / "log", "--wait"),
            *("--timeout", "120", "--silent", "--options", f"-p {self.port}", "start"),
        )

    def all_processes(self) -> list[int]:
        """Return the server and all that it has started."""
        first = int((self.home / "data" / "postmaster.pid").read_text().splitlines()[0])
        return [first, *processes.children(first)]

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self._run(
            *("pg_ctl", "--pgdata", self.home / "data", "--mode", "immediate", "--silent", "stop"),
            check=False,
        )
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

    def _run(self, command: str, *arguments: object, check: bool = True) -> None:
        done = subprocess.run(
            [self._binaries / command, *map(str, arguments)],
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"{command} ended with {done.returncode}: see {self.home}/log")


def _binaries() -> Path:
    fifteen = Path("/usr/lib/postgresql/15/bin")
    found = [fifteen, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    for folder in found:
        if (folder / "initdb").exists():
            return folder
    raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
