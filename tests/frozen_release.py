"""The files of a release of the starting data, made once for all processes of a test run."""

import datetime
import fcntl
import pickle
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.releases.freezing import freeze
from directory.releases.frozen import Frozen

DAY = datetime.date(2026, 11, 28)


def frozen_starting_data(shared: Path, loaded: BaseDatabaseWrapper) -> Frozen:
    """A frozen release of the database; whoever comes first freezes, the others wait and read."""
    with (shared / "frozen.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "frozen.pickle"
        if done.exists():
            return pickle.loads(done.read_bytes())
        frozen = _freeze(shared / "frozen", loaded)
        done.write_bytes(pickle.dumps(frozen))
        return frozen


def _freeze(folder: Path, loaded: BaseDatabaseWrapper) -> Frozen:
    empty = connections["default"]
    connections["default"] = loaded
    folder.mkdir()
    try:
        return freeze(folder, day=DAY)
    finally:
        connections["default"] = empty
