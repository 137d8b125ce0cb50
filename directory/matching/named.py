"""Finds networks and focus areas by their names, acronyms and other names."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from directory.models import FocusArea, Label, Network
from directory.models.text import fold
from directory.search.per_revision import PerRevision

NAME, ACRONYM, OTHER_NAME = 1.0, 0.98, 0.96
PART_OF_WHAT_IS_WRITTEN = 0.03
LIKENESS_COUNTS = 0.9
# From which likeness (0 to 100) another name is worth showing.
LIKE = 75
SHORTEST_LIKE = 4
MOST_ALIKE = 12
PARTS = re.compile(r"\s*[()\[\]–—/|]\s*|\s+-\s+")

Scores = dict[str, float]


class Names:
    """The names of all records of a kind, folded."""

    def __init__(self, rows: Iterable[tuple[str, float, Iterable[str]]]) -> None:
        self._by_key: dict[str, Scores] = defaultdict(dict)
        for slug, quality, names in rows:
            for key in filter(None, map(_key, names)):
                bearers = self._by_key[key]
                bearers[slug] = max(bearers.get(slug, 0), quality)

    def find(self, written: str) -> tuple[Scores, bool]:
        """Return the scores (0 to 1) by slug, and whether the best may be taken unseen.

        That it may where exactly one record is called what is written.
        """
        whole = self._by_key.get(_key(written), {})
        if whole:
            return dict(whole), len(whole) == 1
        scores: Scores = {}
        for part in filter(None, map(_key, PARTS.split(written))):
            for slug, quality in self._by_key.get(part, {}).items():
                scores[slug] = max(scores.get(slug, 0), quality - PART_OF_WHAT_IS_WRITTEN)
        if scores:
            return scores, len(scores) == 1
        return self._like(_key(written)), False

    def _like(self, key: str) -> Scores:
        scores: Scores = {}
        if len(key) >= SHORTEST_LIKE:
            for name, likeness, _place in process.extract(
                key,
                self._by_key.keys(),
                scorer=fuzz.token_sort_ratio,
                score_cutoff=LIKE,
                limit=MOST_ALIKE,
                processor=None,
            ):
                for slug in self._by_key[name]:
                    scores[slug] = max(scores.get(slug, 0), likeness / 100 * LIKENESS_COUNTS)
        return scores


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _names_of_networks(day: datetime.date) -> Names:
    return Names(_network_rows())


def _network_rows() -> Iterator[tuple[str, float, Iterable[str]]]:
    for slug, name, acronym, aliases in Network.objects.public().values_list(
        "slug", "name", "acronym", "aliases"
    ):
        yield slug, NAME, (name,)
        yield slug, ACRONYM, (acronym,)
        yield slug, OTHER_NAME, aliases
    labels = Label.objects.public().filter(network__isnull=False)
    for slug, name in labels.values_list("network__slug", "name"):
        yield slug, NAME, (name,)


def _names_of_focus_areas(day: datetime.date) -> Names:
    return Names(_focus_area_rows())


def _focus_area_rows() -> Iterator[tuple[str, float, Iterable[str]]]:
    for slug, name, synonyms in FocusArea.objects.public().values_list("slug", "name", "synonyms"):
        yield slug, NAME, (name,)
        yield slug, OTHER_NAME, synonyms
    labels = Label.objects.public().filter(focus_area__isnull=False)
    for slug, name, synonyms in labels.values_list("focus_area__slug", "name", "synonyms"):
        yield slug, NAME, (name,)
        yield slug, OTHER_NAME, synonyms


# Kept while the public data stay as they are.
network_names = PerRevision(_names_of_networks, of=("networks", "labels"))
focus_area_names = PerRevision(_names_of_focus_areas, of=("focus_areas", "labels"))
