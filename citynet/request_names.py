"""Gives each request a name, by which what a person was shown is found again in the logs.

A proxy may have named it already (``X-Request-ID``). The name goes back in a header where the
answer is for this one asker: what is public is the same for everyone, and kept by caches.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# No dots: an address of the network is not a name.
SAFE = re.compile(r"[A-Za-z0-9_-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

View = Callable[[HttpRequest], HttpResponseBase]

_access = logging.getLogger("citynet.access")
_current: ContextVar[HttpRequest | None] = ContextVar("_current", default=None)


def current_request() -> HttpRequest | None:
    """Return the request that is being answered, if any."""
    return _current.get()


def named(get_response: View) -> View:
    """Middleware, the outermost: names the request, and logs it when it is answered."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if SAFE.fullmatch(given) else uuid.uuid4().hex
        _current.set(request)
        begun = time.perf_counter()
        response = get_response(request)
        if is_for_one(response):
            response.headers["X-Request-ID"] = request.request_id
        if _access.isEnabledFor(logging.INFO):
            _log(request, response, time.perf_counter() - begun)
        response._resource_closers.append(_forget)
        return response

    return respond


def is_for_one(response: HttpResponseBase) -> bool:
    """Tell whether an answer is for this one asker and kept by nobody."""
    return response.status_code >= 500 or "no-store" in response.headers.get("Cache-Control", "")


def view_of(request: HttpRequest) -> str:
    """Return the name of what answers a request, one of a few hundred; never its address."""
    kept = getattr(request, "kept_view", "")
    if kept:
        return kept
    match = request.resolver_match
    if match is not None:
        return match.view_name
    is_file = request.path_info.startswith(settings.STATIC_URL)
    return "static" if is_file else "none"


def method_of(request: HttpRequest) -> str:
    """Return the method of a request; OTHER for those that nobody knows."""
    return request.method if request.method in METHODS else "OTHER"


def _log(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    fields = {
        "method": method_of(request),
        "view": view_of(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }
    line = "%(method)s %(view)s %(status)d in %(milliseconds)s ms"
    _access.info(line, fields, extra=fields)


def _forget() -> None:
    _current.set(None)
