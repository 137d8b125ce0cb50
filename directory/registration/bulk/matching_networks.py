"""Which network a row means: by its name, acronym, other names, or its id."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from directory.matching.written import PARTS, readings
from directory.models import Label, Network, Redirect
from directory.models.choices import RecordType
from directory.models.text import fold
from directory.registration.bulk.finding import LIKE, VERY_LIKE, Match, choose

NAME, ACRONYM, OTHER_NAME = 1.0, 0.98, 0.96
MOST_ALIKE = 12


class NetworkFinder:
    """Finds networks by what is written of them."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[str, float]] = defaultdict(dict)
        self.slugs: set[str] = set()
        of_network: dict[int, str] = {}
        for pk, slug, name, acronym, aliases in Network.objects.public().values_list(
            "pk", "slug", "name", "acronym", "aliases"
        ):
            self.slugs.add(slug)
            of_network[pk] = slug
            self._add(slug, NAME, (name,))
            self._add(slug, ACRONYM, (acronym,))
            self._add(slug, OTHER_NAME, aliases)
        for pk, name in Label.objects.filter(network__isnull=False).values_list("network", "name"):
            self._add(of_network[pk], NAME, (name,))
        self._renamed = dict(
            Redirect.objects.filter(record_type=RecordType.NETWORK).values_list(
                "old_slug", "new_slug"
            )
        )
        self._found: dict[str, Match] = {}

    def find(self, written: str) -> Match:
        """Return what is meant."""
        if written not in self._found:
            self._found[written] = self._find(written)
        return self._found[written]

    def _add(self, slug: str, quality: float, names: Iterable[str]) -> None:
        for name in names:
            key = fold(name).removeprefix("the ")
            if key:
                known = self._by_key[key]
                known[slug] = max(known.get(slug, 0), quality)

    def _find(self, written: str) -> Match:
        slug = self._renamed.get(written, written)
        if slug in self.slugs:
            return Match(slug, 1.0)
        keys = {
            reading.key.removeprefix("the "): reading.doubt
            for reading in readings(written)
            if reading.is_town
        }
        for part in PARTS.split(written)[1:]:
            keys.setdefault(fold(part), 0.03)
        named = [(self._by_key[key], doubt) for key, doubt in keys.items() if key in self._by_key]
        if not named:
            return self._nearest(list(keys))
        scores: dict[str, float] = {}
        for bearers, doubt in named:
            for slug, quality in bearers.items():
                scores[slug] = max(scores.get(slug, 0), quality - doubt)
        # As written it may be one network's name, while a part of it is another's.
        whole = named[0][0]
        if len(whole) == 1 and (fold(written) in self._by_key or len(scores) == 1):
            slug = next(iter(whole))
            return Match(slug, round(scores[slug], 2))
        return choose(scores)

    def _nearest(self, keys: list[str]) -> Match:
        scores: dict[str, float] = {}
        for key in keys:
            if len(key) < 4:
                continue
            for name, likeness, _place in process.extract(
                key,
                self._by_key.keys(),
                scorer=fuzz.token_sort_ratio,
                score_cutoff=LIKE,
                limit=MOST_ALIKE,
                processor=None,
            ):
                for slug in self._by_key[name]:
                    scores[slug] = max(scores.get(slug, 0), likeness / 100 * 0.9)
        return choose(scores, is_close=max(scores.values(), default=0) >= VERY_LIKE / 100 * 0.9)
