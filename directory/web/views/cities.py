"""Pages of cities: the list, and one city."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.city_networks import memberships_of
from directory.insights.maps import CityMap
from directory.insights.similar import LikeCity
from directory.linked.places import city_document
from directory.models import City
from directory.models.choices import RecordType
from directory.search.filters import CityFilter
from directory.search.known import known_predecessors, with_known_country
from directory.search.names import also_called, names_in_languages
from directory.web.city_choices import city_choices
from directory.web.days import AskedDay
from directory.web.former_addresses import moved_or_missing
from directory.web.listing import Listing
from directory.web.maps import MapOnPage
from directory.web.previews import city_preview

CITIES_A_PAGE = 50


@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    """Show all cities by name, or those that the filters leave."""
    listing = Listing(request, CityFilter, CITIES_A_PAGE)
    context = {
        "listing": listing,
        "choices": city_choices(listing.address),
        "map": not listing.mistakes
        and MapOnPage(
            CityMap.of(listing.hits.rows).drawn(), listing.address_at(reverse("cities-map"))
        ),
    }
    return render(request, "cities/list.html", context, status=listing.status)


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a city: its memberships by issue, similar cities, networks that they are in."""
    day = now().date()
    cities = with_known_country(City.objects.public().filter(slug=slug))
    if not cities:
        return moved_or_missing(request, RecordType.CITY, slug)
    found = cities[0]
    like_it = LikeCity(found, day=day)
    asked = AskedDay(request)
    labels = names_in_languages(found)
    memberships = memberships_of(found, day=day, as_of=asked.as_of)
    predecessors = known_predecessors(found)
    context = {
        "city": found,
        "asked": asked,
        "other_names": also_called(found, labels),
        "memberships": memberships,
        "similar": like_it.cities(),
        "networks_of_similar": like_it.networks(),
        "predecessors": predecessors,
        # Of another day the page says what its linked data do not.
        "linked": not asked.as_of
        and city_document(
            found,
            labels=labels,
            memberships=memberships.all_current,
            predecessors=predecessors,
        ),
        "preview": city_preview(found, memberships),
        "day": day,
    }
    return render(request, "cities/city.html", context)
