"""The databases that the environment names: one that is written to, and copies to read from.

The copies (``DATABASE_REPLICA_URLS``) are streaming replicas of PostgreSQL; which request reads
from which is chosen by ``citynet.replicas``.
"""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from citynet import environment

SQLITE = "django.db.backends.sqlite3"
REPLICA = "replica"
MOST_REPLICAS = 16
# Seconds for which a thread keeps its connection.
KEPT_OPEN = 60

# Several processes share the file: readers go on while one writes (WAL), a writer takes its lock at
# the start of its transaction instead of failing half way, and waits for others instead of giving
# up.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY"
    ),
}
# Seconds until a machine that is gone without a word counts as gone: the network's own answer may
# take a quarter of an hour. What an address says of itself comes first.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
# Nothing is ever written there, also where the address is that of a replica no longer.
REPLICA_OPTIONS = {"connect_timeout": 3, "options": "-c default_transaction_read_only=on"}


def described(base: Path) -> dict[str, dict[str, Any]]:
    """Return Django's description of the databases; a relative SQLite path counts from ``base``."""
    default = environment.database(
        os.environ, "DATABASE_URL", default="sqlite:///var/citynet.sqlite3", base=base
    )
    urls = environment.text(os.environ, "DATABASE_REPLICA_URLS").split()
    if default["ENGINE"] == SQLITE:
        if urls:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URLS is set and DATABASE_URL names SQLite, which has no "
                "replicas: leave it out, or use PostgreSQL."
            )
        # To open a file anew costs more than most answers from it.
        return {"default": default | {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": KEPT_OPEN}}
    if len(urls) > MOST_REPLICAS:
        raise ImproperlyConfigured(
            f"DATABASE_REPLICA_URLS names {len(urls)} replicas: use at most {MOST_REPLICAS}."
        )
    _kept_open(default, {})
    # Of a replica the query for its revision tells as much (citynet.replicas).
    default["CONN_HEALTH_CHECKS"] = True
    found = {"default": default}
    for number, url in enumerate(urls, start=1):
        found[f"{REPLICA}{number}"] = _replica(url, base)
    return found


def _replica(url: str, base: Path) -> dict[str, Any]:
    name = "DATABASE_REPLICA_URLS"
    replica = environment.database({name: url}, name, default="", base=base)
    if replica["ENGINE"] == SQLITE:
        raise ImproperlyConfigured(
            f"{name} is not understood: use postgresql://user:password@host:5432/name for each, "
            "separated by blanks."
        )
    _kept_open(replica, REPLICA_OPTIONS)
    # One database in tests.
    replica["TEST"] = {"MIRROR": "default"}
    return replica


def _kept_open(database: dict[str, Any], options: dict[str, Any]) -> None:
    database["CONN_MAX_AGE"] = KEPT_OPEN
    database["OPTIONS"] = POSTGRESQL_OPTIONS | options | database.get("OPTIONS", {})
