"""Further readings of names: of those that nobody bears as written, and of qualified ones."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connections, router

from directory.matching.bearers import ListedCities, batches
from directory.matching.evidence import Asked
from directory.matching.slips import names_like
from directory.matching.variants import IN_FULL
from directory.matching.written import Reading
from directory.models import PlaceName
from directory.models.text import fold

# Only what is close to what was written is looked at again.
MOST_DOUBT, MOST_KEYS, MOST_FURTHER = 0.05, 4, 60
SHORTEST_HEAD, LONGEST_KEY = 4, 100
MOST_LONGER = 100
HEADS_PER_QUERY = 100
LAST_CHARACTER = "\U0010ffff"
PER_NAME_LESS, PER_WORD_LESS, MOST_LEFT_OUT = 0.2, 0.05, 3
LONGER, ABBREVIATED = 0.3, 0.04
# "X (Y)" as "X an der Y", rather than X in Y.
QUALIFIED = 0.005
SHORTEST_PREFIX = 3


def widened(asked: Sequence[Asked], listed: ListedCities) -> list[Asked]:
    """Return the same questions with readings that lie further off, in a few queries for all."""
    close = [_close(one) for one in asked]
    named = [(one.country, key) for one, each in zip(asked, close, strict=True) for key in each]
    like = names_like(named, listed.keys_of_number)
    longer = _names_after({_head(key) for _country, key in named})
    found = []
    for one, each in zip(asked, close, strict=True):
        further = _Further()
        for key, reading in each.items():
            further.add_like(reading, like.get((one.country, key), ()))
            further.add_heads(reading)
            further.add_longer(reading, longer.get(_head(key), ()))
        found.append(replace(one, readings=(*one.readings, *further.readings())))
    return found


def qualified(asked: Sequence[Asked]) -> list[Asked]:
    """Return the questions with the longer names that "Halle (Westf.)" may stand for.

    A query for each hundred of them; none where nothing stands beside a name.
    """
    heads = [_qualified_head(one) for one in asked]
    longer = _names_after({head.key for head in heads if head})
    found = []
    for one, head in zip(asked, heads, strict=True):
        names = longer.get(head.key, ()) if head else ()
        further = [
            replace(head, key=name, beside=head.beside[1:], doubt=QUALIFIED)
            for name in names
            if _qualifies(head.beside[0], name.removeprefix(head.key))
        ]
        found.append(replace(one, readings=(*one.readings, *further)) if further else one)
    return found


def _qualified_head(asked: Asked) -> Reading | None:
    """Return the reading with words beside it that is closest to what was written."""
    return next(
        (
            reading
            for reading in asked.readings
            if reading.beside and not reading.side and len(reading.key) >= SHORTEST_HEAD
        ),
        None,
    )


def _qualifies(beside: str, rest: str) -> bool:
    """Return whether words are, in order, those of the rest of a name or begin them."""
    words = iter(rest.split())
    return all(
        any(
            word == short or (len(short) >= SHORTEST_PREFIX and word.startswith(short))
            for word in words
        )
        for short in fold(beside).split()
    )


class _Further:
    """The further readings of one name, each with the least doubt that leads to it."""

    def __init__(self) -> None:
        self._found: dict[str, Reading] = {}

    def readings(self) -> list[Reading]:
        return sorted(self._found.values(), key=lambda one: (one.doubt, one.key))[:MOST_FURTHER]

    def add_like(self, reading: Reading, names: Iterable[tuple[str, float]]) -> None:
        for name, doubt in names:
            self._add(reading, name, doubt)

    def add_heads(self, reading: Reading) -> None:
        """Leave out last words: "x am see" may stand in the gazetteer as "x"."""
        words = reading.key.split(" ")
        for left_out in range(1, min(len(words), MOST_LEFT_OUT + 1)):
            head = " ".join(words[:-left_out])
            if len(head) >= SHORTEST_HEAD and head not in IN_FULL:
                self._add(reading, head, PER_NAME_LESS + PER_WORD_LESS * left_out)

    def add_longer(self, reading: Reading, names: Iterable[str]) -> None:
        """Read "st georgen i a" as "sankt georgen im attergau", and names with more words."""
        for name in names:
            if _abbreviates(reading.key, name):
                self._add(reading, name, ABBREVIATED)
            elif name.startswith(reading.key):
                self._add(reading, name, LONGER)

    def _add(self, reading: Reading, key: str, doubt: float) -> None:
        further = replace(reading, key=key, doubt=reading.doubt + doubt)
        if key not in self._found or further.doubt < self._found[key].doubt:
            self._found[key] = further


def _close(asked: Asked) -> dict[str, Reading]:
    close = [reading for reading in asked.readings if reading.doubt < MOST_DOUBT]
    return {reading.key: reading for reading in close[:MOST_KEYS]}


def _head(key: str) -> str:
    """Return the words before the first that is a single letter, empty where that is too little."""
    words = key[:LONGEST_KEY].split(" ")
    cut = next((at for at, word in enumerate(words) if at and len(word) == 1), len(words))
    head = " ".join(words[:cut])
    return head if len(head) >= SHORTEST_HEAD else ""


def _names_after(heads: set[str]) -> dict[str, list[str]]:
    """Return the longer names that begin with these words, by them; the first of very many.

    One small range of the index for each, many of them in a query: past the ORM, which would
    take ten times as long.
    """
    connection = connections[router.db_for_read(PlaceName)]
    table = connection.ops.quote_name(PlaceName._meta.db_table)
    # SQLite takes ORDER BY within a union in a subquery alone.
    one = (
        f"SELECT * FROM (SELECT %s AS head, key FROM {table} "  # noqa: S608 - our own name
        "WHERE key > %s AND key < %s ORDER BY key LIMIT %s) AS longer"
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    with connection.cursor() as cursor:
        for batch in batches(sorted(heads - {""}), HEADS_PER_QUERY):
            values: list[str | int] = []
            for head in batch:
                values += [head, f"{head} ", f"{head} {LAST_CHARACTER}", MOST_LONGER]
            cursor.execute(" UNION ALL ".join([one] * len(batch)), values)
            for head, key in cursor.fetchall():
                found[head][key] = None
    return {head: list(keys) for head, keys in found.items()}


def _abbreviates(written: str, name: str) -> bool:
    words, full = written.split(" "), name.split(" ")
    return len(words) == len(full) and all(
        long.startswith(short) for short, long in zip(words, full, strict=True)
    )
