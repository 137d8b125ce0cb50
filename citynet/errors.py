"""Errors of requests that reached no view: the API's own body under /api/, a page elsewhere."""

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse

from api.errors import plain_problem
from directory.web import errors as pages


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read, or that named an unknown host."""
    if asks_the_api(request):
        return plain_problem(400)
    if isinstance(exception, TooManyFieldsSent):
        _forget_address(request)
    return pages.bad_request(request, exception)


def address_too_long(request: HttpRequest) -> HttpResponse:
    """Answer whoever asked for an address that no page names."""
    if asks_the_api(request):
        return plain_problem(414)
    _forget_address(request)
    return pages.address_too_long(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something failed outside a view of the API."""
    page = pages.server_error(request)
    if not asks_the_api(request):
        return page
    return plain_problem(page.status_code, request_id=getattr(request, "request_id", ""))


def too_many_requests(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer whoever asks more often than is fair; ``wait``: for how many seconds to wait."""
    refusal = plain_problem(429) if asks_the_api(request) else pages.too_many_requests(request)
    refusal["Retry-After"] = str(wait)
    return refusal


def asks_the_api(request: HttpRequest) -> bool:
    """Tell whether a request is for the API, whose errors are JSON."""
    return request.path_info.startswith("/api/")


def _forget_address(request: HttpRequest) -> None:
    """Let the page of an error name the home page where it would name its own address.

    That one cannot be read, or should not be repeated.
    """
    request.path = request.path_info = "/"
    request.META["QUERY_STRING"] = ""
    request.__dict__.pop("GET", None)
