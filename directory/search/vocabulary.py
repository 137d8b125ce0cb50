"""The vocabulary: every word of the index, in memory, for plurals, prefixes and typos.

It is read once per process and revision. Working on it in Python is what makes both databases
agree: the query that reaches them is always a list of exact terms.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from threading import Lock

from cachetools import LRUCache, cachedmethod
from django.db.models import Count
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from directory.models import CityTerm, NetworkTerm
from directory.search.per_revision import PerRevision
from directory.search.words import PHRASE_MARK, stem

MOST_COMPLETIONS = 80
SHORTEST_PREFIX = 3
# How many letters may be wrong, by the length of the word.
SHORTEST_FOR_ONE_TYPO = 4
SHORTEST_FOR_TWO_TYPOS = 7


@dataclass(frozen=True)
class Vocabulary:
    """The words of one index with the number of records that hold each."""

    frequency: dict[str, int]
    ordered: list[str] = field(repr=False)
    by_stem: dict[str, list[str]] = field(repr=False)
    by_length: dict[int, list[str]] = field(repr=False)
    # What was asked of `nearest` last: people misspell the same words.
    _asked: LRUCache[str, str | None] = field(repr=False, default_factory=lambda: LRUCache(4096))
    _lock: Lock = field(repr=False, default_factory=Lock)

    @classmethod
    def of(cls, model: type[NetworkTerm | CityTerm]) -> "Vocabulary":
        """Read the vocabulary of an index; one query."""
        words = model.objects.exclude(term__startswith=PHRASE_MARK)
        frequency = dict(words.values_list("term").annotate(Count("pk")).order_by())
        by_stem, by_length = defaultdict(list), defaultdict(list)
        ordered = sorted(frequency)
        for word in ordered:
            by_stem[stem(word)].append(word)
            by_length[len(word)].append(word)
        return cls(frequency, ordered, dict(by_stem), dict(by_length))

    def knows(self, word: str) -> bool:
        """Whether the word or another form of it is indexed."""
        return stem(word) in self.by_stem

    def forms(self, word: str) -> list[str]:
        """Return the indexed forms of a word: ``city`` → ``cities``, ``city``."""
        return self.by_stem.get(stem(word), [])

    def completions(self, prefix: str) -> list[str]:
        """Return indexed words that begin with ``prefix``, the shortest first, at most 80."""
        if len(prefix) < SHORTEST_PREFIX and prefix.isascii():
            return []
        start = bisect_left(self.ordered, prefix)
        found = []
        for place in range(start, len(self.ordered)):
            word = self.ordered[place]
            if not word.startswith(prefix):
                break
            if word != prefix:
                found.append(word)
        return sorted(found, key=lambda word: (len(word), word))[:MOST_COMPLETIONS]

    @cachedmethod(attrgetter("_asked"), lock=attrgetter("_lock"))
    def nearest(self, word: str) -> str | None:
        """Return the likeliest word for a misspelt one, or None.

        At most one wrong letter in words of 4 to 6, two in longer ones; a swap of neighbours
        counts as one. Among the nearest, the one that shares most letters, then the commonest.
        """
        allowed = allowed_typos(word)
        if not allowed:
            return None
        best: tuple[int, bool, int, int, str] | None = None
        for candidate, distance in self._within(word, allowed):
            if candidate.isdigit():
                continue
            rank = (
                distance,
                candidate[0] != word[0],
                -round(ratio(word, candidate)),
                -self.frequency[candidate],
                candidate,
            )
            if best is None or rank < best:
                best = rank
        return best[-1] if best else None

    def _within(self, word: str, allowed: int) -> Iterator[tuple[str, int]]:
        """Yield the words within so many wrong letters, each with how many those are."""
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            about_as_long = self.by_length.get(length, ())
            for candidate, distance, _index in process.extract(
                word, about_as_long, scorer=OSA.distance, score_cutoff=allowed, limit=None
            ):
                yield candidate, distance


def allowed_typos(word: str) -> int:
    """Return how many wrong letters a word of this length is forgiven."""
    if len(word) < SHORTEST_FOR_ONE_TYPO or any(letter.isdigit() for letter in word):
        return 0
    return 2 if len(word) >= SHORTEST_FOR_TWO_TYPOS else 1


# The tables that the terms come from (directory.search.documents).
network_vocabulary = PerRevision(
    lambda day: Vocabulary.of(NetworkTerm),
    of=("networks", "focus_areas", "funders", "countries", "labels"),
)
city_vocabulary = PerRevision(
    lambda day: Vocabulary.of(CityTerm), of=("cities", "countries", "labels", "places")
)
