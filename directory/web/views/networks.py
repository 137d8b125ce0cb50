"""Pages of networks: the search, the list, and one network."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.maps import members_drawn
from directory.insights.members import count_listed_members, members_of
from directory.insights.related import related_networks
from directory.insights.timelines import growth
from directory.linked.networks import network_document
from directory.models.choices import RecordType
from directory.search.filters import NetworkFilter
from directory.search.known import known_networks
from directory.search.names import names_in_languages
from directory.web.days import AskedDay
from directory.web.former_addresses import moved_or_missing
from directory.web.growth_pages import GrowthOnPage
from directory.web.listing import Listing, cities_called
from directory.web.maps import MapOnPage
from directory.web.member_pages import MemberPages
from directory.web.previews import network_preview

NETWORKS_A_PAGE = 20
CITIES_SHOWN = 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what answers the words in the search box: networks first, then cities."""
    listing = Listing(request, NetworkFilter, NETWORKS_A_PAGE)
    cities = cities_called(listing.text, exact=bool(listing.address.values("exact")))
    context = {
        "listing": listing,
        "city_hits": cities,
        "cities": cities.page(1, CITIES_SHOWN) if cities else [],
    }
    return render(request, "search/search.html", context, status=listing.status)


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    """Show all networks, or those that the filters leave."""
    listing = Listing(request, NetworkFilter, NETWORKS_A_PAGE)
    return render(request, "networks/list.html", {"listing": listing}, status=listing.status)


@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a network: facts and their sources, how to join, members, related networks."""
    day = now().date()
    known = known_networks()
    found = known.by_slug.get(slug)
    if found is None:
        return moved_or_missing(request, RecordType.NETWORK, slug)
    asked = AskedDay(request)
    find = request.GET.get("find", "")
    [counted] = count_listed_members([copy(found)], day=day, as_of=asked.as_of)
    listed = counted.listed_members
    others = known.by_key.values()
    sections = [other for other in others if other.parent_id == found.pk]
    merged_from = [other for other in others if other.merged_into_id == found.pk]
    context = {
        "network": found,
        "asked": asked,
        "members": MemberPages(request, members_of(found, day=day, find=find, as_of=asked.as_of)),
        "listed": listed,
        "map": MapOnPage(
            members_drawn(found, day=day, as_of=asked.as_of),
            asked.address_of(reverse("network-map", args=[slug])),
        ),
        "growth": GrowthOnPage(growth(found, day=day)),
        "sections": sections,
        "merged_from": merged_from,
        "related": related_networks(found, day=day),
        # Of another day the page says what its linked data do not.
        "linked": not asked.as_of
        and network_document(
            found,
            listed=listed,
            sections=sections,
            merged_from=merged_from,
            labels=names_in_languages(found),
        ),
        "preview": network_preview(found, listed=listed),
        "day": day,
    }
    return render(request, "networks/network.html", context)
