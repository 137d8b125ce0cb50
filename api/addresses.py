"""Absolute addresses of the API and of pages.

They stand on ``settings.SITE_URL`` and not on the Host header, so that an answer is the same
whichever way its request came in.
"""

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from rest_framework.request import Request


def api_address(name: str, identifier: str = "") -> str:
    """Return the address of an endpoint: ``api_address("network", "eurocities")``."""
    if not identifier:
        return settings.SITE_URL + reverse(f"api:{name}")
    return f"{settings.SITE_URL}{_before_identifier(name)}{identifier}/"


def docs_address(place: str = "") -> str:
    """Return the address of the page that explains the API, or of a place on it."""
    return f"{settings.SITE_URL}{reverse('api-docs')}{f'#{place}' if place else ''}"


@cache
def _before_identifier(name: str) -> str:
    # Public ids need no quoting and a page holds hundreds of addresses: one is resolved for all.
    return reverse(f"api:{name}", args=["-"]).removesuffix("-/")


def record_address(record: models.Model) -> str:
    """Return the address of a network, a city or a membership in the API."""
    name = record._meta.model_name or ""
    identifier = getattr(record, "slug", "") or getattr(record, "public_id", "")
    return api_address(name, identifier)


def api_query(name: str, **parameters: str) -> str:
    """Return the address of a list with filters set."""
    return f"{api_address(name)}?{urlencode(parameters)}"


def page_address(record: models.Model) -> str:
    """Return the address of the record's page, for people."""
    return settings.SITE_URL + record.get_absolute_url()


def same_request(request: Request, *, without: tuple[str, ...] = (), **changes: str) -> str:
    """Return the address of this request with some parameters left out and others set."""
    query = request.query_params.copy()
    for name in (*without, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    address = settings.SITE_URL + request.path
    return f"{address}?{query.urlencode()}" if query else address
