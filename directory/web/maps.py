"""Maps as pages show them, and the names that their script asks for once somebody uses one."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import JsonResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from directory.insights.comparing import CityComparison, NetworkComparison
from directory.insights.equal_earth import HEIGHT, WIDTH
from directory.insights.maps import WORLD, CityMap, Drawing, members_of_any
from directory.models import City
from directory.web.comparisons import Named

COLUMNS = ("slug", "name", "country", "x", "y")


@dataclass(frozen=True)
class Layer:
    """Some of the points of a map, in a shape of their own, which a legend explains."""

    points: str
    shape: str
    says: str


@dataclass(frozen=True)
class MapOnPage:
    """A map, and the address of the names of its cities; without layers all points are alike."""

    cities: Drawing
    names: str
    layers: tuple[Layer, ...] = ()
    # Width and height of the whole drawing.
    world: str = WORLD


def compared_on_map(named: Named, comparison: NetworkComparison | CityComparison) -> MapOnPage:
    """Return the map of a comparison: the cities compared, or the members of the networks.

    Members are drawn by whether one network alone has them.
    """
    names = f"{reverse(f'compare-{named.kind.table}-map')}?{urlsplit(named.comparison).query}"
    day = now().date()
    if isinstance(comparison, CityComparison):
        chosen = City.objects.public().filter(pk__in=[city.pk for city in comparison.cities])
        return MapOnPage(CityMap.of(chosen).drawn(), names)
    cities = CityMap.of(members_of_any(comparison.networks, day=day))
    of_one = {
        city.slug
        for overlap in comparison.members.overlaps
        if overlap.is_of_one
        for city in overlap.items
    }
    shared = {city.slug for city in cities.cities} - of_one
    layers = (
        Layer(cities.points_of(of_one), "round", _("in one of them alone")),
        Layer(cities.points_of(shared), "square", _("in more than one")),
    )
    return MapOnPage(cities.drawn(), names, layers)


def names_of(cities: CityMap) -> JsonResponse:
    """Answer with the cities of a map, each as a row of ``columns``."""
    return JsonResponse(
        {
            "projection": "Equal Earth",
            "width": WIDTH,
            "height": HEIGHT,
            "columns": COLUMNS,
            "cities": [[getattr(city, name) for name in COLUMNS] for city in cities.cities],
        },
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
