"""What looking for a written name gives: a record, some to choose from, or none; with scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

MOST_CANDIDATES = 6
# Out of 100. One slip in a short name counts for more than its share of the letters.
LIKE, VERY_LIKE = 74, 88
SHORTEST_WITH_A_SLIP = 4


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


def alike(key: str, names: Iterable[str]) -> list[tuple[str, float]]:
    """Return the names most like a key, with their likeness from 0 to 100."""
    if len(key) < 3:
        return []
    found = process.extract(
        key, names, scorer=fuzz.ratio, score_cutoff=LIKE, limit=MOST_CANDIDATES * 3, processor=None
    )
    return [(name, max(likeness, _by_slips(key, name))) for name, likeness, _place in found]


def _by_slips(key: str, name: str) -> float:
    has_one = len(key) >= SHORTEST_WITH_A_SLIP and OSA.distance(key, name, score_cutoff=1) <= 1
    return VERY_LIKE if has_one else 0
