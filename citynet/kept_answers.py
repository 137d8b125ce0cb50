"""Keeps public answers for as long as they are right, so that they are made once.

A public answer is a function of (build, revision, UTC date, address), which together are named by
its ETag (``directory.history.validators``). An answer that was kept is given again only where the
ETag of now is the one that it was given with: the price is one query of one row, and no answer is
ever older than the last change. Nothing expires by the clock, and nothing needs to be told: each
process keeps its own, the least asked for goes when there is no more room.
"""

from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from api.least_revision import HEADER
from citynet.limits import counted
from citynet.metrics import HIT, KEPT_BYTES, MISS
from citynet.public_answers import is_public
from citynet.replicas import chosen
from citynet.request_names import view_of
from directory.history.validators import at_version, validator

# No one answer takes more than this share of the room.
LARGEST_SHARE = 1 / 16
# What an answer takes beside its bytes, about.
OVERHEAD = 4000
LONGEST_ADDRESS = 1000
LONGEST_CODINGS = 200
# What else may ask for an answer of its own.
CONDITIONS = ("If-None-Match", "If-Modified-Since", "If-Match", "Range", HEADER)
# Of one asker alone.
PERSONAL = ("RateLimit", "RateLimit-Policy")

View = Callable[[HttpRequest], HttpResponseBase]
# Address with query and language, and the codings that the asker takes.
Key = tuple[str, str]


class Kept(NamedTuple):
    """An answer as it was given; ``tags`` hold the validator that it was given with.

    ``view`` is the name of what made it.
    """

    tags: frozenset[str]
    body: bytes
    headers: dict[str, str]
    view: str = ""

    def again(self) -> HttpResponse:
        """Return the answer once more."""
        return HttpResponse(self.body, headers=self.headers)


class Answers:
    """The answers that one process keeps, the least recently asked for the first to go."""

    def __init__(self, room: int) -> None:
        self._answers: LRUCache[Key, Kept] = LRUCache(room, getsizeof=_size)
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        """Return what was kept last of an address, right or not."""
        with self._lock:
            return self._answers.get(key)

    def keep(self, key: Key, kept: Kept) -> None:
        """Keep an answer in the place of the one before; what is too large is let go."""
        if _size(kept) <= self._answers.maxsize * LARGEST_SHARE:
            with self._lock:
                self._answers[key] = kept
                KEPT_BYTES.set(self._answers.currsize)


def _size(kept: Kept) -> int:
    return len(kept.body) + OVERHEAD


def kept_while_right(get_response: View) -> View:
    """Middleware that answers with what is kept where it is right, and keeps what may be."""
    answers = Answers(settings.KEPT_ANSWERS_BYTES)

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not settings.KEPT_ANSWERS_BYTES or not _may_be_kept(request):
            return get_response(request)
        key = (request.get_full_path(), request.headers.get("Accept-Encoding", ""))
        kept = answers.get(key)
        if kept is not None and _is_right(request, kept):
            request.kept_view = kept.view
            HIT.inc()
            return counted(lambda _request: kept.again(), or_else=get_response)(request)
        MISS.inc()
        response = get_response(request)
        if _is_whole_and_for_all(response):
            answers.keep(key, _as_kept(response, view_of(request)))
        return response

    return respond


def _may_be_kept(request: HttpRequest) -> bool:
    if request.method != "GET" or not is_public(request):
        return False
    if any(name in request.headers for name in CONDITIONS):
        return False
    if len(request.headers.get("Accept-Encoding", "")) > LONGEST_CODINGS:
        return False
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return len(request.get_full_path()) <= LONGEST_ADDRESS


def _is_right(request: HttpRequest, kept: Kept) -> bool:
    """Tell whether an answer is what the request would be answered with now."""
    try:
        # Where it was asked for already, to choose among replicas, nobody asks again.
        with at_version(chosen().version):
            return validator(request.get_full_path(), timezone.now().date()) in kept.tags
    except (OperationalError, InterfaceError):
        return False


def _is_whole_and_for_all(response: HttpResponseBase) -> bool:
    """Tell whether an answer may be given again: whole, named by its state, the same for all."""
    kept_by = response.headers.get("Cache-Control", "")
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "ETag" in response
        and "public" in kept_by
        and "no-store" not in kept_by
        and varies <= {"", "accept-encoding"}
    )


def _as_kept(response: HttpResponse, view: str) -> Kept:
    # The validator is one of what stands between the dots (citynet.public_answers).
    tags = response["ETag"].removeprefix("W/").strip('"').split(".")
    headers = {name: value for name, value in response.items() if name not in PERSONAL}
    return Kept(frozenset(tags), response.content, headers, view)
