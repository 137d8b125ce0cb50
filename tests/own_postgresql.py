"""A PostgreSQL of one test's own, which may be stopped, started and crowded."""

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

# As .ci/postgres: nothing here outlives the test, so nothing needs to survive a power cut.
QUICK = "fsync=off synchronous_commit=off full_page_writes=off max_connections=8"


def find_binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs; 15, with which the site is tested, first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    preferred = [Path("/usr/lib/postgresql/15/bin"), *folders]
    return next((folder for folder in preferred if (folder / "initdb").exists()), None)


class OwnPostgresql:
    """A server with a copy of another database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        binaries = find_binaries()
        if binaries is None:
            raise RuntimeError("PostgreSQL is not installed")
        self.binaries = binaries
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._as_owner: dict[str, Any] = {}
        if os.getuid() == 0:
            # The server refuses to run as root.
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            self._as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self.run("initdb", "--pgdata", "data", "--username", "citynet", "--auth", "trust",
                 "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        self.start()
        self.run("createdb", *self._address(), "citynet")

    def run(self, program: str, *arguments: str, **options: Any) -> None:
        """Run one of PostgreSQL's programs as the server's owner."""
        subprocess.run(
            [self.binaries / program, *arguments],
            **{"cwd": self.folder, "check": True, "stdout": subprocess.DEVNULL}
            | self._as_owner
            | options,
        )

    def start(self) -> None:
        """Start the server; returns once it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} "
        options += " ".join(f"-c {each}" for each in QUICK.split())
        self.run(
            "pg_ctl", "--pgdata", "data", "--log", "log", "--wait", "--options", options, "start"
        )

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self.run("pg_ctl", "--pgdata", "data", "--mode", "immediate", "stop")

    def copy(self, database: dict[str, Any]) -> None:
        """Take over tables and rows of another database."""
        source = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}"
        dump = subprocess.run(
            [self.binaries / "pg_dump", "--no-owner", f"{source}/{database['NAME']}"],
            env=os.environ | {"PGPASSWORD": database["PASSWORD"]},
            check=True,
            capture_output=True,
        )
        self.run("psql", *self._address(), "--quiet", "citynet", input=dump.stdout)

    def remove(self) -> None:
        """Stop the server and delete what it kept."""
        # It may have been stopped already.
        with suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def settings(self) -> dict[str, Any]:
        """What Django's description of a database needs to say otherwise."""
        own = {"NAME": "citynet", "USER": "citynet", "PASSWORD": ""}
        return own | {"HOST": "127.0.0.1", "PORT": str(self.port)}

    def _address(self) -> tuple[str, ...]:
        return ("--host", "127.0.0.1", "--port", str(self.port), "--username", "citynet")
