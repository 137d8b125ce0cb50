"""Bars by year, drawn into an SVG: one path for each kind of bar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

STEP, BAR, HEIGHT = 10, 8, 100
# Years that are written below the bars lie so many apart.
YEARS_APART = (1, 2, 5, 10, 20, 25, 50, 100)
MOST_YEARS_WRITTEN = 8


@dataclass(frozen=True)
class YearMark:
    """A year below the bars, and where it stands (in percent of the width)."""

    year: int
    percent: int


@dataclass(frozen=True)
class YearChart:
    """Two kinds of bars over each other, or one up and one down (``is_mirrored``), by year."""

    years: Sequence[int]
    lower: Sequence[int]
    upper: Sequence[int]
    is_mirrored: bool = False

    @property
    def width(self) -> int:
        """Width of the drawing in its own units."""
        return STEP * max(len(self.years), 1)

    @property
    def height(self) -> int:
        """Height of the drawing in its own units."""
        return HEIGHT

    @cached_property
    def most(self) -> int:
        """The value that is as high as the drawing."""
        pairs = zip(self.lower, self.upper, strict=True)
        if self.is_mirrored:
            return max(max(self.lower, default=0) + max(self.upper, default=0), 1)
        return max((low + high for low, high in pairs), default=0) or 1

    @property
    def base(self) -> float:
        """Where the bars stand."""
        return HEIGHT * max(self.lower, default=0) / self.most if self.is_mirrored else HEIGHT

    @property
    def lower_path(self) -> str:
        """The bars of the first kind, standing on the base."""
        return self._path((self.base - self._height(value), value) for value in self.lower)

    @property
    def upper_path(self) -> str:
        """The bars of the second kind: on top of the first, or hanging from the base."""
        if self.is_mirrored:
            return self._path((self.base, value) for value in self.upper)
        return self._path(
            (HEIGHT - self._height(low + high), high)
            for low, high in zip(self.lower, self.upper, strict=True)
        )

    @property
    def marks(self) -> list[YearMark]:
        """Some years, evenly apart."""
        if not self.years:
            return []
        apart = next(
            (each for each in YEARS_APART if len(self.years) <= each * MOST_YEARS_WRITTEN), 100
        )
        return [
            YearMark(year, round(100 * (index + 0.4) / len(self.years)))
            for index, year in enumerate(self.years)
            if year % apart == 0
        ]

    def _height(self, value: int) -> float:
        return HEIGHT * value / self.most

    def _path(self, bars: Iterable[tuple[float, int]]) -> str:
        return "".join(
            f"M{index * STEP} {top:.1f}h{BAR}v{self._height(value):.1f}h-{BAR}z"
            for index, (top, value) in enumerate(bars)
            if value
        )
