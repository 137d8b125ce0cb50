"""The cities of the maps as data: the same that the pages show, each with its name."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.maps import CityMap, cities_at_work_on, members_of_any, members_on_map
from directory.models import City, FocusArea, Network
from directory.models.choices import RecordType
from directory.search.filters import CityFilter
from directory.web.comparisons import CITIES, NETWORKS, Named
from directory.web.days import AskedDay
from directory.web.former_addresses import moved_or_missing
from directory.web.listing import Listing
from directory.web.maps import names_of


@require_safe
def network_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the members of a network, today or as of a date."""
    network = Network.objects.public().filter(slug=slug).first()
    if network is None:
        return moved_or_missing(request, RecordType.NETWORK, slug, url_name="network-map")
    as_of = AskedDay(request).as_of
    return names_of(CityMap.of(members_on_map(network, day=now().date(), as_of=as_of)))


@require_safe
def focus_area_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the cities that are in a network that works on a focus area."""
    area = FocusArea.objects.public().filter(slug=slug).first()
    if area is None:
        return moved_or_missing(request, RecordType.FOCUS_AREA, slug, url_name="focus-area-map")
    return names_of(CityMap.of(cities_at_work_on(area, day=now().date())))


@require_safe
def compared_networks_map(request: HttpRequest) -> HttpResponse:
    """Answer with the members of the networks compared."""
    networks = Named(request, NETWORKS).found
    return names_of(CityMap.of(members_of_any(networks, day=now().date())))


@require_safe
def compared_cities_map(request: HttpRequest) -> HttpResponse:
    """Answer with the cities compared."""
    cities = [city.pk for city in Named(request, CITIES).found]
    return names_of(CityMap.of(City.objects.public().filter(pk__in=cities)))


@require_safe
def cities_map(request: HttpRequest) -> HttpResponse:
    """Answer with all cities that the filters of the list of cities leave."""
    listing = Listing(request, CityFilter, 1)
    for mistake in listing.mistakes:
        raise BadRequest(f"{mistake.name}: {mistake.message}")
    return names_of(CityMap.of(listing.hits.rows))
