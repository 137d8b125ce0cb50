"""What looking for a written name gives: a record, some to choose from, or none; with scores."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_CANDIDATES = 6
# From which score on a name all but stands there.
CLOSE = 0.79


@dataclass(frozen=True)
class Match:
    """Public ids with scores from 0 to 1.

    ``record`` is what is surely meant, or nothing. ``candidates`` are what may be meant, the
    likeliest first; ``is_close`` whether the name all but stands there, so that one of them must
    be chosen. ``remark`` says what else is known.
    """

    record: str = ""
    score: float = 0.0
    candidates: tuple[tuple[str, float], ...] = ()
    is_close: bool = False
    remark: str = ""


def choose(scores: Mapping[str, float], *, is_close: bool = True, remark: str = "") -> Match:
    """Return the match that leaves the choice to the person."""
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:MOST_CANDIDATES]
    return Match(
        score=best[0][1] if best else 0.0,
        candidates=tuple((record, round(score, 2)) for record, score in best),
        is_close=is_close and bool(best),
        remark=remark,
    )
