"""Errors of requests that reached no view: the API's own body under /api/, a page elsewhere."""

from django.http import HttpRequest, HttpResponse

from api.errors import plain_problem
from directory.web import errors as pages


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read, or that named an unknown host."""
    return plain_problem(400) if _asks_the_api(request) else pages.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something failed outside a view of the API."""
    page = pages.server_error(request)
    if not _asks_the_api(request):
        return page
    return plain_problem(page.status_code, request_id=getattr(request, "request_id", ""))


def too_many_requests(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer whoever asks more often than is fair; ``wait``: for how many seconds to wait."""
    refusal = plain_problem(429) if _asks_the_api(request) else pages.too_many_requests(request)
    refusal["Retry-After"] = str(wait)
    return refusal


def _asks_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
