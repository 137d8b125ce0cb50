"""Maps on pages: what they show without a script, and the names that the script asks for."""

import html
import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.conf import settings

from directory.accounts.limits import action_of
from directory.history import change_set
from directory.models.choices import Origin
from tests.factories import (
    make_city,
    make_focus_area,
    make_membership,
    make_network,
    make_redirect,
)

pytestmark = pytest.mark.django_db

OUTLINE = settings.BASE_DIR / "static" / "img" / "world.svg"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def world():
    make_city("bergen-no", name="Bergen", latitude=60.39, longitude=5.32, population=280_000)
    make_city("oslo-no", name="Oslo", latitude=59.91, longitude=10.75, population=700_000)
    make_city("suva-fj", name="Suva", country="FJ", latitude=-18.14, longitude=178.44)
    north = make_network("north", name="North", focus_areas=[make_focus_area("climate")])
    make_membership(north, "bergen-no", joined="2001")
    make_membership(north, "oslo-no", joined="2020")
    make_membership(make_network("islands", focus_areas=["oceans"]), "suva-fj")


def figure(client, path):
    """The map of a page, and what its script would get."""
    page = client.get(path).content.decode()
    [found] = re.findall(r'<figure class="map".*?</figure>', page, re.DOTALL)
    names = html.unescape(re.search(r'data-names="(.*?)"', found)[1])
    return found, client.get(names).json()


def slugs(names):
    return [row[names["columns"].index("slug")] for row in names["cities"]]


@pytest.mark.parametrize(
    ("path", "label", "expected"),
    [
        ("/networks/north/", "Map with 2 member cities of North", ["bergen-no", "oslo-no"]),
        ("/networks/north/?as_of=2010-05-01", "1 member city of North", ["bergen-no"]),
        ("/networks/islands/?as_of=2010-05-01&precision=strict", None, None),
        ("/focus-areas/climate/", "Map with 2 cities in networks", ["bergen-no", "oslo-no"]),
        ("/cities/", "Map with the 3 cities found", ["bergen-no", "oslo-no", "suva-fj"]),
        ("/cities/?sort=-population&country=no", "the 2 cities found", ["bergen-no", "oslo-no"]),
        ("/cities/?q=suva", "Map with the 1 city found", ["suva-fj"]),
        ("/cities/?network=north&as_of=2010-05-01", "the 1 city found", ["bergen-no"]),
        ("/cities/?q=nowhere&exact=true", None, None),
        ("/cities/?population_min=many", None, None),
        ("/networks/north/?find=bergen", None, None),
    ],
)
def test_a_page_and_its_names_are_of_the_same_cities(client, path, label, expected):
    if label is None:
        assert '<figure class="map"' not in client.get(path).content.decode()
        return
    drawing, names = figure(client, path)
    assert label in drawing
    assert slugs(names) == expected
    assert drawing.count("h0") == len(expected)


def test_a_map_of_many_pages_has_the_cities_of_all(client):
    for number in range(60):
        make_city(f"city-{number}-no", name=f"City {number}", latitude=60, longitude=number)
    drawing, names = figure(client, "/cities/?page=2")
    assert len(names["cities"]) == drawing.count("h0") == 63


def test_the_drawing_is_a_picture_with_a_name_and_a_list_beside_it(client):
    drawing, _names = figure(client, "/networks/north/")
    assert 'role="img" aria-label="Map with' in drawing
    assert "Equal Earth projection. Outline: Natural Earth." in drawing
    assert 'href="#current-members"' in drawing
    assert 'id="current-members"' in client.get("/networks/north/").content.decode()
    # What only a script can do is not offered without one.
    assert '<div class="map-tools" hidden>' in drawing
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style", drawing)


def test_names_say_what_they_are_in(client):
    answer = client.get("/maps/networks/north.json")
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["ETag"]
    found = answer.json()
    assert (found["projection"], found["width"], found["height"]) == ("Equal Earth", 2000, 974)
    assert found["columns"] == ["slug", "name", "country", "x", "y"]
    assert found["cities"][0][:3] == ["bergen-no", "Bergen", "Norway"]


def test_wrong_addresses_of_names_are_refused(client):
    with change_set(origin=Origin.COMMAND, reason="Test"):
        make_redirect("network", "old-north", "north")
    assert client.get("/maps/networks/old-north.json")["Location"] == "/maps/networks/north.json"
    for path in ("/maps/networks/nowhere.json", "/maps/focus-areas/nowhere.json"):
        assert client.get(path).status_code == 404
    for path in ("/maps/networks/north.json?as_of=soon", "/maps/cities.json?population_min=many"):
        assert client.get(path).status_code == 400


def test_words_for_the_names_count_as_a_search():
    assert action_of("/maps/cities.json", has_words=True) == "search"
    assert action_of("/maps/cities.json") == ""


def test_the_outline_of_the_world_is_small_and_drawn_as_the_points_are():
    assert OUTLINE.stat().st_size < 40_000
    root = ElementTree.fromstring(OUTLINE.read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 2000 974"
    paths = {each.get("id"): each.get("d") for each in root.iter(f"{SVG}path")}
    assert paths.keys() == {"sea", "land"}
    for path in paths.values():
        x = y = 0
        for shape in path.removesuffix("z").split("z"):
            numbers = [int(each) for each in re.findall(r"-?\d+", shape)]
            start = None
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                start = start or (x, y)
                assert 0 <= x <= 2000
                assert 0 <= y <= 974
            x, y = start


@pytest.fixture
def compared(world):
    """Two networks that have Bergen in common, and one that shares nothing."""
    south = make_network("south", name="South")
    make_membership(south, "bergen-no")
    make_membership(
        south, make_city("faro-pt", name="Faro", country="PT", latitude=37.0, longitude=-7.9)
    )
    make_membership(
        south, make_city("left-no", name="Left", latitude=61.0, longitude=6.0), left="2010"
    )


def test_compared_networks_show_which_cities_more_than_one_of_them_has(client, compared):
    found, names = figure(client, "/compare/networks/?network=north&network=south")
    assert slugs(names) == ["bergen-no", "faro-pt", "oslo-no"]
    layers = dict(re.findall(r'<path class="map-points few (\w+)" d="([^"]+)"', found))
    assert {shape: path.count("h0") for shape, path in layers.items()} == {"round": 2, "square": 1}
    assert re.findall(r"</svg>([^<]+)</li>", found) == ["in one of them alone", "in more than one"]
    assert 'aria-label="Map with 3 member cities of the networks compared"' in found
    assert 'href="#member-lists"' in found


def test_compared_cities_stand_on_a_map(client):
    found, names = figure(client, "/compare/cities/?city=suva-fj&city=bergen-no")
    assert slugs(names) == ["bergen-no", "suva-fj"]
    assert found.count("h0") == 2
    assert "map-legend" not in found


def test_networks_without_members_are_compared_without_a_map(client):
    make_network("empty")
    make_network("also-empty")
    page = client.get("/compare/networks/?network=empty&network=also-empty").content.decode()
    assert "<figure" not in page


@pytest.mark.parametrize("kind", ["networks", "cities"])
def test_names_for_a_comparison_of_nothing_are_none(client, kind):
    answer = client.get(f"/maps/compare/{kind}.json?network=no-such-one&city=")
    assert (answer.status_code, answer.json()["cities"]) == (200, [])
