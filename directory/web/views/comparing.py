"""Pages that set two to four networks, or cities, side by side."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.comparing import compare_cities, compare_networks
from directory.insights.related import related_networks
from directory.insights.similar import LikeCity, SimilarCity
from directory.models import City
from directory.web.comparisons import CITIES, NETWORKS, Comparable, Named


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """Compare networks: facts, focus areas, members."""
    return _compared(request, NETWORKS, compare_networks, related_networks)


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """Compare cities: facts, networks, the focus areas that those cover."""
    return _compared(request, CITIES, compare_cities, _similar_cities)


def _compared(
    request: HttpRequest,
    kind: Comparable,
    compare: Callable[..., Any],
    alike: Callable[..., list[Any]],
) -> HttpResponse:
    named = Named(request, kind)
    if named.elsewhere:
        return named.elsewhere
    day = now().date()
    context = {
        "named": named,
        "comparison": compare(named.found, day=day) if named.is_enough else None,
        "suggested": _suggested(named, alike(named.found[0], day=day)) if named.is_one else [],
    }
    return render(request, f"compare/{kind.table}.html", context, status=named.status)


def _similar_cities(city: City, *, day: datetime.date) -> list[SimilarCity]:
    return LikeCity(city, day=day).cities()


def _suggested(named: Named, alike: list[Any]) -> list[tuple[Any, str]]:
    """Return what a record is likely to be compared with, each with the address that does so."""
    records = [getattr(each, named.kind.parameter) for each in alike]
    return [(record, named.with_one(record.slug)) for record in records]
