"""The page of a network: facts, sources, how to join, members with standing, empty states."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import make_city, make_membership, make_network, make_statement, writing

pytestmark = pytest.mark.django_db


def page(client, slug="mayors", query=""):
    response = client.get(f"/networks/{slug}/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_stated_and_listed_members_stand_side_by_side(client):
    make_network(
        "mayors",
        stated_members=1234,
        stated_members_as_of=2023,
        stated_members_source="https://example.org/count",
    )
    make_membership("mayors", "bergen-no")
    shown = page(client)
    assert "1 current member city is listed here." in shown
    assert "states 1,234 members" in shown
    assert '(2023, <a href="https://example.org/count"' in shown


def test_a_count_without_a_year_says_that_it_is_undated(client):
    make_network("mayors", stated_members=9, stated_members_source="https://example.org/count")
    assert "9 (undated, <a" in page(client)


@pytest.mark.parametrize("standing", ["confirmed", "sourced", "unverified", "disputed"])
def test_standing_is_told_by_word_and_shape_in_every_row(client, standing):
    make_membership("mayors", "bergen-no", standing=standing)
    shown = page(client)
    assert f"#{standing}" in shown
    assert f"</svg>{standing}</span>" in shown


def test_every_row_leads_to_who_says_so(client):
    membership = make_membership("mayors", "bergen-no", source_year=2024)
    shown = page(client)
    assert f'href="/memberships/{membership.public_id}/"' in shown
    assert "2024" in shown
    assert "who says so?" in shown


def test_a_source_without_a_year_is_called_undated(client):
    make_membership("mayors", "bergen-no", source_year=None)
    assert "undated source" in page(client)


@pytest.mark.parametrize(("age", "is_old"), [(5, False), (6, True)])
def test_a_current_membership_with_an_old_newest_word_says_so(client, age, is_old):
    make_membership("mayors", "bergen-no", source_year=timezone.now().year - age)
    assert ("older than five years" in page(client)) is is_old


@pytest.mark.parametrize(("days", "due"), [(300, False), (400, True)])
@pytest.mark.parametrize("path", ["/networks/mayors/", "/cities/bergen-no/", "membership"])
def test_a_membership_not_confirmed_for_a_year_says_since_when(client, path, days, due):
    membership = make_membership("mayors", "bergen-no", source_year=2010)
    made = timezone.now().date() - datetime.timedelta(days=days)
    make_statement(membership, voice="city", made=made, source_year=made.year)
    path = membership.get_absolute_url() if path == "membership" else path
    shown = " ".join(client.get(path).content.decode().split())
    assert (f"last confirmed {made}" in shown) is due


def test_a_past_membership_needs_no_confirmation(client):
    membership = make_membership("mayors", "bergen-no", joined="2001", left="2009")
    make_statement(membership, voice="city", made=datetime.date(2020, 1, 1))
    assert "last confirmed" not in page(client)


def test_past_and_coming_members_stand_apart(client):
    year = timezone.now().year
    make_membership("mayors", "bergen-no", joined="2001", left="2009")
    make_membership("mayors", "oslo-no", joined=str(year + 1), left=str(year + 1))
    shown = page(client)
    assert "No current member city is listed here." in shown
    assert "Past members" in shown
    assert "2001–2009" in shown
    assert "From a later day" in shown


def test_members_are_grouped_by_country(client):
    make_membership("mayors", make_city("lyon-fr", country="FR"))
    make_membership("mayors", make_city("bergen-no", country="NO"))
    shown = page(client)
    assert shown.index("France") < shown.index("Lyon") < shown.index("Norway")


def test_a_hundred_members_a_page(client, django_assert_max_num_queries):
    with writing():
        make_network("mayors")
        for number in range(101):
            make_membership("mayors", f"city-{number:03}-no")
    with django_assert_max_num_queries(30):
        shown = page(client)
    assert shown.count('href="/memberships/') == 100
    assert page(client, query="?page=2").count('href="/memberships/') == 1
    assert client.get("/networks/mayors/?page=3").status_code == 404
    assert client.get("/networks/mayors/?page=x").status_code == 400


def test_finding_in_the_list_works_without_a_script(client):
    with writing():
        make_network("mayors")
        for name in "abcdefghijkl":
            make_membership("mayors", make_city(f"{name}-no", name=f"{name}stad"))
        make_membership("mayors", make_city("lodz-pl", name="Łódź", country="PL"))
    shown = page(client, query="?find=lodz")
    assert "Łódź" in shown
    assert "astad" not in shown
    assert "1 current member matches “lodz”" in shown
    assert 'rel="canonical" href="http://localhost:8000/networks/mayors/"' in shown
    assert "lstad" in page(client, query="?find=NORWAY")


def test_without_a_listed_member_it_says_what_that_means_and_where_to_look(client):
    make_network("mayors", members_url="https://example.org/members")
    shown = page(client)
    assert "No member of this network is listed here yet." in shown
    assert 'href="https://example.org/members"' in shown


def test_how_to_join_is_said_even_where_it_is_not_known(client):
    make_network("mayors", joining="unknown")
    assert "How to join is not known" in page(client)


def test_a_merged_network_leads_to_the_one_it_went_into(client):
    heir = make_network("heir")
    make_network("mayors", status="merged", merged_into=heir, ended=2016)
    shown = page(client)
    assert 'has merged into <a href="/networks/heir/">' in shown
    assert "takes no new members" in shown
    assert "Took in" in page(client, "heir")


@pytest.mark.parametrize(
    ("status", "words"), [("ended", "has ended"), ("dormant", "seems to be dormant")]
)
def test_a_network_that_is_not_at_work_says_so(client, status, words):
    make_network("mayors", status=status)
    assert words in page(client)


def test_parent_and_sections_are_linked(client):
    parent = make_network("parent")
    make_network("mayors", parent=parent)
    assert 'href="/networks/parent/"' in page(client)
    assert "Sections and programmes" in page(client, "parent")


def test_related_networks_say_why(client):
    make_network("mayors")
    make_network("other-mayors")
    assert "works on Climate too" in page(client)


def test_sources_stand_under_the_facts(client):
    make_network("mayors", sources=["https://www.example.org/a"])
    assert 'href="https://www.example.org/a" rel="noopener">example.org/a</a>' in page(client)
