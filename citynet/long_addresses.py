"""Refuses addresses that are longer than any question, before anybody reads them.

Pages name their own address several times (links to other languages, the canonical link), so that
a long one would be answered with many times as much as was sent.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from citynet import errors

# Path and query together; the API bounds its queries itself, and says so more exactly.
LONGEST_ADDRESS = 8200

View = Callable[[HttpRequest], HttpResponseBase]


def refused(get_response: View) -> View:
    """Middleware that answers 414 to whoever asks for such an address."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        query = "" if errors.asks_the_api(request) else request.META.get("QUERY_STRING", "")
        if len(request.path_info) + len(query) > LONGEST_ADDRESS:
            return errors.address_too_long(request)
        return get_response(request)

    return respond
