"""Beside every list stands the way to take it away, under the filters of the page."""

import re
from html import unescape

import pytest

from tests.factories import make_city, make_focus_area, make_funder, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records():
    make_focus_area("climate")
    make_funder("fund")
    network = make_network("network", focus_areas=["climate"], funders=["fund"])
    make_membership(network, make_city("bergen-no", name="Bergen"), joined="2010")


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("/networks/", "networks.csv"),
        ("/networks/?scope=global&sort=-members", "networks.csv?scope=global&sort=-members"),
        ("/search/?q=net&page=1", "networks.xlsx?q=net"),
        ("/cities/?country=no", "cities.geojson?country=no"),
        ("/networks/network/", "memberships.csv?network=network"),
        ("/cities/bergen-no/", "memberships.jsonl?city=bergen-no"),
        (
            "/networks/network/?find=bergen&page=1",
            "memberships.csv?network=network&find=bergen",
        ),
        (
            "/networks/network/?as_of=2020-12-31",
            "memberships.csv?network=network&as_of=2020-12-31",
        ),
        (
            "/cities/bergen-no/?precision=strict&as_of=2020-12-31",
            "memberships.csv?city=bergen-no&as_of=2020-12-31&precision=strict",
        ),
        ("/focus-areas/climate/", "networks.json?focus_area=climate"),
        ("/focus-areas/", "focus-areas.csv"),
        ("/countries/", "countries.csv"),
        ("/countries/no/", "cities.csv?country=NO"),
        ("/countries/no/", "networks.csv?member_country=NO"),
        ("/funders/", "funders.csv"),
        ("/funders/fund/", "networks.csv?funder=fund"),
    ],
)
def test_a_page_leads_to_its_files(client, page, file):
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', html(client, page))]
    assert f"/api/v1/{file}" in links
    assert client.get(f"/api/v1/{file}").status_code == 200


def test_the_form_of_columns_carries_the_filters_and_names_each_column(client):
    shown = html(client, "/cities/?country=no")
    form = shown[shown.index('class="download"') :]
    assert '<input type="hidden" name="country" value="no">' in form
    assert '<input type="checkbox" name="columns" value="population">' in form
    assert 'formaction="/api/v1/cities.csv"' in form


def test_a_page_with_a_mistake_in_it_offers_no_file(client):
    shown = client.get("/cities/?country=nowhere").content.decode()
    assert 'class="download"' not in shown
