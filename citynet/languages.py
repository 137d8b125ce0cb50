"""Answers in the language of the address, whatever a browser prefers (DESIGN.md, Addresses)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from directory.accounts.languages import language_of

View = Callable[[HttpRequest], HttpResponseBase]


def by_address(get_response: View) -> View:
    """Middleware that activates the language in front of the path while a request lasts."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return respond
