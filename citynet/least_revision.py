"""Refuses who asks for a revision that is none, or that has not come (``api.least_revision``)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from api.errors import plain_problem
from api.least_revision import HEADER, NoRevision, least_revision
from citynet.public_answers import NEVER_KEPT
from citynet.replicas import chosen

View = Callable[[HttpRequest], HttpResponseBase]


def refused_before_it_came(get_response: View) -> View:
    """Middleware that answers nothing older than what the request asks for at least.

    In the one form that programs read, for pages too: no browser sends the header by itself.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        try:
            least = least_revision(request)
        except NoRevision as error:
            errors = [{"field": HEADER, "message": str(error)}]
            return _refused(400, str(error), errors=errors)
        choice = chosen()
        # Where the database is away there is no version, and whoever needs it says so.
        newest = choice.version[0] if choice.version else None
        if least is not None and newest is not None and newest < least:
            return _refused(
                412,
                f"There is no revision {least} yet: the newest one is {newest}.",
                code="revision_to_come",
                type="about:blank",
                title="Precondition Failed",
            )
        return get_response(request)

    return respond


def _refused(status: int, detail: str, **more: object) -> HttpResponseBase:
    response = plain_problem(status, detail, **more)
    response.headers["Cache-Control"] = NEVER_KEPT
    return response
