"""Pages that draw who has most in common with a city or a network."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.web.former_addresses import TABLES, moved_or_removed
from directory.web.neighbour_pages import CITIES, NETWORKS, Kind, NeighbourPage


@require_safe
def city_neighbours(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the cities most like a city, and what ties them to each other."""
    return _neighbours(request, CITIES, slug)


@require_safe
def network_neighbours(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the networks with most member cities in common with one, and what ties them."""
    return _neighbours(request, NETWORKS, slug)


def _neighbours(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    found = kind.rows().filter(slug=slug).first()
    if found is None:
        return _moved_or_missing(request, kind, slug)
    page = NeighbourPage(kind, found, request, day=now().date())
    return render(request, f"neighbours/{kind.parameter}.html", {"page": page})


def _moved_or_missing(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    def address(present: str) -> str:
        return reverse(kind.url_name, args=[present])

    if slug != slug.lower():
        return HttpResponsePermanentRedirect(address(slug.lower()))
    table = TABLES[kind.record_type]
    return moved_or_removed(request, kind.record_type, table, slug, address=address)
