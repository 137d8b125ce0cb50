"""One error body for everything under /api/: problem details (RFC 9457)."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"

# Each status that the API answers errors with: the anchor of its explanation in the docs, its
# title, and what the caller can do about it.
KINDS: dict[int, tuple[str, Any, Any]] = {
    400: (
        "invalid-request",
        _("The request is not understood"),
        _("A parameter is unknown or its value wrong: `errors` names each one."),
    ),
    404: (
        "not-found",
        _("There is nothing at this address"),
        _("The id or the path is wrong, or the page lies past the last one."),
    ),
    405: (
        "read-only",
        _("The API is read-only"),
        _("Use GET, HEAD or OPTIONS."),
    ),
    414: (
        "address-too-long",
        _("The address is too long"),
        _("Use fewer or shorter parameters."),
    ),
    500: (
        "server-error",
        _("Something went wrong on our side"),
        _("Try again later; we have been told."),
    ),
    503: (
        "unavailable",
        _("The directory is away for a moment"),
        _("Its database does not answer: try again in a minute."),
    ),
}


MALFORMED = _("The request is malformed.")


class AddressTooLong(exceptions.APIException):
    """Raised for a query string longer than any sensible question."""

    status_code = 414
    default_code = "address_too_long"
    default_detail = _("The query string is longer than %(limit)d characters.")


def problem(exception: Exception, context: dict[str, Any]) -> Response:
    """Return the problem that an exception of a view is answered with (DRF's exception handler).

    What nobody foresaw is logged and becomes a 500 (503 where the database does not answer)
    without a word about its insides.
    """
    request = context["request"]
    set_rollback()
    refusal = _refusal(exception)
    if refusal is None:
        status = 503 if isinstance(exception, OperationalError | InterfaceError) else 500
        response = _response(status, KINDS[status][2])
        got_request_exception.send(sender=type(context["view"]), request=request._request)
        log_response(
            "%s: %s",
            "Internal server error",
            request.path,
            response=response,
            request=request._request,
            exception=exception,
        )
        return response
    errors = list(_errors(refusal.detail)) if refusal.status_code == 400 else []
    detail = errors[0]["message"] if errors else str(refusal.detail)
    response = _response(refusal.status_code, detail, errors)
    if isinstance(refusal, exceptions.MethodNotAllowed):
        response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def plain_problem(status: int) -> HttpResponse:
    """Return the problem of a request that reached no view of the API."""
    detail = MALFORMED if status == 400 else KINDS[status][2]
    body = orjson.dumps(_response(status, detail).data, default=str)
    return HttpResponse(body + b"\n", status=status, content_type=MEDIA_TYPE)


def _refusal(exception: Exception) -> exceptions.APIException | None:
    match exception:
        case exceptions.APIException():
            return exception
        case Http404():
            return exceptions.NotFound(KINDS[404][1])
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case SuspiciousOperation() | BadRequest():
            return exceptions.ParseError(MALFORMED)
        case _:
            return None


def _response(status: int, detail: Any, errors: list[dict[str, str]] | None = None) -> Response:
    kind, title = ("about:blank", _("The request is refused"))
    if status in KINDS:
        anchor, title, _advice = KINDS[status]
        kind = f"{settings.SITE_URL}/api/docs/#{anchor}"
    body = {"type": kind, "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return Response(body, status=status, content_type=MEDIA_TYPE)


def _errors(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for name, value in detail.items():
            yield from _errors(value, str(name))
    elif isinstance(detail, list):
        for value in detail:
            yield from _errors(value, field)
    else:
        yield {"field": field, "message": str(detail)}
