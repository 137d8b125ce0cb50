"""How often one person, or one connection, may do what costs others time.

The two tables below are the only places that say how often, and which reading counts as what.
"""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import caches
from django.db import OperationalError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle

from directory.accounts.clocks import CLOCKS_APART
from directory.accounts.languages import without_language

LIMITS = {
    "search": "300/min",
    "match": "120/min",
    "download": "120/hour",
    "visitor submission": "20/hour",
    "submission": "120/hour",
    "claim": "20/hour",
    "claim mail": "20/day",
    "write": "1200/hour",
    "upload": "60/hour",
    "token": "30/hour",
}
# Counted in the memory of each server process (all of them together where there is a Redis): a
# count in the database would make a write of each read, which waits for every other writer.
READS = {"search", "match", "download"}

# A test compares these with the lists and formats that there are.
LISTS = "networks|cities|memberships|statements|focus-areas|countries|funders|labels|redirects"
FILES = (
    rf"/api/v1/({LISTS})\.(csv|jsonl?|xlsx|geojson)"
    r"|/api/v1/graph(/|\.(json|graphml|gexf))?"
    r"|/coverage/coverage\.csv|/compare/(networks|cities)\.csv"
)
# Which address counts as what, for whoever asks. Lists count as search where they are given words.
ADDRESSES = (
    (re.compile(r"/search/(suggest/)?|/api/v1/(search|suggest)/?"), "search"),
    (re.compile(r"/api/v1/match/?|/api/reconcile(/.*)?"), "match"),
    (re.compile(FILES), "download"),
)
LISTS_OF_WORDS = re.compile(r"(/api/v1)?/(networks|cities)/?|/maps/cities\.json")


class TooOften(Exception):
    """Somebody did something more often than allowed; ``wait``: seconds until it may be again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} seconds")
        self.wait = wait


@dataclass(frozen=True)
class Spent:
    """What is left of an allowance: so many in the next seconds, of so many in a window of those.

    ``seconds`` is how long it takes until there is one more.
    """

    name: str
    quota: int
    window: int
    left: int
    seconds: int


_noted: ContextVar[dict[str, Spent] | None] = ContextVar("_noted", default=None)


def spend(action: str, *, key: str) -> None:
    """Count one ``action`` of ``LIMITS`` for whoever ``key`` stands for; raises ``TooOften``."""
    throttle = _Throttle(action, key)
    try:
        is_allowed = throttle.allow_request(None, None)
    except OperationalError:
        # Nobody is kept from reading because nobody counts; what writes is not let go uncounted.
        if action in READS:
            return
        raise
    note(throttle.spent())
    if not is_allowed:
        raise TooOften(throttle.spent().seconds)


def spend_on_address(request: HttpRequest) -> None:
    """Count what the address of a request costs, if anything; raises ``TooOften``."""
    action = action_of(without_language(request.path_info), has_words=bool(request.GET.get("q")))
    if action and request.method != "OPTIONS":
        spend(action, key=_connection_of(request))


def action_of(path: str, *, has_words: bool = False) -> str:
    """Return as what asking an address counts; nothing for most."""
    if has_words and LISTS_OF_WORDS.fullmatch(path):
        return "search"
    return next((action for pattern, action in ADDRESSES if pattern.fullmatch(path)), "")


def note(spent: Spent) -> None:
    """Note what was counted, for the headers of the answer; the last word on a name stands."""
    noted = _noted.get()
    if noted is not None:
        noted[spent.name] = spent


def longest_noted_wait() -> int:
    """Return how many seconds pass until there is more of all that is used up; 0 for none."""
    noted = _noted.get() or {}
    return max((each.seconds for each in noted.values() if not each.left), default=0)


@contextmanager
def noting_spent() -> Iterator[dict[str, Spent]]:
    """Note all that is spent within the block, by name, for the headers of the answer."""
    noted: dict[str, Spent] = {}
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def key_of(request: HttpRequest) -> str:
    """Return who asks: the account where there is one, else the connection (never its address)."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person:{user.pk}"
    return _connection_of(request)


def _connection_of(request: HttpRequest) -> str:
    return f"connection:{salted_hmac('citynet.limits', get_ip(request)).hexdigest()}"


class _Throttle(SimpleRateThrottle):
    """DRF's count of moments per window, for pages and API alike."""

    cache_format = "limit:%(scope)s:%(ident)s"

    def __init__(self, action: str, key: str) -> None:
        self.scope, self.rate, self.ident = action.replace(" ", "-"), LIMITS[action], key
        self.cache = caches["reads" if action in READS else "default"]
        super().__init__()

    def allow_request(self, request: Any, view: Any) -> bool:
        """Count one more moment if there is room for it among those of the window, newest first.

        Moments far ahead are of a clock that was put right since: nobody waits for them to pass.
        """
        self.key, self.now = self.get_cache_key(request, view), self.timer()
        since, until = self.now - self.duration, self.now + CLOCKS_APART.total_seconds()
        self.history = [each for each in self.cache.get(self.key, []) if since < each <= until]
        if len(self.history) >= self.num_requests:
            return self.throttle_failure()
        return self.throttle_success()

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.ident}

    def spent(self) -> Spent:
        """Return what is left, once the request was counted or refused."""
        oldest = self.history[-1] if self.history else self.now
        seconds = max(1, math.ceil(self.duration - (self.now - oldest)))
        left = max(0, self.num_requests - len(self.history))
        return Spent(self.scope, self.num_requests, self.duration, left, seconds)
