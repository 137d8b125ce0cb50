"""What a process keeps in memory, right until the public data moves on."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from directory.history.validators import data_version

Asked = TypeVar("Asked", bound=Hashable)
Kept = TypeVar("Kept")

# Where change sets come faster than a value can be computed, the last attempt must do.
MOST_ATTEMPTS = 3


class PerRevision(Generic[Asked, Kept]):
    """Values computed from the public data for a day, kept until the data's version changes.

    Only the ``most`` that were asked for last are kept, as a rule the one of today. Two threads
    that find it stale at once may both compute it: the results are equal, and neither waits for
    the other. A value whose queries saw a change set come in between is computed anew, so that
    it never is half of one revision, half of the next.
    """

    def __init__(self, compute: Callable[[Asked], Kept], *, most: int = 1) -> None:
        self._compute = compute
        self._most = most
        self._kept: OrderedDict[Asked, tuple[Hashable, Kept]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: Asked) -> Kept:
        """Return the value for the data as they stand, of what is asked: a day."""
        version = data_version()
        kept = self._kept.get(asked)
        if kept is not None and kept[0] == version:
            return kept[1]
        for _attempt in range(MOST_ATTEMPTS):
            value = self._compute(asked)
            before, version = version, data_version()
            if version == before:
                self._keep(asked, version, value)
                break
        return value

    def _keep(self, asked: Asked, version: Hashable, value: Kept) -> None:
        with self._lock:
            self._kept[asked] = (version, value)
            self._kept.move_to_end(asked)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
