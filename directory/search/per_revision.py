"""What a process keeps in memory, right until the public data moves on."""

import datetime
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from directory.history.validators import data_version

Kept = TypeVar("Kept")

# Where change sets come faster than a value can be computed, the last attempt must do.
MOST_ATTEMPTS = 3


class PerRevision(Generic[Kept]):
    """One value computed from the public data, kept until their version or the day changes.

    Only the newest is kept. Two threads that find it stale at once may both compute it: the
    results are equal, and neither waits for the other. A value whose queries saw a change set
    come in between is computed anew, so that it never is half of one revision, half of the next.
    """

    def __init__(self, compute: Callable[[datetime.date], Kept]) -> None:
        self._compute = compute
        self._kept: tuple[Hashable, Kept] | None = None
        self._lock = threading.Lock()

    def get(self, day: datetime.date) -> Kept:
        """Return the value for the data as they stand, on ``day``."""
        version = (data_version(), day)
        kept = self._kept
        if kept is not None and kept[0] == version:
            return kept[1]
        for _attempt in range(MOST_ATTEMPTS):
            value = self._compute(day)
            before, version = version, (data_version(), day)
            if version == before:
                with self._lock:
                    self._kept = (version, value)
                break
        return value
