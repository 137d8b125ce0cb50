"""A PostgreSQL primary and its hot standby, from the installed binaries, to be killed."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

STANDBY = "standby"
USER = "citynet"
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
wal_level = replica
max_wal_senders = 5
max_connections = 100
shared_buffers = 64MB
hot_standby = on
# Queries of readers give way at once, so that the test meets queries that were cancelled.
max_standby_streaming_delay = 0
wal_receiver_timeout = 5s
wal_sender_timeout = 5s
wal_retrieve_retry_interval = 500ms
timezone = 'UTC'
"""


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what, *, seconds: float = 60, because="it never was so") -> None:
    """Return once it is so; fails when it never is, for a reason or by what tells it."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            raise AssertionError(because() if callable(because) else because)
        time.sleep(0.1)


class Server:
    """One PostgreSQL server, with a folder and a port of its own."""

    def __init__(self, cluster: "Cluster", name: str) -> None:
        self.cluster, self.name = cluster, name
        self.data = cluster.home / name
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{self.cluster.password}@127.0.0.1:{self.port}/{USER}"

    def start(self) -> None:
        """Start, and return once it takes connections."""
        self.cluster.run(
            "pg_ctl", "--pgdata", self.data, "--log", f"{self.data}.log", "--wait", "--silent",
            "--options", f"-p {self.port}", "start",
        )  # fmt: skip

    def kill(self) -> None:
        """End it as a power cut would: no word to anyone, nothing finished."""
        process = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)
        wait_until(lambda: not self.is_there(), because=f"{self.name} is still there")

    def is_there(self) -> bool:
        """Tell whether anything listens on its port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, sql: str) -> list[tuple]:
        """Return the rows that a statement gives; one that the recovery cancels is asked again."""
        while True:
            connection = psycopg2.connect(self.url)
            try:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute(sql)
                    return cursor.fetchall() if cursor.description else []
            except psycopg2.errors.SerializationFailure:
                time.sleep(0.1)
            finally:
                connection.close()

    def configure(self, name: str, value: str) -> None:
        """Set a parameter as an operator does, without a restart."""
        self.ask(f"ALTER SYSTEM SET {name} = '{value}'")
        self.ask("SELECT pg_reload_conf()")


class Cluster:
    """Both servers; use it as a context."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.password = secrets.token_hex(16)
        self.home = Path(tempfile.mkdtemp(prefix="citynet-replicas."))
        self._owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        if self._owner:
            # The servers refuse to run as root.
            os.chown(self.home, self._owner.pw_uid, self._owner.pw_gid)
        self.primary = Server(self, "primary")
        self.standby = Server(self, STANDBY)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_error: object) -> None:
        for server in (self.primary, self.standby):
            command = ("pg_ctl", "--pgdata", server.data, "--mode", "immediate", "--silent", "stop")
            self.run(*command, check=False)
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, program: str, *arguments: object, check: bool = True) -> None:
        """Run one of PostgreSQL's programs as the owner of the servers."""
        owner = self._owner
        as_owner = (
            {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        )
        log = self.home / "programs.log"
        with log.open("a") as output:
            done = subprocess.run(
                [str(self.binaries / program), *map(str, arguments)],
                cwd=self.home,
                env={"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                **as_owner,
            )
        logs = "\n".join(each.read_text()[-2000:] for each in self.home.glob("*.log"))
        assert not check or done.returncode == 0, f"{program}: {logs}"

    def start_primary(self) -> None:
        """Make and start the primary, with an empty database."""
        secret = self.home / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        self.run(
            "initdb", "--pgdata", self.primary.data, "--username", USER, "--pwfile", secret,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip
        with (self.primary.data / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION)
        self.primary.start()
        url = self.primary.url.removesuffix(f"/{USER}")
        self.run("psql", f"{url}/postgres", "--quiet", "--command", f"CREATE DATABASE {USER}")

    def start_standby(self) -> None:
        """Copy the primary and follow it; from now on each commit waits for the standby."""
        where = (
            f"host=127.0.0.1 port={self.primary.port} user={USER} password={self.password} "
            f"application_name={STANDBY}"
        )
        self.run(
            "pg_basebackup", "--pgdata", self.standby.data, "--dbname", where,
            "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast", "--no-sync",
        )  # fmt: skip
        self.standby.start()
        self.commit_on_both()

    def commit_on_both(self) -> None:
        """Let every commit wait for the standby, once it follows."""
        wait_until(self.is_followed, because="the standby does not follow")
        self.primary.configure("synchronous_standby_names", f"ANY 1 ({STANDBY})")
        state = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'quorum'"
        wait_until(lambda: self.primary.ask(state), because="no commit waits for the standby")

    def is_followed(self) -> bool:
        """Tell whether the standby has all that the primary wrote."""
        following = (
            "SELECT 1 FROM pg_stat_replication "
            "WHERE state = 'streaming' AND replay_lsn >= pg_current_wal_flush_lsn()"
        )
        return bool(self.primary.ask(following))

    def promote_standby(self) -> None:
        """Let the standby take writes."""
        self.run("pg_ctl", "--pgdata", self.standby.data, "--wait", "--silent", "promote")


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs, version 15 where it is there."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    wanted = [path for path in found if path.parent.name == "15"] or found
    assert wanted, "PostgreSQL is not installed: .ci/install postgresql"
    return wanted[-1]
