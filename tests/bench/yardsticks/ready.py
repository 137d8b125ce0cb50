"""The least that Django can cost: bytes that are ready, with and without a condition."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

LARGEST = 1_000_000
TAG = '"as it was"'


def ready_bytes(request: HttpRequest) -> HttpResponse:
    """Return so many bytes (``?size=``) as the answer that it is compared with."""
    size = min(int(request.GET.get("size", "10000")), LARGEST)
    return HttpResponse(_bytes(size), content_type="application/json")


@condition(etag_func=lambda request: TAG)
def conditional(request: HttpRequest) -> HttpResponse:
    """Return what an asker may know already."""
    return HttpResponse(_bytes(10_000), content_type="application/json")


_READY: dict[int, bytes] = {}


def _bytes(size: int) -> bytes:
    if size not in _READY:
        _READY[size] = b'"' + b"x" * (size - 2) + b'"'
    return _READY[size]
