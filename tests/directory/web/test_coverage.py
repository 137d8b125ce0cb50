"""The page of coverage: figures that lead to what is behind them, and gaps in words."""

import csv
import datetime
import io
import re

import pytest

from directory.models import FocusArea, Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

THIS_YEAR = datetime.datetime.now(datetime.UTC).year


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_broad_issues_by_continents_come_first(client):
    html = page(client, "/coverage/")
    assert html.count("<tr>") == 1 + FocusArea.objects.filter(parent=None).count()
    assert "Antarctica" not in html
    assert "Türkiye, Cyprus and Israel in Western Asia" in html


def test_parts_of_an_issue_by_parts_of_a_continent_can_be_asked_for(client):
    html = page(client, "/coverage/?area=inclusion&region=asia")
    assert "Disability access" in html
    assert "Central Asia" in html
    assert "/coverage/disability-access/central-asia/" in html


def test_a_hole_is_said_in_words(client):
    html = page(client, "/coverage/?area=inclusion&region=asia")
    assert re.search(r'<td class="hole"> <a [^>]*><strong>none</strong>', html)


def test_the_largest_gaps_are_told_with_what_must_be_known_to_read_them(client):
    html = page(client, "/coverage/")
    assert "no network has a listed member there, where" in html
    assert "computed from listed members alone" in html
    assert "networks have no listed member" in html


def test_each_figure_leads_to_as_many_networks_and_cities(client):
    html = page(client, "/coverage/?year=2015&precision=strict")
    for address in re.findall(r'<a href="(/coverage/[a-z-]+/africa/[^"]*)"><strong>\d', html)[:3]:
        address = address.replace("&amp;", "&")
        assert "precision=strict" in address
        cell = page(client, address)
        figure = re.search(
            rf'{re.escape(address.replace("&", "&amp;"))}"><strong>(\d+)</strong>.*?(\d+) cit', html
        )
        networks, cities = figure.groups()
        assert re.search(rf"{networks} networks? ha(s|ve) listed members there: {cities} cit", cell)


def test_a_year_leads_back_to_today_and_says_what_is_counted(client):
    html = page(client, "/coverage/?year=2000")
    assert "As of the end of 2000." in html
    assert "may have begun by then" in html


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/coverage/?year=x", 400, "is no year from 1900 to"),
        ("/coverage/?year=1899", 400, "is no year from 1900 to"),
        ("/coverage/?year=٢٠٠٠", 400, "is no year from 1900 to"),
        ("/coverage/?precision=strict", 400, "name the year, too"),
        ("/coverage/?area=nonsense", 400, "There is no focus area “nonsense”"),
        ("/coverage/?region=world", 400, "There is no region “world”"),
        ("/coverage/climate/atlantis/", 404, "There is no such page"),
        (f"/coverage/?year={THIS_YEAR}", 400, f"to {THIS_YEAR - 1}."),
        ("/coverage/climate/africa/?year=3000", 400, "is no year from 1900 to"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client, address, status, said):
    response = client.get(address)
    assert response.status_code == status
    assert said in response.content.decode()


def test_the_file_has_a_line_for_each_issue_and_region(client):
    response = client.get("/coverage/coverage.csv?year=2015")
    assert response.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == FocusArea.objects.count() * Region.objects.exclude(name="World").count()
    assert {row["level"] for row in rows} == {"1", "2"}


def test_the_page_and_the_api_say_the_same(client):
    answer = client.get("/api/v1/stats/coverage/?focus_area=climate").json()
    [climate] = answer["results"]
    africa = next(each for each in climate["regions"] if each["region"]["slug"] == "africa")
    html = page(client, "/coverage/")
    found = re.search(
        r'/coverage/climate/africa/"><strong>(\d+)</strong>.*?>(\d+) cities, (\d+)%<', html
    )
    share = round(africa["population_share"] * 100)
    assert [int(each) for each in found.groups()] == [
        africa["networks_with_members"],
        africa["member_cities"],
        share,
    ]


def test_funders_are_shown_by_region_and_by_what_they_pay_for(client):
    html = page(client, "/coverage/funders/")
    assert "/funders/rockefeller-foundation/" in html
    assert "Resilience and disaster risk" in html
