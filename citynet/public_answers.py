"""Public answers come from one state of the database, and say by what to tell them apart.

``ETag`` is known before any table is looked at: whoever has the answer already is told so for the
price of one query. ``Cache-Control: no-cache`` lets every cache keep an answer and asks it to ask
before using it again, so that nobody is ever shown what was true before the last change.
"""

from collections.abc import Callable
from contextlib import ExitStack

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_etags

from directory.accounts.gates import PRIVATE_PREFIXES
from directory.accounts.languages import without_language
from directory.history.moment import one_moment
from directory.history.validators import at_version, data_version, validator

KEPT_AND_ASKED_FOR = "public, no-cache"
NEVER_KEPT = "private, no-store"
READING = ("GET", "HEAD")

View = Callable[[HttpRequest], HttpResponseBase]


def from_one_state(get_response: View) -> View:
    """Middleware that answers what anyone may read, or says that it is as the asker knows it.

    What streams keeps its state to its last byte.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not is_public(request):
            return get_response(request)
        with ExitStack() as state:
            try:
                state.enter_context(one_moment())
                version = data_version()
            except (OperationalError, InterfaceError):
                # Some pages need no database; the others say that it is away.
                return get_response(request)
            with at_version(version):
                day = timezone.now().date()
                tag = validator(request.get_full_path(), day)
                known = _known(request, tag)
                response = HttpResponseNotModified() if known else get_response(request)
            # Begun before midnight and ended after it, an answer may be of both days.
            is_of_one_day = timezone.now().date() == day
            _name(response, known or (f'W/"{tag}"' if is_of_one_day else ""))
            if request.path_info.startswith("/api/"):
                response.headers.setdefault("CityNet-Revision", str(version[0]))
            response = _unless_any_is_known(request, response)
            if response.streaming:
                response._resource_closers.append(state.pop_all().close)
        return response

    return respond


def cached_rightly(get_response: View) -> View:
    """Middleware that says of every answer who may keep it, where its view has not."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "OPTIONS":
            return response
        if without_language(request.path).startswith(PRIVATE_PREFIXES):
            # An error before ``private_pages`` could say so.
            response.headers.setdefault("Cache-Control", NEVER_KEPT)
            return response
        is_public = request.method in READING and "Authorization" not in request.headers
        # A cookie of Django's own that somebody broke is replaced, wherever they are.
        is_for_one = bool(response.cookies) or response.status_code == 429
        if is_public and not is_for_one and response.status_code < 500:
            response.headers.setdefault("Cache-Control", KEPT_AND_ASKED_FOR)
            patch_vary_headers(response, ["Accept-Encoding"])
        else:
            response.headers.setdefault("Cache-Control", NEVER_KEPT)
        return response

    return respond


def is_public(request: HttpRequest) -> bool:
    """Tell whether a request asks for what is the same for everyone."""
    # While somebody works on templates no digest of the code is right for long.
    is_read = request.method in READING and not settings.DEBUG
    # Of a token it is written down that it was used.
    is_for_anyone = "Authorization" not in request.headers
    return (
        is_read
        and is_for_anyone
        and not without_language(request.path).startswith(PRIVATE_PREFIXES)
    )


def _known(request: HttpRequest, tag: str) -> str:
    """Return the one of the asker's ETags that holds the validator, or nothing.

    Those of records that can be changed hold more (``api.writing.preconditions``).
    """
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    return next(
        (each for each in asked if tag in each.removeprefix("W/").strip('"').split(".")), ""
    )


def _unless_any_is_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Answer 304 to ``If-None-Match: *`` where there is anything (RFC 9110, 13.1.2).

    Whether there is, the view alone knows: what is missing or refused stays so.
    """
    is_asked = request.headers.get("If-None-Match", "").strip() == "*"
    if not is_asked or response.status_code != 200 or "ETag" not in response:
        return response
    for close in response._resource_closers:
        close()
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _name(response: HttpResponseBase, tag: str) -> None:
    """Set the ETag of what is there; refusals and redirects are not asked for conditionally."""
    is_there = response.status_code in (200, 304)
    is_kept = "no-store" not in response.headers.get("Cache-Control", "")
    if tag and is_there and is_kept:
        response.headers.setdefault("ETag", tag)
