"""The throwaway PostgreSQL: a database for one command, and nothing left afterwards."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = settings.BASE_DIR / ".ci" / "postgres"

pytestmark = pytest.mark.skipif(
    not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    reason="PostgreSQL is not installed: apt-get install postgresql",
)

ASK = """
import os, pathlib, sys
import psycopg2
cursor = psycopg2.connect(os.environ["DATABASE_URL"]).cursor()
cursor.execute("SHOW data_directory"); folder, = cursor.fetchone()
cursor.execute("SHOW server_encoding"); encoding, = cursor.fetchone()
cursor.execute("SELECT datcollate FROM pg_database WHERE datname = current_database()")
print(folder, encoding, cursor.fetchone()[0])
"""


def test_gives_a_database_and_removes_it():
    done = subprocess.run(
        [SCRIPT, sys.executable, "-c", ASK], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    folder, encoding, collation = done.stdout.split()
    assert (encoding, collation) == ("UTF8", "C.UTF-8")
    assert not Path(folder).parent.exists()


def test_passes_the_exit_status_on():
    assert subprocess.run([SCRIPT, "sh", "-c", "exit 3"], timeout=120).returncode == 3


def test_explains_itself_without_a_command():
    done = subprocess.run([SCRIPT], capture_output=True, text=True, timeout=120)
    assert done.returncode == 64
    assert "DATABASE_URL" in done.stderr


def test_stops_everything_when_it_is_told_to_stop(tmp_path):
    told = tmp_path / "told"
    running = subprocess.Popen(
        [SCRIPT, sys.executable, "-c", f"{ASK}\nopen({str(told)!r}, 'w').write(folder)\n"
         "import time; time.sleep(60)"],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (told.exists() and told.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    folder = Path(told.read_text())
    server = int((folder / "postmaster.pid").read_text().splitlines()[0])
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=60) == 143
    assert not folder.parent.exists()
    assert not is_running(server)


def is_running(process):
    """Whether the process does anything: one that ended may stay listed until it is fetched."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
