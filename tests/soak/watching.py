"""Watches while people come: the memory of the workers, and who waits for a lock how long."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

SECONDS_BETWEEN_LOOKS = 0.2
LOOKS_BETWEEN_WEIGHINGS = 10
PAGE = 4096
WAITS = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)
    FROM pg_locks WHERE NOT granted
"""


@dataclass
class Watch:
    """What was seen: bytes that all workers hold, each with its moment, and the longest wait."""

    url: str
    workers: Callable[[], list[int]]
    weighed: list[tuple[float, int]] = field(default_factory=list)
    longest_wait: float = 0

    def __post_init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        """Watch from now on."""
        self._thread.start()

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()

    def growth(self) -> float:
        """Return the memory of the last fifth of the time over that of the second fifth."""
        first, last = self.weighed[0][0], self.weighed[-1][0]
        fifth = (last - first) / 5
        early = [size for at, size in self.weighed if first + fifth <= at <= first + 2 * fifth]
        late = [size for at, size in self.weighed if at >= last - fifth]
        return (sum(late) / len(late)) / (sum(early) / len(early))

    def _watch(self) -> None:
        line = psycopg2.connect(self.url)
        line.autocommit = True
        looks = 0
        with line.cursor() as cursor:
            while not self._ended.wait(SECONDS_BETWEEN_LOOKS):
                cursor.execute(WAITS)
                self.longest_wait = max(self.longest_wait, float(cursor.fetchone()[0]))
                if looks % LOOKS_BETWEEN_WEIGHINGS == 0:
                    self.weighed.append((time.monotonic(), sum(map(_held, self.workers()))))
                looks += 1
        line.close()


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0
