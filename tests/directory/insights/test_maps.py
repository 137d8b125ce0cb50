"""Cities on a map: which, how they are drawn, and which part of the world shows."""

import datetime
import gzip
import random
import re

import pytest

from directory.insights.equal_earth import HEIGHT, WIDTH
from directory.insights.maps import (
    LEAST_WIDTH,
    CityMap,
    CityOnMap,
    cities_at_work_on,
    members_on_map,
    place,
    points_path,
)
from directory.models import City
from directory.models.as_of import AsOf
from tests.factories import make_city, make_focus_area, make_membership, make_network

DAY = datetime.date(2026, 11, 28)
MOST_BYTES = 60 * 1024


def city_map(*places):
    return CityMap(
        [
            CityOnMap(f"city-{number}-no", "City", "Norway", *place(*each))
            for number, each in enumerate(places)
        ]
    )


def drawn(path):
    """The spots of a path, from its relative moves."""
    x = y = 0
    spots = []
    for step in re.findall(r"m(-?[\d.]+) ?(-?[\d.]+)h0", path):
        x, y = x + float(step[0]), y + float(step[1])
        spots.append((round(x, 1), round(y, 1)))
    return spots


def test_points_are_where_the_cities_are_once_for_each_spot():
    path = points_path([(30, 20), (10, 20), (30, 20), (5, 7)])
    assert drawn(path) == [(5, 7), (10, 20), (30, 20)]
    assert path == "m5 7h0m5 13h0m20 0h0"
    assert drawn(points_path([(11, 7), (3, 22)], tenths=1)) == [(1.1, 0.7), (0.3, 2.2)]
    assert points_path([]) == ""


@pytest.mark.parametrize("south", [-90, 20])
def test_ten_thousand_cities_are_small(south):
    rng = random.Random(1)
    # All over the world, and all in one part of it, where points are finer.
    cities = city_map(
        *(
            (rng.uniform(south, 70), rng.uniform(-170 if south < 0 else -10, 40))
            for _ in range(10_000)
        )
    )
    whole_world = cities.window == (0, 0, WIDTH, HEIGHT)
    assert whole_world == (south < 0)
    spots = {
        (round(c.x, 0 if whole_world else 1), round(c.y, 0 if whole_world else 1))
        for c in cities.cities
    }
    assert set(drawn(cities.points)) == spots
    assert len(gzip.compress(cities.points.encode(), 6)) < MOST_BYTES


def test_the_map_shows_the_part_of_the_world_that_has_the_cities():
    x, y, width, height = city_map((60.4, 5.3), (38.7, -9.1), (37.9, 23.7)).window
    assert LEAST_WIDTH <= width < WIDTH / 2
    assert width / height == pytest.approx(WIDTH / HEIGHT, abs=0.01)
    for latitude, longitude in [(60.4, 5.3), (38.7, -9.1), (37.9, 23.7)]:
        at_x, at_y = place(latitude, longitude)
        assert x < at_x < x + width
        assert y < at_y < y + height


@pytest.mark.parametrize("at", [(90, 180), (-90, -180), (0, 180), (-18.1, 178.4), (71, -156)])
def test_one_city_at_the_edge_of_the_world_is_within_its_map(at):
    x, y, width, height = city_map(at).window
    assert x >= 0
    assert y >= 0
    assert x + width <= WIDTH + 0.1
    assert y + height <= HEIGHT + 0.1
    at_x, at_y = place(*at)
    assert x <= at_x <= x + width
    assert y <= at_y <= y + height


def test_cities_on_both_sides_of_the_antimeridian_show_the_whole_world():
    cities = city_map((-18.1, 178.4), (-13.8, -171.8))
    assert cities.view_box == f"0 0 {WIDTH} {HEIGHT}"
    assert len(drawn(cities.points)) == 2


def test_a_map_of_nothing_is_the_whole_world_without_points():
    cities = city_map()
    assert not cities
    assert cities.points == ""
    assert cities.view_box == f"0 0 {WIDTH} {HEIGHT}"


@pytest.mark.django_db
def test_members_of_the_day_each_once(django_assert_num_queries):
    network = make_network("north")
    make_membership(network, "oslo-no", joined="2020")
    make_membership(network, "bergen-no", joined="2001")
    make_membership(network, "bergen-no", joined="2026", left="2026")
    make_membership(network, "past-no", joined="1999", left="2010")
    make_membership("south", "other-no")
    with django_assert_num_queries(1):
        cities = CityMap.of(members_on_map(network, day=DAY))
    assert [city.slug for city in cities.cities] == ["bergen-no", "oslo-no"]
    then = members_on_map(network, day=DAY, as_of=AsOf(datetime.date(2005, 6, 1), strict=False))
    assert [city.slug for city in CityMap.of(then).cities] == ["bergen-no", "past-no"]


@pytest.mark.django_db
def test_cities_of_a_focus_area_are_those_of_its_networks_and_of_its_parts():
    inclusion = make_focus_area("inclusion")
    safety = make_focus_area("safety", parent=inclusion)
    make_membership(make_network("whole", focus_areas=[inclusion]), "oslo-no")
    make_membership(make_network("part", focus_areas=[safety]), "bergen-no")
    make_membership("part", "oslo-no")
    make_membership("part", "past-no", left="2010")
    make_membership(make_network("climate", focus_areas=["climate"]), "other-no")

    def found(area):
        return [city.slug for city in CityMap.of(cities_at_work_on(area, day=DAY)).cities]

    assert found(inclusion) == ["bergen-no", "oslo-no"]
    assert found(safety) == ["bergen-no", "oslo-no"]


@pytest.mark.django_db
def test_a_city_says_its_name_and_country_and_where_it_is():
    make_city("suva-fj", name="Suva", country="FJ", latitude=-18.14161, longitude=178.44149)
    [city] = CityMap.of(City.objects.public()).cities
    assert (city.slug, city.name, city.country) == ("suva-fj", "Suva", "Fiji")
    assert (city.x, city.y) == place(-18.14161, 178.44149)
