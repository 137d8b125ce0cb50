"""Pages for what goes wrong: what happened and what to do next, without touching the database."""

import sys
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.models.outages import ONLY_READ, can_only_be_read, is_outage
from directory.registration.problems import NotAllowed
from directory.web.bad_addresses import BadAddress

RETRY_AFTER_SECONDS = 60


@dataclass(frozen=True)
class ErrorText:
    """What a page says about an error: what happened, and what the visitor can do."""

    title: Promise
    happened: Promise
    next_step: Promise


UNREADABLE = ErrorText(
    _("This request could not be read"),
    _("Your browser sent something that this site does not understand."),
    _("Check the address, or start again from the search below."),
)
ERRORS = {
    400: UNREADABLE,
    403: ErrorText(
        _("This page is not open to you"),
        _("The page exists, but the request was not allowed to reach it."),
        _("If you came from a form that stood open for long, load it again and send it."),
    ),
    404: ErrorText(
        _("There is no such page"),
        _("The address may be mistyped, or the record was never part of the directory."),
        _("Search for the network, city or issue that you were looking for."),
    ),
    410: ErrorText(
        _("This record was taken out"),
        _("It was part of the directory once and no longer is."),
        _("The list of changes says when and why. You can also search for it by another name."),
    ),
    413: ErrorText(
        _("This is too large"),
        _("What was sent is larger than any table of memberships; it was not read."),
        _("Send the table alone, as .xlsx or CSV of at most 5 MB, or in parts."),
    ),
    414: UNREADABLE,
    429: ErrorText(
        _("Too many requests"),
        _("More requests came from your connection than this site can answer for everyone."),
        _("Wait a minute, then load the page again. To read much data, take the whole export."),
    ),
    500: ErrorText(
        _("Something broke on our side"),
        _("The page could not be made. The fault is ours and has been recorded."),
        _("Try again in a few minutes. If it happens again, tell us the address of the page."),
    ),
    503: ErrorText(
        _("The directory is away for a moment"),
        _("The site is being updated or its database does not answer."),
        _("Load the page again in a minute."),
    ),
}
# While these are shown, search would answer no better than the page that failed.
WITHOUT_SEARCH = {413, 429, 500, 503}


def error_page(request: HttpRequest, status: int, *, said: object = "") -> HttpResponse:
    """Return the page for an error status; ``said`` tells more exactly what happened."""
    context = {
        "status": status,
        "error": ERRORS[status],
        "happened": said or ERRORS[status].happened,
        "search": status not in WITHOUT_SEARCH,
        # Who is signed in stands in the database, which may be what failed.
        "asks_nobody": status >= 500,
        "request_id": getattr(request, "request_id", "") if status >= 500 else "",
    }
    response = render(request, "errors/error.html", context, status=status)
    if status in (429, 503):
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read."""
    is_said = isinstance(exception, BadAddress)
    return error_page(request, 400, said=exception if is_said else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for what the visitor may not see; a rule's reason is shown."""
    return error_page(request, 403, said=exception if isinstance(exception, NotAllowed) else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for a page that does not exist."""
    return error_page(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    """Answer a request for a record that was taken out of the directory."""
    return error_page(request, 410)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer whoever sent more than is read; the rest of it is not waited for."""
    return error_page(request, 413)


def address_too_long(request: HttpRequest) -> HttpResponse:
    """Answer a request for an address that is longer than any page's."""
    return error_page(request, 414)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer a visitor who asked for more than their share."""
    return error_page(request, 429)


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer whoever wrote more often than is fair; ``wait``: for how many seconds to wait."""
    minutes = -(-wait // 60)
    said = ngettext(
        "This was sent too often for now; nothing was changed. Try again in %(minutes)s minute.",
        "This was sent too often for now; nothing was changed. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
    response = error_page(request, 429, said=said)
    response["Retry-After"] = str(wait)
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours, or from one that stood open long."""
    return error_page(request, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when a page failed: 503 where that was the database's doing, 500 otherwise."""
    error = sys.exception()
    said = ONLY_READ if can_only_be_read(error) else ""
    return error_page(request, 503 if is_outage(error) else 500, said=said)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer while the site is being updated."""
    return error_page(request, 503)
