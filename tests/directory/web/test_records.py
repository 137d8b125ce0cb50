"""Pages of cities, memberships, focus areas, countries and funders, in their less common states."""

import pytest

from tests.factories import (
    make_city,
    make_country,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
    make_statement,
)

pytestmark = pytest.mark.django_db


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_city_without_a_current_membership_says_what_that_means(client):
    make_membership("mayors", "bergen-no", joined="2001", left="2009")
    shown = page(client, "/cities/bergen-no/")
    assert "No current membership of this city is listed." in shown
    assert "Past memberships" in shown


def test_a_city_that_ended_says_when_and_what_it_became_part_of(client):
    make_city("fana-no", ended=1972, successor=make_city("bergen-no"))
    shown = page(client, "/cities/fana-no/")
    assert 'Ended in 1972; became part of <a href="/cities/bergen-no/">Bergen</a>' in shown
    assert '<a href="/cities/fana-no/">Fana</a> (until 1972)' in page(client, "/cities/bergen-no/")
    assert page(client, "/cities/").count("ended 1972") == 1
    assert page(client, "/countries/no/").count("ended 1972") == 1


def test_a_city_that_ended_says_as_much_as_is_known(client):
    make_city("fana-no", ended=1972)
    make_city("asane-no", successor=make_city("bergen-no"))
    assert "Ended as a municipality in 1972." in page(client, "/cities/fana-no/")
    assert "Ended; became part of" in page(client, "/cities/asane-no/")


def test_a_city_outside_the_gazetteer_has_approximate_figures(client):
    make_city("aa-en-hunze-nl", country="NL")
    shown = page(client, "/cities/aa-en-hunze-nl/")
    assert "Population, approximate" in shown
    assert "geonames.org/" not in shown.partition("<main")[2].partition("</main>")[0]


def test_a_city_shows_its_names_in_their_languages(client):
    make_label(make_city("bergen-no"), "se", "Birgon")
    assert '<bdi lang="se">Birgon</bdi>' in page(client, "/cities/bergen-no/")


def test_memberships_of_a_city_are_grouped_by_the_broad_issue(client):
    make_focus_area("inclusion", name="Rights and inclusion")
    make_focus_area("womens-safety", parent="inclusion")
    make_membership(make_network("safe", focus_areas=["womens-safety"]), "bergen-no")
    shown = page(client, "/cities/bergen-no/")
    assert shown.index("Rights and inclusion") < shown.index("/networks/safe/")


def test_a_membership_shows_every_statement_with_voice_year_and_place(client):
    membership = make_membership("mayors", "bergen-no", source_year=2019)
    make_statement(
        membership, voice="city", says="not a member", source="https://bergen.example/", ended=False
    )
    shown = page(client, membership.get_absolute_url())
    assert "<strong>A source</strong> says that Bergen is or was a member" in shown
    assert "<strong>City of Bergen, 2026-11-01</strong> says that Bergen is not a member" in shown
    assert "bergen.example" in shown


def test_a_cited_source_that_was_not_checked_says_so(client):
    membership = make_membership("mayors", "bergen-no", standing="unverified", source_year=None)
    shown = page(client, membership.get_absolute_url())
    assert "cited, not yet checked there" in shown
    assert "undated source" in shown


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"joined": "2005"}, "since 2005"),
        ({"joined": "2005-05", "left": "2011"}, "2005-05–2011"),
        ({"left": "2011"}, "until 2011"),
        ({"joined": "2005", "ended": True}, "from 2005, end not known"),
        ({"ended": True}, "ended, year not known"),
        ({"joined": "2019", "left": "2019", "role": "title holder"}, "title of 2019"),
    ],
)
def test_periods_are_told_as_far_as_they_are_known(client, dates, words):
    make_membership("mayors", "bergen-no", **dates)
    assert words in page(client, "/networks/mayors/")


def test_a_focus_area_lists_those_first_for_which_it_matters_most(client):
    make_network("by-the-way", focus_areas=["energy", "climate"])
    make_network("climate-first", focus_areas=["climate"])
    shown = page(client, "/focus-areas/climate/")
    assert shown.index("/networks/climate-first/") < shown.index("/networks/by-the-way/")


def test_a_focus_area_without_networks_points_to_the_broader_one(client):
    make_focus_area("inclusion")
    make_focus_area("interfaith", parent="inclusion")
    shown = page(client, "/focus-areas/interfaith/")
    assert "No network in the directory works on this yet." in shown
    assert "/focus-areas/inclusion/" in shown


@pytest.mark.parametrize("code", ["TW", "XK"])
def test_notes_on_countries_are_shown(client, code):
    country = make_country(code)
    assert country.note.split(";")[0] in page(client, f"/countries/{code.lower()}/")
    assert country.note.split(";")[0] in page(client, "/countries/")


def test_a_country_shows_its_cities_and_the_networks_with_members_or_seat_there(client):
    make_membership("mayors", "bergen-no")
    make_network("seated", headquarters_country="NO", headquarters_city="Oslo")
    shown = page(client, "/countries/no/")
    for address in ("/cities/bergen-no/", "/networks/mayors/", "/networks/seated/"):
        assert address in shown


def test_a_funder_lists_what_it_pays_for(client):
    make_network("mayors", funders=[make_funder("hash", name="#Fund")])
    assert "#Fund" in page(client, "/funders/")
    assert "/networks/mayors/" in page(client, "/funders/hash/")


@pytest.mark.parametrize("path", ["/", "/networks/", "/cities/", "/focus-areas/", "/countries/",
                                  "/funders/", "/changes/", "/about/", "/data/"])  # fmt: skip
def test_an_empty_directory_still_has_all_its_pages(client, path):
    page(client, path)


def test_contact_shows_the_address_that_is_set(client, settings):
    settings.CONTACT_EMAIL = "editors@citynet.example"
    assert "mailto:editors@citynet.example" in page(client, "/contact/")
    settings.CONTACT_EMAIL = ""
    assert "CONTACT_EMAIL" in page(client, "/contact/")
