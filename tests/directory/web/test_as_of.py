"""Pages as of a date: which day is shown, what is only possible, and the way back to today."""

import re

import pytest
from django.utils import timezone

from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

THEN = "as_of=2019-12-31"
NOTE = "As of 31 December 2019."
POSSIBLE = '<strong class="status">possible</strong>'


@pytest.fixture(autouse=True)
def field():
    """A network with a member that is sure, one that is possible, one gone, one to come."""
    network = make_network("sea", founded=2000)
    make_membership(network, make_city("sure-no"), joined="2010")
    make_membership(network, make_city("possible-fr", country="FR"))
    make_membership(network, make_city("gone-no"), joined="2010", left="2015")
    make_membership(network, make_city("later-de", country="DE"), joined="2021")


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def linked(shown):
    """Ids of the cities that the first table of the page links to."""
    table = shown.partition("<tbody>")[2].partition("</table>")[0]
    return re.findall(r'href="/cities/([^/"]+)/"', table)


def test_the_members_of_a_network_are_those_of_the_day(client):
    shown = page(client, f"/networks/sea/?{THEN}")
    assert linked(shown) == ["possible-fr", "sure-no"]
    assert "2 member cities of that day are listed here." in shown
    assert shown.count(POSSIBLE) == 1
    assert "Past members" not in shown
    strict = page(client, f"/networks/sea/?{THEN}&precision=strict")
    assert linked(strict) == ["sure-no"]
    assert POSSIBLE not in strict


@pytest.mark.parametrize(
    "path", ["/networks/sea/", "/cities/sure-no/", "/networks/", "/cities/", "/search/"]
)
def test_a_page_says_which_day_it_shows_leads_back_and_is_cited_with_it(client, path):
    shown = page(client, f"{path}?{THEN}")
    assert NOTE in shown
    assert f'<a href="{path}">Back to today</a>' in shown
    assert f'<link rel="canonical" href="http://localhost:8000{path}?{THEN}">' in shown
    assert 'type="date" name="as_of"' in shown
    assert 'value="2019-12-31"' in shown
    today = page(client, path)
    assert NOTE not in today
    assert 'type="date" name="as_of"' in today


def test_the_memberships_of_a_city_are_those_of_the_day(client):
    gone = page(client, "/cities/gone-no/?as_of=2012-06-30")
    assert "1 network membership of that day is listed here." in gone
    assert "Past memberships" not in gone
    assert "No membership of this city on that day is listed." in page(
        client, f"/cities/gone-no/?{THEN}"
    )
    assert POSSIBLE in page(client, f"/cities/possible-fr/?{THEN}")


def test_lists_mark_what_is_possible_in_words(client):
    cities = page(client, f"/cities/?{THEN}&network=sea")
    assert linked(cities) == ["possible-fr", "sure-no"]
    assert cities.count(POSSIBLE) == 1
    assert POSSIBLE in page(client, f"/networks/?{THEN}&member=possible-fr")
    assert POSSIBLE not in page(client, f"/networks/?{THEN}&member=sure-no")


def test_taking_off_the_day_takes_off_its_precision(client):
    shown = page(client, f"/networks/?{THEN}&precision=strict&status=active")
    [chip] = re.findall(r"31 December 2019</span> <a href=\"([^\"]+)\"", shown)
    assert chip == "/networks/?status=active"


def test_the_pages_of_a_member_list_keep_the_day(client):
    for number in range(101):
        make_membership("sea", f"many-{number}-no", joined="2001")
    shown = page(client, f"/networks/sea/?{THEN}")
    assert f"/networks/sea/?{THEN}&amp;page=2" in shown
    assert '<input type="hidden" name="as_of" value="2019-12-31">' in shown


@pytest.mark.parametrize("path", ["/networks/sea/", "/cities/sure-no/", "/networks/", "/cities/"])
def test_the_form_offers_days_until_today(client, path):
    today = timezone.now().date().isoformat()
    assert f'type="date" name="as_of" min="1800-01-01" max="{today}"' in page(client, path)


@pytest.mark.parametrize("path", ["/networks/sea/", "/cities/sure-no/", "/networks/", "/cities/"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=2019", "“2019” is not a full day; write it as 2019-12-31."),
        ("precision=strict", "“precision” is that of the answer to a day"),
        ("as_of=2100-12-31", "“2100-12-31” has not come yet; the latest day to ask for is today"),
    ],
)
def test_what_is_no_day_is_refused_with_what_would_be_right(client, path, query, said):
    assert said in page(client, f"{path}?{query}", status=400)
