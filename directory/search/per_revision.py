"""What a process keeps in memory, right until the public data moves on."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

from directory.history.validators import data_version

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")

# Where change sets come faster than a value can be computed, the last attempt must do.
MOST_ATTEMPTS = 3


class PerRevision(Generic[Key, Kept]):
    """Values computed from the public data for a day or another key, while their version lasts.

    The last few that were asked for are kept, by default one. Two threads that find one stale at
    once may both compute it: the results are equal, and neither waits for the other. A value
    whose queries saw a change set come in between is computed anew, so that it never is half of
    one revision, half of the next.

    What depends on some tables alone is right until one of them changes (``of``): a membership more
    leaves the names of networks as they are.
    """

    def __init__(
        self,
        compute: Callable[[Key], Kept],
        *,
        keeps: int = 1,
        of: Collection[str] | None = None,
    ) -> None:
        self._compute = compute
        self._keeps = keeps
        self._of = of
        self._kept: OrderedDict[Key, tuple[Hashable, Kept]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept:
        """Return the value for the data as they stand."""
        version = self._version()
        with self._lock:
            if key in self._kept and self._kept[key][0] == version:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        for _attempt in range(MOST_ATTEMPTS):
            value = self._compute(key)
            before, version = version, self._version()
            if version == before:
                self._keep(key, version, value)
                break
        return value

    def _version(self) -> Hashable:
        version = data_version()
        return version if self._of is None else version.of(self._of)

    def _keep(self, key: Key, version: Hashable, value: Kept) -> None:
        with self._lock:
            self._kept[key] = (version, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._keeps:
                self._kept.popitem(last=False)
