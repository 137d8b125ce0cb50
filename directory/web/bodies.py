"""Refusing what is too large to be read, before a byte of it is."""

from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from directory.registration.bulk import MOST_BYTES
from directory.web import errors
from directory.web.acting import View

# The form's other fields and the lines between its parts.
BESIDE_THE_FILE = 100_000


def small_bodies(view: View) -> View:
    """Answer 413 to a request whose body is larger than any table may be.

    The check for forged requests reads the body, so it must come after this one.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or int(announced) > MOST_BYTES + BESIDE_THE_FILE:
            return errors.too_large(request)
        try:
            return protected(request, *args, **kwargs)
        except RequestDataTooBig:
            return errors.too_large(request)

    return answer
