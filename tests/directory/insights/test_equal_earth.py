"""The projection of the maps: against what others publish, and by what it promises."""

import math

import pytest

from directory.insights.equal_earth import HEIGHT, WIDTH, equal_earth, on_map

# Bounds that Cartopy's own tests give, in metres, on the sphere that has the area of WGS 84.
RADIUS = 6371007.1809
LATITUDES = range(-90, 91, 5)


def test_bounds_are_those_of_others():
    east, north = equal_earth(0, 180)[0] * RADIUS, equal_earth(90, 0)[1] * RADIUS
    assert east == pytest.approx(17243959.0622, abs=0.1)
    assert north == pytest.approx(8392927.5985, abs=0.1)
    # As the paper of its authors states it.
    assert east / north == pytest.approx(2.05458, abs=0.00001)
    # There, too, a pole is 0.59247 as long as the equator.
    assert equal_earth(90, 180)[0] / equal_earth(0, 180)[0] == pytest.approx(0.59247, abs=0.00001)


def test_areas_stay_equal():
    step = 0.001
    for latitude in range(-85, 86, 5):
        for longitude in (-170, -20, 0, 95):
            west = equal_earth(latitude, longitude - step)
            east = equal_earth(latitude, longitude + step)
            south = equal_earth(latitude - step, longitude)
            north = equal_earth(latitude + step, longitude)
            drawn = (east[0] - west[0]) * (north[1] - south[1]) - (east[1] - west[1]) * (
                north[0] - south[0]
            )
            on_globe = math.radians(2 * step) ** 2 * math.cos(math.radians(latitude))
            assert drawn / on_globe == pytest.approx(1, abs=1e-5), (latitude, longitude)


def test_halves_mirror_each_other():
    for latitude in LATITUDES:
        x, y = equal_earth(latitude, 77)
        assert equal_earth(-latitude, 77) == pytest.approx((x, -y))
        assert equal_earth(latitude, -77) == pytest.approx((-x, y))


def test_north_is_up_and_east_is_right():
    assert on_map(0, 0) == (WIDTH / 2, HEIGHT / 2)
    heights = [on_map(latitude, 10)[1] for latitude in LATITUDES]
    assert heights == sorted(heights, reverse=True)
    for latitude in LATITUDES:
        across = [on_map(latitude, longitude)[0] for longitude in range(-180, 181, 5)]
        assert across == sorted(across)
        assert len(set(across)) == len(across)


@pytest.mark.parametrize("latitude", [-90, -60, 0, 60, 90])
@pytest.mark.parametrize("longitude", [-180, 180])
def test_the_edge_of_the_world_is_on_the_drawing(latitude, longitude):
    x, y = on_map(latitude, longitude)
    assert 0 <= round(x, 6) <= WIDTH
    assert 0 <= round(y, 6) <= HEIGHT
    if latitude == 0:
        assert x == pytest.approx(WIDTH if longitude > 0 else 0)
    if abs(latitude) == 90:
        assert abs(y - HEIGHT / 2) == pytest.approx(HEIGHT / 2, abs=0.5)
