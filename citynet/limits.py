"""Says in every answer that counts what is left, and refuses who asks too often.

The headers are those of draft-ietf-httpapi-ratelimit-headers, as structured fields (RFC 9651).
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from citynet.errors import too_many_requests
from directory.accounts.limits import TooOften, noting_spent, spend_on_address

View = Callable[[HttpRequest], HttpResponseBase]


def counted(get_response: View, *, or_else: View | None = None) -> View:
    """Middleware that counts what ``directory.accounts.limits`` says, before anything is read.

    Who asks too often is refused, or answered by ``or_else``.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        with noting_spent() as spent:
            try:
                spend_on_address(request)
            except TooOften as refusal:
                if or_else is not None:
                    return or_else(request)
                response: HttpResponseBase = too_many_requests(request, refusal.wait)
            else:
                response = get_response(request)
        if spent:
            policies = [f'"{each.name}";q={each.quota};w={each.window}' for each in spent.values()]
            rest = [f'"{each.name}";r={each.left};t={each.seconds}' for each in spent.values()]
            response.headers["RateLimit-Policy"] = ", ".join(policies)
            response.headers["RateLimit"] = ", ".join(rest)
        return response

    return respond
