"""The dashboard on which an office sees what needs its word, and says it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.models import ChangeSet, Statement
from directory.models.claim import ClaimState
from directory.models.upload import Upload
from directory.registration import memberships, objections
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import (
    make_city,
    make_label,
    make_membership,
    make_network,
    make_statement,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.date(2024, 3, 2)


@pytest.fixture
def bergen():
    return make_city("bergen-no")


@pytest.fixture
def north():
    return make_network("north", name="North")


@pytest.fixture
def kari(bergen, client):
    """Acts for Bergen and is signed in."""
    person = make_staff(bergen)
    client.force_login(person)
    return person


@pytest.fixture
def nils(north):
    return make_staff(north)


def page(client, path="/account/cities/bergen-no/", **options):
    response = client.get(path, **options)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def section(shown, name):
    return shown.partition(f'<section id="{name}"')[2].partition("</section>")[0]


@pytest.mark.parametrize("who", ["stranger", "other city", "revoked", "expired", "editor"])
@pytest.mark.parametrize(
    "path",
    ["", "facts/", "memberships/add/", "memberships/m00001/change/", "memberships/m00001/confirm/"],
)
def test_nobody_else_gets_to_an_office(client, who, path, bergen):
    make_membership("north", bergen)
    person = {
        "stranger": make_person,
        "other city": lambda: make_staff(make_city()),
        "revoked": lambda: make_staff(bergen, state=ClaimState.REVOKED),
        "expired": lambda: make_staff(bergen, state=ClaimState.EXPIRED),
        "editor": make_editor,
    }[who]()
    client.force_login(person)
    for method in (client.get, client.post) if path else (client.get,):
        response = method(f"/account/cities/bergen-no/{path}")
        assert response.status_code == 403
        assert "You do not act for Bergen. Claim it first." in response.content.decode()
    assert Statement.objects.filter(voice="city").count() == 0


def test_who_is_not_signed_in_is_asked_to(client, bergen):
    response = client.get("/account/cities/bergen-no/")
    assert response.url == "/account/login/?next=/account/cities/bergen-no/"


@pytest.mark.parametrize("path", ["cities/no-such-city/", "networks/bergen-no/"])
def test_an_office_that_does_not_exist_is_not_found(client, kari, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_a_membership_of_others_is_not_found(client, kari):
    other = make_membership("north", "oslo-no").public_id
    for act in ("change", "end", "withdraw", "dispute", "confirm"):
        path = f"/account/cities/bergen-no/memberships/{other}/{act}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"reason": "Mine now"}).status_code == 404


def test_the_dashboard_is_private(client, kari):
    response = client.get("/account/cities/bergen-no/")
    assert response["Cache-Control"] == "private, no-store"


def test_what_was_never_confirmed_or_long_ago_needs_a_word(client, kari, bergen):
    never = make_membership("never", bergen)
    long_ago = make_membership("long-ago", bergen)
    make_statement(long_ago, voice="city", made=LONG_AGO)
    make_statement(make_membership("fresh", bergen), voice="city", made=timezone.now().date())
    make_membership("past", bergen, joined="2001", left="2009")
    due = section(page(client), "due")
    assert f'id="due-{never.public_id}"' in due
    assert f'id="due-{long_ago.public_id}"' in due
    assert "City of Bergen, 2024-03-02" in due
    assert "Fresh" not in due
    assert "Past" not in due


def test_one_click_says_that_it_is_still_true_and_goes_on_to_the_next(client, kari, bergen):
    membership = make_membership("north", bergen)
    path = reverse("office-confirm-membership", args=["cities", bergen.slug, membership.public_id])
    response = client.post(f"{path}?due_page=2&evil=1", {"then": "due-m00077"})
    assert response.url == "/account/cities/bergen-no/?due_page=2#due-m00077"
    assert membership.statements.get(voice="city").made == timezone.now().date()
    today = timezone.now().date().isoformat()
    shown = page(client)
    assert f"City of Bergen, {today}: Bergen in North (member). It is published." in shown
    assert "Nothing is waiting" in section(shown, "due")


def test_the_way_back_leads_nowhere_else(client, kari, bergen):
    membership = make_membership("north", bergen)
    path = reverse("office-confirm-membership", args=["cities", bergen.slug, membership.public_id])
    response = client.post(f"{path}?next=//evil.example", {"then": "//evil.example"})
    assert response.url == "/account/cities/bergen-no/"


def test_a_look_at_the_address_of_a_click_changes_nothing(client, kari, bergen):
    membership = make_membership("north", bergen)
    shown = page(client, f"/account/cities/bergen-no/memberships/{membership.public_id}/confirm/")
    assert "Is this still true?" in shown
    assert not membership.statements.filter(voice="city").exists()
    assert client.get("/account/cities/bergen-no/memberships/confirm/").status_code == 405


def test_all_that_show_can_be_confirmed_at_once_and_nothing_of_others(client, kari, bergen):
    own = [make_membership(f"network-{number}", bergen) for number in range(3)]
    other = make_membership("north", "oslo-no")
    ids = [each.public_id for each in (*own, other)] + ["m", "x1", "m" + "9" * 30]
    before = ChangeSet.objects.count()
    client.post("/account/cities/bergen-no/memberships/confirm/", {"membership": ids})
    assert Statement.objects.filter(voice="city").count() == 3
    assert not other.statements.filter(voice="city").exists()
    assert ChangeSet.objects.count() == before + 1


def test_what_the_network_says_waits_for_the_city(client, kari, nils, bergen, north):
    memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    shown = page(client)
    said = section(shown, "said")
    assert f"North, {timezone.now().date().isoformat()}" in said
    assert "Confirm" in said
    assert "Dispute" in said
    assert "Nothing is waiting" in section(shown, "due")


def test_what_the_network_denies_waits_for_the_city_too(client, kari, nils, bergen, north):
    membership = make_membership(north, bergen)
    objections.dispute(actor=nils, office=north, membership=membership, reason="Never joined")
    shown = page(client)
    assert "The other side says that it is no membership." in section(shown, "said")


def test_a_dispute_shows_both_words(client, kari, nils, bergen, north):
    membership = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="Never joined")
    disputed = section(page(client), "disputed")
    today = timezone.now().date().isoformat()
    assert f"City of Bergen, {today}: not a member" in disputed
    assert f"North, {today}: a member" in disputed


def test_completeness_is_a_plain_count_with_a_way_to_mend_each(client, kari, bergen):
    make_membership("north", bergen, joined="2019")
    complete = section(page(client), "complete")
    assert "Your public page: 3 of 6 are in order" in complete
    assert 'href="/account/cities/bergen-no/facts/#id_website"' in complete
    assert 'href="#due"' in complete
    make_label(bergen, "se", "Birgon")
    assert "4 of 6 are in order" in section(page(client), "complete")


def test_networks_that_similar_cities_are_in_are_offered(client, kari, bergen):
    for network in ("one", "two"):
        make_membership(network, bergen)
        make_membership(network, "oslo-no")
    make_membership("three", "oslo-no")
    suggested = section(page(client), "suggested")
    assert 'href="/account/cities/bergen-no/memberships/add/?network=three"' in suggested


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("?find=alp", ["Alpha"]),
        ("?find=ALPHÁ", ["Alpha"]),
        ("?state=past", ["Gamma"]),
        ("?state=current", ["Alpha", "Beta"]),
        ("?state=undated", ["Beta"]),
        ("?state=disputed", []),
        ("?state=nonsense", ["Alpha", "Beta", "Gamma"]),
    ],
)
def test_all_memberships_are_found_by_name_and_state(client, kari, bergen, query, names):
    make_membership(make_network(name="Gamma"), bergen, joined="2001", left="2009")
    make_membership(make_network(name="Beta"), bergen)
    make_membership(make_network(name="Alpha"), bergen, joined="2019")
    found = section(page(client, f"/account/cities/bergen-no/{query}"), "memberships")
    assert [name for name in ("Alpha", "Beta", "Gamma") if f">{name}</a>" in found] == names


def test_a_table_that_waits_for_its_person_is_mentioned(client, kari, bergen):
    assert "waits for you" not in page(client)
    Upload.objects.create(person=kari, city=bergen, origin="web")
    discarded = {"state": "discarded", "decided_at": timezone.now()}
    Upload.objects.create(person=kari, city=bergen, origin="web", **discarded)
    assert "(1 table waits for you)" in page(client)


def test_current_memberships_come_first(client, kari, bergen):
    make_membership(make_network(name="Alpha"), bergen, joined="2001", left="2009")
    make_membership(make_network(name="Beta"), bergen)
    found = section(page(client), "memberships")
    assert found.index("Beta") < found.index("Alpha")


def test_a_secretariat_sees_its_members(client, north, nils):
    membership = make_membership(north, "bergen-no")
    client.force_login(nils)
    shown = page(client, "/account/networks/north/")
    assert f'id="due-{membership.public_id}"' in shown
    assert "Norway" in section(shown, "due")
    assert "of 11 are in order" in shown


def test_many_members_cost_no_more_queries(client, north, nils, django_assert_num_queries):
    client.force_login(nils)
    for _number in range(3):
        make_statement(make_membership(north), voice="city")
    client.get("/account/networks/north/")
    with django_assert_num_queries(QUERIES):
        client.get("/account/networks/north/")
    for _number in range(30):
        make_statement(make_membership(north), voice="city")
        make_membership(north)
    with django_assert_num_queries(QUERIES + 2):
        shown = page(client, "/account/networks/north/")
    assert section(shown, "memberships").count("<li id=") == 50


QUERIES = 16
