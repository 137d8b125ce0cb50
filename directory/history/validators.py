"""Validators of answers: what tells that an address answers still as it did, before it is asked.

Public answers are a function of (build, revision, UTC date, address), so all of these together,
shortened, name their bytes (DESIGN.md, rule 3).
"""

import datetime
import hashlib
import uuid
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from directory.models import Revision

# Settings that stand in public answers; a test looks for others.
SHOWN = ("BUILD", "SITE_URL", "CONTACT_EMAIL")

# The gazetteer, beside the tables of public data.
PLACES = "places"


class Version(NamedTuple):
    """A state of the public data: a number that grows with every change set, and its stamp.

    The stamp tells it apart after a restored backup; ``tables`` are the stamps of single tables,
    by their names in order.
    """

    number: int = 0
    stamp: uuid.UUID | None = None
    tables: tuple[tuple[str, str], ...] = ()

    def of(self, tables: Collection[str]) -> Hashable:
        """Return what changes whenever one of these tables does."""
        return tuple(pair for pair in self.tables if pair[0] in tables)


_known_version: ContextVar[Version | None] = ContextVar("_known_version", default=None)


def data_version() -> Version:
    """Return what changes whenever the public data does; one query of one row.

    Inside ``at_version`` no query at all.
    """
    known = _known_version.get()
    return version_in() if known is None else known


def version_in(database: str | None = None) -> Version:
    """Return the number and the stamp of the revision that a database has, by its alias.

    Without one, of that which reads go to.
    """
    counters = Revision.objects.using(database).values_list("number", "stamp", "tables")
    # Asked before nearly every answer: the order that first() adds costs half as much again.
    found = next(iter(counters.filter(pk=1)), None)
    if found is None:
        return Version()
    number, stamp, tables = found
    return Version(number, stamp, tuple(sorted(tables.items())))


@contextmanager
def at_version(version: Version | None) -> Iterator[None]:
    """Let the block take the data's version as known; None: as unknown.

    Only within ``directory.history.moment.one_moment``, where it cannot change, or for a question
    to which an answer of a moment ago will do.
    """
    token = _known_version.set(version)
    try:
        yield
    finally:
        _known_version.reset(token)


def validator(address: str, day: datetime.date) -> str:
    """Return the validator of what an address answers on a day, as the data stand: 32 digits.

    ``address`` is path and query.
    """
    shown = [str(getattr(settings, name)) for name in SHOWN]
    version = data_version()
    says = (*shown, get_language(), version.number, version.stamp, day.isoformat(), address)
    return hashlib.sha256(repr(says).encode()).hexdigest()[:32]
