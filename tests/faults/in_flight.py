"""Which processes have a transaction in flight that has begun to write.

SQLite: who holds the writer's lock of the write-ahead log, as the kernel lists it. PostgreSQL:
whose connection has a transaction with a number, and has written to a table of what people do.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg2

from tests.faults import processes

# In the file beside the database that processes share, the byte that the one writer holds.
WRITERS_BYTE = "120"

WRITTEN = [
    f"directory_{name}"
    for name in (
        *("membership", "statement", "city", "network", "changeset", "entry", "revision"),
        *("upload", "uploadrow", "reviewitem", "idempotencykey", "release", "releasefile"),
    )
]
WRITING = """
    SELECT a.client_port, a.pid FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.backend_xid IS NOT NULL AND a.client_port > 0
      AND EXISTS (
        SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
        WHERE l.pid = a.pid AND l.granted AND l.mode = 'RowExclusiveLock'
          AND c.relname = ANY(%s)
      )
"""

# Of the processes named those that write, each with the server's process that does it for them.
Look = Callable[[Iterable[int]], dict[int, int]]


def on_sqlite(database: Path) -> Look:
    """Look at the locks of a database in a file; the process does its writing itself."""
    shared = database.with_name(f"{database.name}-shm")

    def look(pids: Iterable[int]) -> dict[int, int]:
        if not shared.exists():
            return {}
        inode = str(shared.stat().st_ino)
        wanted, found = set(pids), {}
        for line in Path("/proc/locks").read_text().splitlines():
            parts = line.split()
            # Those that only wait for a lock are marked by an arrow.
            if parts[1] == "->" or parts[3] != "WRITE" or parts[6:] != [WRITERS_BYTE] * 2:
                continue
            if parts[5].rpartition(":")[2] == inode and int(parts[4]) in wanted:
                found[int(parts[4])] = int(parts[4])
        return found

    return look


def on_postgresql(url: str) -> Look:
    """Look at the server's own list, on a connection that is made anew when it was lost."""
    connection: Any = None

    def look(pids: Iterable[int]) -> dict[int, int]:
        nonlocal connection
        try:
            if connection is None:
                connection = psycopg2.connect(url)
                connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(WRITING, [WRITTEN])
                writing = dict(cursor.fetchall())
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            connection = None
            return {}
        owners = processes.owners_of_ports(pids, writing) if writing else {}
        return {pid: writing[port] for port, pid in owners.items()}

    return look
