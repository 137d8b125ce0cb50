"""Lets a CDN give public answers again for some seconds, under keys by which it is told of changes.

Off by default: ``public, no-cache`` is right for every cache, at the price of a question each time.
With ``CDN_SECONDS`` a shared cache need not ask for so long; browsers still do. What a change is
about is purged at once where ``CDN_PURGE_URL`` says how (``citynet.purging``); what it touches at a
distance, such as the networks that a neighbour might join, is older for so long at most.
"""

import datetime
import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from citynet.public_answers import KEPT_AND_ASKED_FOR, is_public
from directory.accounts.languages import without_language

# The keys of every answer, of all that shows many records, of each network's and each city's own.
EVERYTHING, LISTS = "citynet", "lists"
EACH = {"networks": "each-network", "cities": "each-city"}
ONE = {"networks": "network", "cities": "city"}
LONGEST_SLUG = 200

_OWN = re.compile(
    r"(?:/api/v1|/embed|/maps)?/(?P<table>networks|cities)"
    rf"/(?P<slug>[a-z0-9-]{{1,{LONGEST_SLUG}}})(?P<rest>[./].*)?"
)
# Of one record by its address, and of all others by what it says.
_COMPARED = re.compile(r"/(neighbours|similar|fit)/?")

View = Callable[[HttpRequest], HttpResponseBase]


def for_shared_caches(get_response: View) -> View:
    """Middleware that says for how long a shared cache need not ask, and under which keys."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        cdn = settings.CDN
        if cdn.seconds and is_public(request) and _is_the_same_for_all(response):
            response.headers["Cache-Control"] = cache_control(cdn.seconds, timezone.now())
            response.headers[cdn.keys_header] = cdn.joined(list(keys_of(request.path_info)))
        return response

    return respond


def cache_control(seconds: int, now: datetime.datetime) -> str:
    """Return who may keep an answer how long: never into the next day, of which it may not be."""
    passed = now - now.replace(hour=0, minute=0, second=0, microsecond=0)
    left = 24 * 3600 - 1 - int(passed.total_seconds())
    fresh = min(seconds, max(left, 0))
    stale = min(seconds, max(left - fresh, 0))
    more = f", stale-while-revalidate={stale}" if stale else ""
    return f"public, max-age=0, s-maxage={fresh}{more}"


def keys_of(path: str) -> Iterator[str]:
    """Yield the keys of what an address answers; four at most."""
    yield EVERYTHING
    own = _OWN.fullmatch(without_language(path))
    if own is None:
        yield LISTS
        return
    yield EACH[own["table"]]
    yield f"{ONE[own['table']]}:{own['slug']}"
    if _COMPARED.fullmatch(own["rest"] or ""):
        yield LISTS


def _is_the_same_for_all(response: HttpResponseBase) -> bool:
    """Tell whether an answer is there, kept by any cache, and tells nobody what they have left."""
    return (
        response.status_code in (200, 304)
        and response.headers.get("Cache-Control") == KEPT_AND_ASKED_FOR
        and "RateLimit" not in response
        and not response.cookies
    )
