"""Pages that set two to four networks, or cities, side by side."""

import datetime
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.downloads.formats.comma_separated import write_csv
from directory.insights.compared_columns import columns_of, rows_of
from directory.insights.comparing import (
    Sharing,
    compare_cities,
    compare_networks,
    members_shared,
    networks_shared,
)
from directory.insights.related import related_networks
from directory.insights.similar import LikeCity, SimilarCity
from directory.models import City
from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress
from directory.web.comparisons import CITIES, HOLDERS, NETWORKS, Comparable, Named
from directory.web.maps import compared_on_map
from directory.web.paging import Pages, page_number

ITEMS_A_PAGE = 200


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """Compare networks: facts, focus areas, members."""
    return _compared(request, NETWORKS, compare_networks, related_networks)


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """Compare cities: facts, networks, the focus areas that those cover."""
    return _compared(request, CITIES, compare_cities, _similar_cities)


@require_safe
def networks_list(request: HttpRequest) -> HttpResponse:
    """Show all cities that just some of the networks compared have."""
    return _whole_list(request, NETWORKS, members_shared)


@require_safe
def cities_list(request: HttpRequest) -> HttpResponse:
    """Show all networks that just some of the cities compared are in."""
    return _whole_list(request, CITIES, networks_shared)


@require_safe
def networks_file(request: HttpRequest) -> HttpResponse:
    """Answer with all cities of the networks compared, and which of these each is in."""
    return _file(request, NETWORKS, members_shared)


@require_safe
def cities_file(request: HttpRequest) -> HttpResponse:
    """Answer with all networks of the cities compared, and which of these are in each."""
    return _file(request, CITIES, networks_shared)


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
    comparison = compare(named.found, day=day) if named.is_enough else None
    context = {
        "named": named,
        "comparison": comparison,
        "map": comparison and compared_on_map(named, comparison),
        "suggested": _suggested(named, alike(named.found[0], day=day)) if named.is_one else [],
    }
    return render(request, f"compare/{kind.table}.html", context, status=named.status)


def _whole_list(
    request: HttpRequest, kind: Comparable, share: Callable[..., Sharing]
) -> HttpResponse:
    named = Named(request, kind, is_list=True)
    if named.elsewhere:
        return named.elsewhere
    sharing = share(named.found, day=now().date()) if named.is_enough else None
    overlap = sharing and sharing.overlap_of(named.holders)
    if not overlap:
        # The comparison says what is wrong, or what there is instead.
        return redirect(named.comparison)
    address = Address.of(request.path, request.GET, [kind.parameter, HOLDERS, "page"])
    pages = Pages(address, page_number(request.GET), len(overlap.items), ITEMS_A_PAGE)
    context = {
        "named": named,
        "overlap": overlap,
        "pages": pages,
        "items": overlap.items[pages.start : pages.stop],
        "canonical": pages.link(pages.number),
    }
    return render(request, f"compare/list_of_{kind.table}.html", context)


def _file(request: HttpRequest, kind: Comparable, share: Callable[..., Sharing]) -> HttpResponse:
    named = Named(request, kind)
    if named.elsewhere:
        return named.elsewhere
    if not named.is_enough:
        reasons = [mistake.message for mistake in named.mistakes]
        raise BadAddress(reasons[0] if reasons else _("Name two to four that are compared."))
    sharing = share(named.found, day=now().date())
    lines = write_csv(columns_of(sharing), rows_of(sharing))
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8; header=present")
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"citynet-compared-{kind.table}.csv"
    )
    return response


def _similar_cities(city: City, *, day: datetime.date) -> list[SimilarCity]:
    return LikeCity(city, day=day).cities()


def _suggested(named: Named, alike: list[Any]) -> list[tuple[Any, str]]:
    """Return what a record is likely to be compared with, each with the address that does so."""
    records = [getattr(each, named.kind.parameter) for each in alike]
    return [(record, named.with_one(record.slug)) for record in records]
