"""Whoever shares a link to a network or a city shows with it what that is, as a picture."""

import datetime
import io
import re

import pytest
from django.utils.html import escape
from django.utils.translation import override
from PIL import Image

from directory.web import preview_pictures
from directory.web.preview_pictures import HEIGHT, ROOM, WIDTH, png
from directory.web.previews import Preview
from tests.factories import make_city, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
PICTURES = ["/networks/north/preview.png", "/cities/bergen-no/preview.png"]
PAGES = ["/networks/north/", "/cities/bergen-no/"]


@pytest.fixture(autouse=True)
def _records():
    north = make_network("north", name="Cities of the North & Sea", focus_areas=["climate"])
    make_membership(north, make_city("bergen-no", name="Bergen"))


def preview(name="Bergen", **words):
    usual = {"path": "/", "kind": "Norway", "areas": ("Climate",), "count": "3 listed"}
    return Preview(name=name, **usual | words)


def opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def ink_in(picture, box):
    """How many pixels of a part are not of the colour that most are of."""
    colours = sorted(picture.convert("RGB").crop(box).getcolors(maxcolors=100_000))
    return sum(count for count, _colour in colours[:-1])


@pytest.mark.parametrize("address", PICTURES)
def test_a_picture_has_the_size_that_sites_ask_for(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    picture = opened(response.content)
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(response.content) < 40_000


@pytest.mark.parametrize("address", PICTURES)
def test_a_picture_is_kept_and_asked_for_like_a_page(client, address):
    response = client.get(address)
    assert response["Cache-Control"] == "public, no-cache"
    assert not response.cookies
    told = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (told.status_code, told.content) == (304, b"")
    assert "Content-Encoding" not in client.get(address, headers={"accept-encoding": "br"}).headers


@pytest.mark.parametrize("address", PICTURES)
def test_the_same_facts_give_the_same_bytes(client, address):
    first = client.get(address).content
    png.cache_clear()
    assert client.get(address).content == first


def test_other_facts_give_another_picture(client):
    before = [client.get(address).content for address in PICTURES]
    make_membership("north", make_city("oslo-no"))
    make_membership("south", "bergen-no")
    after = [client.get(address).content for address in PICTURES]
    assert all(one != other for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize(("page", "address"), list(zip(PAGES, PICTURES, strict=True)))
@pytest.mark.parametrize("language", ["", "/fr"])
def test_a_page_names_its_picture_and_what_it_shows(client, page, address, language):
    html = client.get(language + page).content.decode()
    said = dict(re.findall(r'="((?:og|twitter):[a-z:_]+)" content="(.*)">', html))
    assert said["og:image"] == SITE + address
    assert (said["og:image:width"], said["og:image:height"]) == (str(WIDTH), str(HEIGHT))
    assert said["og:url"] == SITE + language + page
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:title"] in ("Cities of the North &amp; Sea", "Bergen")
    assert said["og:image:alt"].startswith(said["og:title"])


def test_the_words_are_those_of_the_record(client):
    [alt] = re.findall(r'og:image:alt" content="(.*)">', client.get(PAGES[0]).content.decode())
    assert escape("Cities of the North & Sea; ") in alt
    assert "Climate" in alt
    assert alt.endswith("1 member city listed")
    [alt] = re.findall(r'og:image:alt" content="(.*)">', client.get(PAGES[1]).content.decode())
    assert alt == "Bergen; Norway; Climate; 1 network membership listed"


def test_what_nobody_listed_is_said_so(client):
    make_network("empty")
    make_city("oslo-no")
    html = client.get("/networks/empty/").content.decode()
    assert "no member city listed" in html
    assert "no network membership listed" in client.get("/cities/oslo-no/").content.decode()


def test_a_page_of_another_day_has_no_picture(client):
    assert "og:image" not in client.get("/cities/bergen-no/?as_of=2001-01-01").content.decode()


def test_a_picture_of_a_former_id_leads_to_the_present_one(client):
    make_redirect("network", "old", "north")
    response = client.get("/networks/old/preview.png")
    assert (response.status_code, response["Location"]) == (301, PICTURES[0])
    assert client.get("/cities/Bergen-NO/preview.png")["Location"] == PICTURES[1]
    assert client.get("/cities/nowhere/preview.png").status_code == 404
    assert client.get("/fr/cities/bergen-no/preview.png").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "Bo",
        "Villedieu-les-Poêles-Rouffigny",
        "RE.A.DY – Italian network of regions and local authorities against discrimination based "
        "on sexual orientation and gender identity",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2,
        "x" * 1000,
        "Many words of one name " * 40,
    ],
)
def test_any_name_stays_within_the_picture(name):
    lines = preview_pictures._fitted(name)
    assert 1 <= len(lines) <= 4
    assert all(font.getlength(text) <= ROOM for text, font in lines)
    shown = " ".join(text for text, _font in lines)
    if len(name) < 140:
        assert shown.replace(" ", "") == name.replace(" ", "")
    else:
        assert shown.endswith("…")
    picture = opened(png(preview(name, kind=name, areas=(name,) * 4, count=name[:30])))
    for left, right in ((0, 78), (WIDTH - 76, WIDTH)):
        assert not ink_in(picture, (left, 20, right, HEIGHT - 100))
    assert not ink_in(picture, (0, HEIGHT - 106, WIDTH, HEIGHT - 97))


@pytest.mark.parametrize(
    "name", ["Kraków", "Ærøskøbing", "Tōkyō", "İzmir", "Αθήνα", "Київ", "Đà Nẵng", "Hawaiʻi", "Mª"]
)
def test_names_of_the_font_s_scripts_are_drawn(client, name):
    make_city("here-xx", name=name)
    assert f"{name}; " in client.get("/cities/here-xx/").content.decode()
    font = preview_pictures._font(40, 600)
    missing = bytes(font.getmask("\uffff"))
    assert all(bytes(font.getmask(letter)) != missing for letter in name)


@pytest.mark.parametrize("name", ["東京", "القاهرة", "서울", "กรุงเทพ"])
def test_what_the_font_lacks_is_called_by_its_id_not_by_boxes(client, name):
    make_city("here-xx", name=name)
    html = client.get("/cities/here-xx/").content.decode()
    assert 'og:image:alt" content="here-xx; ' in html
    assert f'og:title" content="{name}"' in html


def test_a_picture_is_drawn_quickly_and_once(client):
    drawn = png.cache_info().misses
    client.get(PICTURES[0])
    client.get(PICTURES[0])
    assert png.cache_info().misses <= drawn + 1
    assert png.cache_info().maxsize == preview_pictures.KEPT


def test_pillow_waits_for_the_first_picture():
    source = preview_pictures.__spec__.loader.get_source(preview_pictures.__name__)
    assert not re.findall(r"^(?:from|import) (?:PIL|fontpkg)", source, re.MULTILINE)


def test_the_day_is_that_of_the_page(client, monkeypatch):
    make_membership("passing", "bergen-no", joined="2020", left="2050-01-01")
    today = client.get(PICTURES[1]).content
    later = datetime.datetime(2060, 6, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr("directory.web.views.previews.now", lambda: later)
    assert client.get(PICTURES[1]).content != today


def test_words_of_a_page_are_in_its_language():
    with override("fr"):
        assert preview().alt == "Bergen; Norway; Climate; 3 listed"
