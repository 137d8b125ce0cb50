"""Public reads go to streaming replicas, where ``DATABASE_REPLICA_URLS`` names any.

One database answers a whole request. What anyone may read comes from the replicas in turn; whoever
is signed in or holds a token, and all that writes, is answered by the primary, so that nobody is
shown less than they were shown before. A replica that does not answer, or is behind what was asked
for (``X-Min-Revision``), is passed over; what fails on one is asked of the primary.

The question that finds out whether a replica answers is the one for its revision, which what is
kept of answers (``citynet.kept_answers``) needs in any case: it costs no more than a single
database does. Without replicas all this costs nothing.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextvars import ContextVar
from itertools import count
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from api.least_revision import NoRevision, least_revision
from citynet.databases import REPLICA
from citynet.public_answers import is_public
from directory.history.validators import Version, version_in

PRIMARY = DEFAULT_DB_ALIAS
# For so many seconds nobody asks a replica again that did not answer.
REST = 5
# How often the primary is asked for an answer over which its connection was lost.
ATTEMPTS = 2

View = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)


class Choice(NamedTuple):
    """The database that answers a request, and its version where somebody had to ask for it."""

    alias: str = PRIMARY
    version: Version | None = None


ON_PRIMARY = Choice()

_chosen: ContextVar[Choice | None] = ContextVar("_chosen", default=None)


def chosen() -> Choice:
    """Return the database that answers the request in hand."""
    return _chosen.get() or ON_PRIMARY


class ChosenDatabase:
    """Django's router: public tables are read where the request reads, all else on the primary."""

    # Sessions, accounts and counts are never read from a copy.
    apps = frozenset({"directory"})

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """Return the chosen database for what the directory holds."""
        return chosen().alias if model._meta.app_label in self.apps else None

    def db_for_write(self, model: Any, **_hints: Any) -> str:
        """Return the primary."""
        return PRIMARY

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Allow all: a replica holds the same rows."""
        return True

    def allow_migrate(self, alias: str, _app_label: str, **_hints: Any) -> bool | None:
        """Refuse to migrate replicas, which follow by themselves."""
        return False if alias.startswith(REPLICA) else None


def replica_aliases() -> list[str]:
    """Return the names under which Django knows the replicas."""
    return [alias for alias in settings.DATABASES if alias.startswith(REPLICA)]


class Replicas:
    """The replicas as one process knows them: whose turn it is, and which of them rest."""

    def __init__(self, aliases: Collection[str]) -> None:
        self._aliases = tuple(aliases)
        self._turns = count()
        self._resting: dict[str, float] = {}
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._aliases)

    def in_turn(self) -> list[str]:
        """Return all, another one first each time."""
        turn = next(self._turns) % len(self._aliases)
        return [*self._aliases[turn:], *self._aliases[:turn]]

    def is_resting(self, alias: str) -> bool:
        """Tell whether a replica did not answer a moment ago."""
        with self._lock:
            return self._resting.get(alias, 0) > time.monotonic()

    def version(self, alias: str) -> Version | None:
        """Ask a replica for its version; None where it does not answer, and then let it rest."""
        version = version_at(alias)
        with self._lock:
            if version is not None:
                self._resting.pop(alias, None)
                return version
            self._resting[alias] = time.monotonic() + REST
        logger.warning("%s does not answer and is passed over for %d seconds", alias, REST)
        return None


def version_at(alias: str) -> Version | None:
    """Ask a database for its version; None where it does not answer."""
    connection = connections[alias]
    # A connection that was kept may have been cut since; a new one says whether the database is.
    for was_kept in (True, False):
        if was_kept and connection.connection is None:
            continue
        try:
            return version_in(alias)
        except Error:
            connection.close()
    return None


def read_where_it_may(get_response: View) -> View:
    """Middleware that chooses the database of each request, and another where that one fails."""
    replicas = Replicas(replica_aliases())

    def respond(request: HttpRequest) -> HttpResponseBase:
        least = _least(request)
        if not replicas or not is_public(request):
            version = version_at(PRIMARY) if least else None
            return _answered(request, get_response, Choice(PRIMARY, version))
        for choice in _choices(request, replicas, least):
            response = _answered(request, get_response, choice)
            if response.status_code < 500:
                break
            # Whatever it was (a query that the recovery cancelled, a connection lost, a table that
            # has not come yet), another one may know better.
            connections[choice.alias].close_if_unusable_or_obsolete()
        return response

    return respond


def _least(request: HttpRequest) -> int:
    try:
        return least_revision(request) or 0
    except NoRevision:
        # Refused further in, with all headers that an answer has.
        return 0


def _choices(request: HttpRequest, replicas: Replicas, least: int) -> Iterator[Choice]:
    """Yield what may answer a public request, one or more, the best first.

    The primary's word is the last, unless it is lost or does not answer: then any will do that is
    not behind.
    """
    silent: set[str] = set()
    in_turn = replicas.in_turn()
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        for alias in in_turn:
            if replicas.is_resting(alias):
                continue
            version = replicas.version(alias)
            if _has(version, least):
                yield Choice(alias, version)
                break
            if version is None:
                silent.add(alias)
    for _attempt in range(ATTEMPTS):
        version = version_at(PRIMARY)
        if version is None:
            break
        yield Choice(PRIMARY, version)
        if connections[PRIMARY].connection is not None:
            return
        # Lost over its answer: it is there again in a moment, or gone.
    # The newest of what is left is the newest that there is. One that failed may have ended a
    # query in favour of what it had to take in from the primary, and be free now.
    left = [Choice(each, replicas.version(each)) for each in in_turn if each not in silent]
    left.sort(key=lambda choice: choice.version[0] if choice.version else -1, reverse=True)
    yield from (choice for choice in left if _has(choice.version, least))
    if version is None:
        yield ON_PRIMARY


def _has(version: Version | None, least: int) -> bool:
    return version is not None and version[0] >= least


def _answered(request: HttpRequest, get_response: View, choice: Choice) -> HttpResponseBase:
    """Return the answer of one database; what streams reads from it to its last byte."""
    _chosen.set(choice)
    response = get_response(request)
    if response.streaming:
        response._resource_closers.append(_none_chosen)
    else:
        _none_chosen()
    return response


def _none_chosen() -> None:
    _chosen.set(None)
