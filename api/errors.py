"""One error body for everything under /api/: problem details (RFC 9457)."""

import sys
from collections.abc import Iterator
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.addresses import record_address
from directory.accounts.limits import TooOften
from directory.models.outages import ONLY_READ, can_only_be_read, is_outage
from directory.registration.problems import Invalid, NotAllowed, NotPossible

MEDIA_TYPE = "application/problem+json"

# Each status that the API answers errors with: the anchor of its explanation in the docs, its
# title, and what the caller can do about it.
KINDS: dict[int, tuple[str, Any, Any]] = {
    400: (
        "invalid-request",
        _("The request is not understood"),
        _("A parameter or a field is unknown or its value wrong: `errors` names each one."),
    ),
    401: (
        "token-needed",
        _("An access token is needed"),
        _("Send `Authorization: Bearer` with a token that has neither expired nor been revoked."),
    ),
    403: (
        "not-allowed",
        _("This is not allowed"),
        _("The token's person does not act for the city or network, or it is no side of this."),
    ),
    404: (
        "not-found",
        _("There is nothing at this address"),
        _("The id or the path is wrong, or the page lies past the last one."),
    ),
    405: (
        "method-not-allowed",
        _("This address does not take that method"),
        _("The header `Allow` names those that it takes."),
    ),
    409: (
        "conflict",
        _("This does not fit what is there"),
        _("`detail` says why; `existing` is the address of the record that stands in the way."),
    ),
    412: (
        "changed-meanwhile",
        _("The record has changed meanwhile"),
        _("Read it again, and send the request with its present `ETag` in `If-Match`."),
    ),
    413: (
        "too-large",
        _("The body is too large"),
        _("Send it in several parts."),
    ),
    414: (
        "address-too-long",
        _("The address is too long"),
        _("Use fewer or shorter parameters."),
    ),
    415: (
        "not-json",
        _("The body is of another type"),
        _("Send JSON, with the header `Content-Type: application/json`."),
    ),
    422: (
        "key-reused",
        _("The Idempotency-Key belongs to another request"),
        _("Make a new key for each request."),
    ),
    428: (
        "precondition-required",
        _("It is not said which version is to be changed"),
        _("Send `If-Match` with the `ETag` that the record was read with."),
    ),
    429: (
        "too-often",
        _("Too many requests"),
        _("Wait as many seconds as the header `Retry-After` says."),
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
# What the rules refuse, by the code of the refusal; all else is a conflict.
STATUS_OF_CODE = {
    "no_side": 403,
    "gone": 404,
    "changed": 412,
    "key_reused": 422,
}


MALFORMED = _("The request is malformed.")
TOO_OFTEN = _("This was sent too often for now; nothing was changed. Wait %(wait)d seconds.")
RETRY_AFTER = "60"
TOO_LARGE = _("The body is larger than %(most)d bytes.")


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
    set_rollback()
    refused = refusal_by_rule(exception)
    if refused is not None:
        return refused
    refusal = _refusal(exception)
    if refusal is None:
        return _failure(exception, context)
    errors = list(_errors(refusal.detail)) if refusal.status_code == 400 else []
    detail = errors[0]["message"] if errors else str(refusal.detail)
    response = _response(refusal.status_code, detail, errors)
    if response.status_code == 401:
        response["WWW-Authenticate"] = refusal.auth_header
    return response


def refusal_by_rule(exception: Exception) -> Response | None:
    """Return the problem of what a rule of the directory refused; None for anything else."""
    match exception:
        case Invalid():
            errors = list(_errors(exception.errors))
            return _response(400, errors[0]["message"], errors)
        case NotPossible():
            status = STATUS_OF_CODE.get(exception.code, 409)
            response = _response(status, str(exception), code=exception.code)
            if exception.existing is not None:
                response.data["existing"] = record_address(exception.existing)
            if exception.code == "in_progress":
                response["Retry-After"] = "1"
            return response
        case NotAllowed():
            return _response(403, str(exception))
        case TooOften():
            response = _response(429, TOO_OFTEN % {"wait": exception.wait})
            response["Retry-After"] = str(exception.wait)
            return response
        case RequestDataTooBig():
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            return _response(413, TOO_LARGE % {"most": most})
    return None


def _failure(exception: Exception, context: dict[str, Any]) -> Response:
    """Log what nobody foresaw, and say nothing of it."""
    request = context["request"]
    status = 503 if is_outage(exception) else 500
    detail = ONLY_READ if can_only_be_read(exception) else KINDS[status][2]
    response = _response(status, detail, **_name_of(request))
    if status == 503:
        response["Retry-After"] = RETRY_AFTER
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


def _name_of(request: Any) -> dict[str, str]:
    """Return the name under which a request stands in the logs, where it has one."""
    name = getattr(request, "request_id", "")
    return {"request_id": name} if name else {}


def plain_problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """Return the problem of a request that reached no view of the API."""
    if not detail and status == 503 and can_only_be_read(sys.exception()):
        detail = ONLY_READ
    detail = detail or (MALFORMED if status == 400 else KINDS[status][2])
    more = {name: value for name, value in more.items() if value != ""}
    body = orjson.dumps(_response(status, detail, **more).data, default=str)
    response = HttpResponse(body + b"\n", status=status, content_type=MEDIA_TYPE)
    if status == 503:
        response["Retry-After"] = RETRY_AFTER
    return response


def _refusal(exception: Exception) -> exceptions.APIException | None:
    match exception:
        case exceptions.APIException():
            return exception
        case Http404():
            return exceptions.NotFound(KINDS[404][1])
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case SuspiciousOperation() | BadRequest() | MultiPartParserError():
            return exceptions.ParseError(MALFORMED)
        case _:
            return None


def _response(
    status: int, detail: Any, errors: list[dict[str, str]] | None = None, **more: Any
) -> Response:
    kind, title = ("about:blank", _("The request is refused"))
    if status in KINDS:
        anchor, title, _advice = KINDS[status]
        kind = f"{settings.SITE_URL}/api/docs/#{anchor}"
    body = {"type": kind, "title": title, "status": status, "detail": detail, **more}
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
