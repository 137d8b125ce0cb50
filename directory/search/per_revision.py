"""What a process keeps in memory, right until the public data moves on."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from directory.history.validators import data_version

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")

# Where change sets come faster than a value can be computed, the last attempt must do.
MOST_ATTEMPTS = 3


@dataclass
class _Turn:
    """Who computes a value, and how many are there for it; a thread may come to it again."""

    lock: AbstractContextManager = field(default_factory=threading.RLock)
    takers: int = 0


class PerRevision(Generic[Key, Kept]):
    """Values computed from the public data for a day or another key, while their version lasts.

    The last few that were asked for are kept, by default one. Of threads that find one stale at
    once the first computes it, and the others wait for that: together they would take as long for
    each as one takes for all. A value whose queries saw a change set come in between is computed
    anew, so that it never is half of one revision, half of the next.

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
        self._turns: dict[Key, _Turn] = {}

    def get(self, key: Key) -> Kept:
        """Return the value for the data as they stand."""
        kept = self._right(key, self._version())
        if kept is None:
            with self._turn(key):
                # Whoever had a turn before may have computed it.
                version = self._version()
                kept = self._right(key, version) or self._computed(key, version)
        return kept[1]

    def _right(self, key: Key, version: Hashable) -> tuple[Hashable, Kept] | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0] != version:
                return None
            self._kept.move_to_end(key)
            return kept

    @contextmanager
    def _turn(self, key: Key) -> Iterator[None]:
        """Let one thread at a time compute the value of a key."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.takers += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.takers -= 1
                if not turn.takers:
                    self._turns.pop(key, None)

    def _computed(self, key: Key, version: Hashable) -> tuple[Hashable, Kept]:
        for _attempt in range(MOST_ATTEMPTS):
            value = self._compute(key)
            before, version = version, self._version()
            if version == before:
                self._keep(key, version, value)
                break
        return version, value

    def _version(self) -> Hashable:
        version = data_version()
        return version if self._of is None else version.of(self._of)

    def _keep(self, key: Key, version: Hashable, value: Kept) -> None:
        with self._lock:
            self._kept[key] = (version, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._keeps:
                self._kept.popitem(last=False)
