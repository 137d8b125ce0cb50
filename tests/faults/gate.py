"""Lets those who act begin something new, or none of them, and knows when all have ended."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_END = 180


class Gate:
    """Open or closed; whoever has passed is inside until the end of the block."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_open = False
        self._inside = 0

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait until it is open, and stand inside."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_open)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def open(self) -> None:
        """Let them begin."""
        with self._changed:
            self._is_open = True
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody begin any more; those inside go on."""
        with self._changed:
            self._is_open = False

    def wait_until_empty(self) -> None:
        """Wait for those inside; raises RuntimeError where somebody never ends."""
        until = time.monotonic() + SECONDS_TO_END
        with self._changed:
            if not self._changed.wait_for(lambda: not self._inside, until - time.monotonic()):
                raise RuntimeError("somebody still waits for an answer")
