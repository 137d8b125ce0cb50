"""Further readings of names that nobody bears as they are written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from directory.matching.bearers import ListedCities
from directory.matching.evidence import Asked
from directory.matching.slips import Wanted, names_like
from directory.matching.variants import IN_FULL
from directory.matching.written import Reading
from directory.models import PlaceName

# Only what is close to what was written is looked at again.
MOST_DOUBT, MOST_KEYS = 0.1, 8
SHORTEST_HEAD, LONGEST_KEY = 4, 100
MOST_LONGER = 40
LAST_CHARACTER = "\U0010ffff"
PER_WORD_LESS, LONGER, ABBREVIATED = 0.2, 0.3, 0.04
# Out of 100.
LIKE_A_LISTED_CITY = 85


def widened(asked: Sequence[Asked], listed: ListedCities) -> list[Asked]:
    """Return the same questions with readings that lie further off, in a few queries for all."""
    wanted = {(one.country, key) for one in asked if one.country for key in _close(one)}
    like = names_like(wanted)
    return [replace(one, readings=(*one.readings, *_further(one, like, listed))) for one in asked]


def _close(asked: Asked) -> dict[str, Reading]:
    close = [reading for reading in asked.readings if reading.doubt < MOST_DOUBT]
    return {reading.key: reading for reading in close[:MOST_KEYS]}


def _further(
    asked: Asked, like: Mapping[Wanted, list[tuple[str, float]]], listed: ListedCities
) -> list[Reading]:
    found: dict[str, Reading] = {}

    def add(reading: Reading, key: str, doubt: float) -> None:
        further = replace(reading, key=key, doubt=reading.doubt + doubt)
        if key not in found or further.doubt < found[key].doubt:
            found[key] = further

    close = _close(asked)
    for key, reading in close.items():
        for name, doubt in like.get((asked.country, key), ()):
            add(reading, name, doubt)
        for words, head in enumerate(_heads(key), start=1):
            add(reading, head, PER_WORD_LESS + 0.05 * words)
    for name, doubt, reading in _longer(asked.country, close.values()):
        add(reading, name, doubt)
    if not asked.country and close:
        key, reading = next(iter(close.items()))
        alike = process.extract(
            key, listed.by_key.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_A_LISTED_CITY, limit=5
        )
        for name, likeness, _place in alike:
            add(reading, name, 0.15 + (100 - likeness) / 100)
    return list(found.values())


def _heads(key: str) -> list[str]:
    """Return the name without its last words: "x am see" may stand in the gazetteer as "x"."""
    words = key.split(" ")
    heads = [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)][:3]
    return [head for head in heads if len(head) >= SHORTEST_HEAD and words[0] not in IN_FULL]


def _longer(country: str, close: Iterable[Reading]) -> Iterator[tuple[str, float, Reading]]:
    """Yield names that begin so: "st georgen i a" for "sankt georgen im attergau"."""
    if not country:
        return
    heads: dict[str, Reading] = {}
    for reading in close:
        words = reading.key[:LONGEST_KEY].split(" ")
        full = [word for word in words if len(word) > 1]
        cut = next((at for at, word in enumerate(words) if at and len(word) == 1), len(words))
        head = " ".join(words[:cut])
        if full and len(head) >= SHORTEST_HEAD:
            heads.setdefault(head, reading)
    for head, reading in list(heads.items())[:MOST_KEYS]:
        names = PlaceName.objects.filter(
            key__gt=f"{head} ", key__lt=f"{head} {LAST_CHARACTER}", place__country_code=country
        )
        for name in names.values_list("key", flat=True)[:MOST_LONGER]:
            if _abbreviates(reading.key, name):
                yield name, ABBREVIATED, reading
            elif head == reading.key:
                yield name, LONGER, reading


def _abbreviates(written: str, name: str) -> bool:
    words, full = written.split(" "), name.split(" ")
    return len(words) == len(full) and all(
        long.startswith(short) for short, long in zip(words, full, strict=True)
    )
