"""Maps as pages show them, and the names that their script asks for once somebody uses one."""

from dataclasses import dataclass

from django.http import JsonResponse

from directory.insights.equal_earth import HEIGHT, WIDTH
from directory.insights.maps import CityMap

COLUMNS = ("slug", "name", "country", "x", "y")


@dataclass(frozen=True)
class MapOnPage:
    """A map, and the address of the names of its cities."""

    cities: CityMap
    names: str


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
