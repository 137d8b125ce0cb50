"""What was measured of one thing, and what it is to reach."""

import statistics
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What one thing did in each round: answers a second, and how long the slowest took."""

    rates: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second, the median of the rounds."""
        return statistics.median(self.rates)

    @property
    def p50(self) -> float:
        """Milliseconds within which half of the answers came, the median of the rounds."""
        return statistics.median(self.medians)

    @property
    def p99(self) -> float:
        """Milliseconds within which 99 of 100 answers came, the median of the rounds."""
        return statistics.median(self.slowest)


@dataclass(frozen=True)
class Goal:
    """A ratio that is to be reached: of rates at least, of p99 at most."""

    ours: str
    yardstick: str
    ratio: float
    of_p99: bool = False
    # Where it is another one there.
    on_postgresql: float | None = None

    def on(self, database: str) -> float:
        """Return the ratio that is to be reached on a database."""
        if database == "postgresql" and self.on_postgresql is not None:
            return self.on_postgresql
        return self.ratio
