"""Cities on a map of the world: which, where on the drawing, and as one short path of points.

A point is a line of no length with round ends, so that ten thousand of them are one element.
"""

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.db.models import Q, QuerySet

from directory.insights.equal_earth import HEIGHT, WIDTH, on_map
from directory.insights.focus_areas import works_on
from directory.models import City, FocusArea, Membership, Network
from directory.models.as_of import AsOf
from directory.models.membership import counted_on

# Units of the drawing are about 20 km at the equator; the names that a script asks for are finer.
DIGITS = 1


@dataclass(frozen=True)
class CityOnMap:
    """A city and where it stands on the drawing."""

    slug: str
    name: str
    country: str
    x: float
    y: float


@dataclass(frozen=True)
class CityMap:
    """Cities on a map, by name."""

    cities: list[CityOnMap]

    @classmethod
    def of(cls, cities: QuerySet[City]) -> Self:
        """Return the map of some cities; one query."""
        columns = ("slug", "name", "country__name", "latitude", "longitude")
        rows = cities.order_by("name_key", "slug").values_list(*columns)
        return cls(
            [CityOnMap(*named, *place(latitude, longitude)) for *named, latitude, longitude in rows]
        )

    @property
    def view_box(self) -> str:
        """The extent of the drawing, as SVG writes it."""
        return f"0 0 {WIDTH} {HEIGHT}"

    @cached_property
    def points(self) -> str:
        """The ``d`` of a path with a point for each spot that has a city, in whole units."""
        return points_path((round(city.x), round(city.y)) for city in self.cities)


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a city stands on the drawing."""
    x, y = on_map(latitude, longitude)
    return round(x, DIGITS), round(y, DIGITS)


def points_path(spots: Iterable[tuple[int, int]]) -> str:
    """Return the ``d`` of a path with a point at each spot, those on one spot put together.

    Each is written by its distance from the one before, which is shorter.
    """
    ordered = sorted(set(spots), key=lambda spot: (spot[1], spot[0]))
    steps = [
        (x - before_x, y - before_y)
        for (before_x, before_y), (x, y) in itertools.pairwise([(0, 0), *ordered])
    ]
    return "".join(f"m{x} {y}h0".replace(" -", "-") for x, y in steps)


def members_on_map(
    network: Network, *, day: datetime.date, as_of: AsOf | None = None
) -> QuerySet[City]:
    """Return the cities that are in a network on a day."""
    return _in_networks(Q(network=network), day, as_of)


def cities_at_work_on(area: FocusArea, *, day: datetime.date) -> QuerySet[City]:
    """Return the cities that are in a network that works on an area or a part of it."""
    networks = Network.objects.public().filter(works_on(area))
    return _in_networks(Q(network__in=networks.values("pk")), day)


def _in_networks(networks: Q, day: datetime.date, as_of: AsOf | None = None) -> QuerySet[City]:
    memberships = Membership.objects.public().filter(networks, counted_on(day, as_of))
    return City.objects.public().filter(pk__in=memberships.order_by().values("city"))
