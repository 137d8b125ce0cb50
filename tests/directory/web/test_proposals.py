"""People propose cities and networks that are missing, after seeing what looks alike."""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from directory.models import City, Network, Place, PlaceName, Submission
from directory.models.text import sort_key
from tests.directory.registration.people import make_person
from tests.factories import make_city, make_country, make_network

pytestmark = pytest.mark.django_db

CITIES, NETWORKS = "/account/proposals/cities/new/", "/account/proposals/networks/new/"
SOURCE = "https://example.org/about"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def browser():
    client = Client()
    client.force_login(make_person())
    return client


@pytest.fixture
def voss():
    make_country("NO")
    place = Place.objects.create(
        geonameid=3132025,
        name="Voss",
        country_code="NO",
        admin1_code="46",
        admin1_name="Vestland",
        latitude=60.63,
        longitude=6.42,
        population=14_000,
        timezone="Europe/Oslo",
    )
    for name in ("Voss", "Vossevangen"):
        PlaceName.objects.create(place=place, name=name, key=sort_key(name))
    return place


def html(response):
    return response.content.decode()


def key():
    return {"form_key": str(uuid.uuid4()), "source": SOURCE}


class TestCities:
    def test_a_place_is_found_by_any_name_and_proposed(self, browser, voss):
        shown = html(browser.get(f"{CITIES}?q=vossevangen&country=NO"))
        assert "14,000 inhabitants" in shown
        assert f"?place={voss.pk}" in shown
        response = browser.post(f"{CITIES}?place={voss.pk}", key())
        made = Submission.objects.get()
        assert response.headers["Location"] == f"/account/suggestions/{made.pk}/"
        assert made.proposed["geonameid"] == voss.pk
        assert (made.proposed["name"], made.proposed["country"]) == ("Voss", "NO")
        assert not City.objects.exists()

    def test_the_beginning_of_a_name_is_enough(self, browser, voss):
        assert f"?place={voss.pk}" in html(browser.get(f"{CITIES}?q=vos"))

    def test_a_place_that_is_listed_leads_there(self, browser, voss):
        make_city("voss-no", name="Voss", place=voss)
        shown = html(browser.get(f"{CITIES}?q=voss"))
        assert 'href="/cities/voss-no/"' in shown
        assert f"?place={voss.pk}" not in shown
        assert "already" in html(browser.get(f"{CITIES}?place={voss.pk}"))

    def test_what_the_gazetteer_lacks_is_described(self, browser):
        make_country("NO")
        said = {"name": "Ny By", "country": "NO", "latitude": "60.5", "longitude": "5,5"} | key()
        shown = html(browser.post(f"{CITIES}?place=none&q=Ny", said))
        assert "is not a number" in shown
        assert 'value="Ny By"' in shown
        assert browser.post(f"{CITIES}?place=none", said | {"longitude": "5.5"}).status_code == 302
        proposed = Submission.objects.get().proposed
        assert (proposed["latitude"], proposed["longitude"]) == (60.5, 5.5)

    def test_what_looks_alike_is_shown_first_and_nothing_typed_is_lost(self, browser):
        make_city("bergen-no", name="Bergen")
        said = {"name": "Bergén", "country": "NO", "latitude": "60.4", "longitude": "5.3"} | key()
        shown = html(browser.post(f"{CITIES}?place=none", said))
        assert "Is it one of these?" in shown
        assert "/account/claims/new/cities/bergen-no/" in shown
        assert 'value="Bergén"' in shown
        assert not Submission.objects.exists()
        sent = browser.post(f"{CITIES}?place=none", said | {"none_of_these": "bergen-no "})
        assert sent.status_code == 302

    def test_none_of_these_means_those_that_were_shown(self, browser):
        make_city("bergen-no", name="Bergen")
        make_city("oslo-no", name="Oslo", latitude=59.9, longitude=10.7)
        said = {"name": "Oslo", "country": "NO", "latitude": "59.9", "longitude": "10.7"} | key()
        sent = browser.post(f"{CITIES}?place=none", said | {"none_of_these": "bergen-no "})
        assert "/cities/oslo-no/" in html(sent)
        assert not Submission.objects.exists()

    @pytest.mark.parametrize("place", ["0", "99999999999", "²", "-1", "x", "%00"])
    def test_a_place_that_is_not_there_is_not_found(self, browser, place):
        assert browser.get(f"{CITIES}?place={place}").status_code == 404

    @pytest.mark.parametrize("typed", ["", "%00", "'", "a" * 5000, "…"])
    def test_whatever_is_looked_for_is_answered(self, browser, typed):
        assert browser.get(f"{CITIES}?q={typed}").status_code == 200


class TestNetworks:
    def test_a_name_and_a_source_are_enough(self, browser):
        shown = html(browser.get(f"{NETWORKS}?name=Harbour+Cities"))
        assert 'value="Harbour Cities"' in shown
        response = browser.post(NETWORKS, {"name": "Harbour Cities"} | key())
        assert response.status_code == 302
        assert Submission.objects.get().proposed == {"name": "Harbour Cities"}
        assert not Network.objects.exists()

    def test_a_name_that_only_looks_the_same_is_shown(self, browser):
        make_network("eurocities", name="Eurocities")
        shown = html(browser.post(NETWORKS, {"name": "Еurосities"} | key()))
        assert "Is it one of these?" in shown
        assert "/account/claims/new/networks/eurocities/" in shown
        assert not Submission.objects.exists()

    def test_a_name_with_invisible_characters_is_refused_beside_the_field(self, browser):
        shown = html(browser.post(NETWORKS, {"name": "Harbour\u202eCities"} | key()))
        assert "invisible character U+202E" in shown


@pytest.mark.parametrize("path", [CITIES, NETWORKS])
def test_visitors_sign_in_first(client, path):
    assert client.get(path).headers["Location"].startswith("/account/login/")
