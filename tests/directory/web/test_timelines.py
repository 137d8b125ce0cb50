"""The page of years shows what is known of all networks, or of those on one issue."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_years_are_drawn_told_and_listed(client):
    html = page(client, "/timelines/")
    assert "497 networks" in html
    assert '<path class="lower" d="M' in html
    assert "the year of their founding is not known" in html
    assert '<tr><th scope="row">1990</th>' in html


def test_one_issue_can_be_asked_for(client):
    html = page(client, "/timelines/?focus_area=womens-safety")
    assert "<h1>Networks by year: Women&#x27;s safety</h1>" in html
    assert "19 networks" in html


def test_an_unknown_issue_is_refused_in_words(client):
    response = client.get("/timelines/?focus_area=nonsense")
    assert response.status_code == 400
    assert "There is no focus area “nonsense”" in response.content.decode()


def test_a_network_with_dated_memberships_shows_how_it_grew(client):
    html = page(client, "/networks/unesco-creative-cities-network/")
    assert "Members by year" in html
    assert "have a joining date" in html


def test_a_network_without_dates_shows_no_growth(client):
    assert "Members by year" not in page(client, "/networks/c40-cities/")
