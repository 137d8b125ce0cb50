"""Cities on a map of the world: which, where on the drawing, and as one short path of points.

A point is a line of no length with round ends, so that ten thousand of them are one element.
"""

import datetime
import itertools
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from django.db.models import Q, QuerySet

from directory.insights.equal_earth import HEIGHT, WIDTH, on_map
from directory.insights.focus_areas import works_on
from directory.models import City, Country, FocusArea, Membership, Network
from directory.models.as_of import AsOf
from directory.models.membership import counted_on
from directory.search.names import called
from directory.search.per_revision import PerRevision

# Places are rounded to a tenth of a unit of the drawing, about 2 km at the equator; on a map of the
# whole world, where that is far below a pixel, to a whole one.
DIGITS = 1
TENTHS = 10**DIGITS

# A map of cities of one part of the world shows that part: not less than this many units, lest
# the outline be too coarse, and with some room around.
LEAST_WIDTH = 360
ROOM = 1.2
# What needs more than this is shown as the whole world.
MOST_WIDTH = 0.6 * WIDTH

# Up to how many cities the points are drawn larger.
FEW = 10
# From how many cities on the points are drawn smaller.
MANY, VERY_MANY = 300, 1500
WORLD = f"{WIDTH} {HEIGHT}"

# Maps of a network's members that are kept.
MAPS_KEPT = 500


@dataclass(frozen=True)
class CityOnMap:
    """A city and where it stands on the drawing."""

    slug: str
    name: str
    country: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A map of so many cities without their names: the part of the world, and its points."""

    cities: int
    view_box: str
    density: str
    points: str

    def __len__(self) -> int:
        return self.cities


@dataclass(frozen=True)
class CityMap:
    """Cities on a map, by name; they are called as in the language of the page."""

    cities: list[CityOnMap]

    @classmethod
    def of(cls, cities: QuerySet[City]) -> Self:
        """Return the map of some cities; one query."""
        columns = ("pk", "slug", "name", "country", "country__name", "latitude", "longitude")
        rows = cities.order_by("name_key", "slug").values_list(*columns)
        return cls(
            [
                CityOnMap(
                    slug,
                    called(City, pk, name),
                    called(Country, code, country),
                    *place(latitude, longitude),
                )
                for pk, slug, name, code, country, latitude, longitude in rows
            ]
        )

    @cached_property
    def window(self) -> tuple[float, float, float, float]:
        """The part of the drawing that is shown: x, y, width, height, always of one shape."""
        xs = [city.x for city in self.cities] or [0, WIDTH]
        ys = [city.y for city in self.cities] or [0, HEIGHT]
        needed = ROOM * max(max(xs) - min(xs), (max(ys) - min(ys)) * WIDTH / HEIGHT)
        if needed > MOST_WIDTH:
            return 0, 0, WIDTH, HEIGHT
        width = max(needed, LEAST_WIDTH)
        height = width * HEIGHT / WIDTH
        x = min(max((min(xs) + max(xs) - width) / 2, 0), WIDTH - width)
        y = min(max((min(ys) + max(ys) - height) / 2, 0), HEIGHT - height)
        return round(x, DIGITS), round(y, DIGITS), round(width, DIGITS), round(height, DIGITS)

    @property
    def view_box(self) -> str:
        """The part of the drawing that is shown, as SVG writes it."""
        return " ".join(f"{number:g}" for number in self.window)

    @cached_property
    def points(self) -> str:
        """The ``d`` of a path with a point for each spot that has a city."""
        return self._points_of(self.cities)

    def points_of(self, slugs: Container[str]) -> str:
        """Return the ``d`` of a path with a point for each spot that has a city with these ids."""
        return self._points_of([city for city in self.cities if city.slug in slugs])

    def drawn(self) -> Drawing:
        """Return what a page shows of it."""
        return Drawing(len(self), self.view_box, self.density, self.points)

    def _points_of(self, cities: Iterable[CityOnMap]) -> str:
        step = TENTHS if self.window[2] == WIDTH else 1
        return points_path(
            ((round(city.x * TENTHS / step), round(city.y * TENTHS / step)) for city in cities),
            tenths=step,
        )

    @property
    def density(self) -> str:
        """How crowded the points are: ``few``, nothing, ``many`` or ``very-many``."""
        if len(self) <= FEW:
            return "few"
        return "very-many" if len(self) > VERY_MANY else "many" if len(self) > MANY else ""

    def __len__(self) -> int:
        return len(self.cities)


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a city stands on the drawing."""
    x, y = on_map(latitude, longitude)
    return round(x, DIGITS), round(y, DIGITS)


def points_path(spots: Iterable[tuple[int, int]], *, tenths: int = TENTHS) -> str:
    """Return the ``d`` of a path with a point at each spot, those on one spot put together.

    Spots are counted in steps of so many ``tenths`` of a unit. Each is written by its distance
    from the one before, which is shorter.
    """
    ordered = sorted(set(spots), key=lambda spot: (spot[1], spot[0]))
    return "".join(
        f"m{_written(x - before_x, tenths)} {_written(y - before_y, tenths)}h0".replace(" -", "-")
        for (before_x, before_y), (x, y) in itertools.pairwise([(0, 0), *ordered])
    )


def _written(steps: int, tenths: int) -> str:
    return f"{steps * tenths / TENTHS:g}"


def members_on_map(
    network: Network, *, day: datetime.date, as_of: AsOf | None = None
) -> QuerySet[City]:
    """Return the cities that are in a network on a day."""
    return _in_networks(Q(network=network), day, as_of)


class _Asked(NamedTuple):
    network: int
    day: datetime.date


def _draw_members(asked: _Asked) -> Drawing:
    found = _in_networks(Q(network=asked.network), asked.day)
    return CityMap.of(found).drawn()


_drawn_members = PerRevision(_draw_members, keeps=MAPS_KEPT, of=("memberships", "cities"))


def members_drawn(network: Network, *, day: datetime.date, as_of: AsOf | None = None) -> Drawing:
    """Return the map of a network's members on a day, drawn once while the data stand."""
    if as_of:
        return CityMap.of(members_on_map(network, day=day, as_of=as_of)).drawn()
    return _drawn_members.get(_Asked(network.pk, day))


def members_of_any(networks: Collection[Network], *, day: datetime.date) -> QuerySet[City]:
    """Return the cities that are in any of some networks on a day."""
    return _in_networks(Q(network__in=networks), day)


def cities_at_work_on(area: FocusArea, *, day: datetime.date) -> QuerySet[City]:
    """Return the cities that are in a network that works on an area or a part of it."""
    networks = Network.objects.public().filter(works_on(area))
    return _in_networks(Q(network__in=networks.values("pk")), day)


def _in_networks(networks: Q, day: datetime.date, as_of: AsOf | None = None) -> QuerySet[City]:
    memberships = Membership.objects.public().filter(networks, counted_on(day, as_of))
    return City.objects.public().filter(pk__in=memberships.order_by().values("city"))
