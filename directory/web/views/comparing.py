"""Pages that set two to four networks, or cities, side by side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.comparing import compare_cities, compare_networks
from directory.web.comparisons import CITIES, NETWORKS, Comparable, Named


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """Compare networks: facts, focus areas, members."""
    return _compared(request, NETWORKS, compare_networks)


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """Compare cities: facts, networks, the focus areas that those cover."""
    return _compared(request, CITIES, compare_cities)


def _compared(request: HttpRequest, kind: Comparable, compare: Callable[..., Any]) -> HttpResponse:
    named = Named(request, kind)
    if named.elsewhere:
        return named.elsewhere
    context = {
        "named": named,
        "comparison": compare(named.found, day=now().date()) if named.is_enough else None,
    }
    return render(request, f"compare/{kind.table}.html", context, status=named.status)
