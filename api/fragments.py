"""Records as JSON that is written once while the data stand, and put into answers as it is.

A list of networks is mostly the same networks in another order: their JSON depends on revision, day
and address of the site alone.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any, NamedTuple

import orjson
from cachetools import LRUCache
from django.conf import settings

from api.renderers import to_json
from directory.search.per_revision import PerRevision

# Of each kind of record, at most; each takes a few thousand bytes.
MOST_KEPT = 4000

Write = Callable[[list[int], datetime.date], Iterable[Any]]


class _State(NamedTuple):
    day: datetime.date
    site: str


class Fragments:
    """The JSON of one kind of record, by primary key.

    ``write`` takes keys and a day and returns what is to become the JSON of each, in their order.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._lock = Lock()
        self._kept: PerRevision[_State, LRUCache[int, orjson.Fragment]] = PerRevision(
            lambda _state: LRUCache(MOST_KEPT)
        )

    def of(self, ids: Sequence[int], day: datetime.date) -> list[orjson.Fragment]:
        """Return the JSON of the records with these keys, in the order of the keys."""
        kept = self._kept.get(_State(day, settings.SITE_URL))
        with self._lock:
            found = {pk: kept[pk] for pk in ids if pk in kept}
        missing = [pk for pk in ids if pk not in found]
        if missing:
            written = zip(missing, self._write(missing, day), strict=True)
            made = {pk: orjson.Fragment(to_json(values)) for pk, values in written}
            found |= made
            with self._lock:
                kept.update(made)
        return [found[pk] for pk in ids]
