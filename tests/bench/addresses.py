"""The site's addresses and one that returns ready bytes: the least that Django can cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from citynet import urls as site

READY = b"x" * 10_000


def ready_bytes(request: HttpRequest) -> HttpResponse:
    """Return ten thousand bytes that are ready."""
    return HttpResponse(READY, content_type="application/json")


urlpatterns = [
    path("bench/ready-bytes/", ready_bytes),
    *site.urlpatterns,
]
