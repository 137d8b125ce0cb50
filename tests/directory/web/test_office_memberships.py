"""Forms in which an office speaks of its memberships: what is published, and what is refused."""

import pytest
from django.utils import timezone

from directory.models import Membership
from directory.registration import memberships
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

ADD = "/account/cities/bergen-no/memberships/add/"


@pytest.fixture
def bergen():
    return make_city("bergen-no", name="Bergen")


@pytest.fixture
def north():
    return make_network("north", name="North Sea Commission", acronym="NSC")


@pytest.fixture
def kari(bergen, client):
    """Acts for Bergen and is signed in."""
    person = make_staff(bergen)
    client.force_login(person)
    return person


@pytest.fixture
def nils(north):
    return make_staff(north)


def read(response):
    return " ".join(response.content.decode().split())


def send(client, path, /, **fields):
    return client.post(path, {"role": "member"} | fields)


def about(membership, act):
    return f"/account/cities/bergen-no/memberships/{membership.public_id}/{act}/"


@pytest.mark.parametrize("written", ["North Sea Commission", "nsc", "North Sea Commission [north]"])
def test_a_city_adds_a_membership_by_the_name_of_the_network(client, kari, north, written):
    response = send(client, ADD, network=written, joined="2019-05", source="https://b.example/x")
    assert response.url == "/account/cities/bergen-no/"
    membership = Membership.objects.get()
    assert (membership.network, membership.joined) == (north, "2019-05")
    assert membership.statements.get().source == "https://b.example/x"
    today = timezone.now().date().isoformat()
    said = "Bergen in North Sea Commission (member, since 2019-05). It is published."
    assert f"City of Bergen, {today}: {said}" in read(client.get(response.url))


def test_a_network_adds_a_membership_by_the_name_of_the_city(client, bergen, north, nils):
    client.force_login(nils)
    path = "/account/networks/north/memberships/add/"
    send(client, path, city="Bergen", role="chair", founder="on")
    membership = Membership.objects.get()
    assert (membership.city, membership.role, membership.founder) == (bergen, "chair", True)
    assert membership.statements.get().voice == "network"


def test_one_membership_after_another_is_added(client, kari, north):
    response = send(client, ADD, network="NSC", another="1")
    assert response.url == ADD
    shown = read(client.get(ADD))
    assert "It is published." in shown
    assert "NSC" not in shown


def test_a_form_sent_twice_adds_one_membership(client, kari, north):
    for _time in range(2):
        assert send(client, ADD, network="NSC", joined="2019").status_code == 302
    assert Membership.objects.count() == 1
    assert Membership.objects.get().statements.count() == 1


def test_several_networks_of_a_name_are_offered_and_nothing_typed_is_lost(client, kari):
    make_network("cities-one", name="Cities One")
    make_network("cities-two", name="Cities Two")
    shown = read(send(client, ADD, network="Cities", joined="2019", reason="As agreed"))
    assert 'value="cities-one"' in shown
    assert 'value="cities-two"' in shown
    assert 'value="2019"' in shown
    assert 'value="As agreed"' in shown
    assert not Membership.objects.exists()
    send(client, ADD, network="Cities", network_offered="Cities", network_chosen="cities-two")
    assert Membership.objects.get().network.slug == "cities-two"


def test_an_unknown_network_is_said_to_be_unknown(client, kari):
    shown = read(send(client, ADD, network="Qqqxx <script>"))
    assert "No network here is called “Qqqxx &lt;script&gt;”" in shown
    assert "<script>alert" not in shown


def test_a_membership_that_exists_is_shown_with_what_to_do(client, kari, bergen, north):
    existing = make_membership(north, bergen, joined="2010")
    shown = read(send(client, ADD, network="NSC", joined="2012", reason="New charter"))
    assert "Change or confirm what is there." in shown
    assert f'href="{about(existing, "confirm")}"' in shown
    assert 'value="2012"' in shown
    assert Membership.objects.count() == 1
    change = f"{about(existing, 'change')}?role=member&amp;joined=2012&amp;reason=New+charter"
    assert change in shown
    taken_along = read(client.get(change.replace("&amp;", "&")))
    assert 'value="2012"' in taken_along
    assert 'value="New charter"' in taken_along


def test_a_merged_network_leads_to_its_successor_with_all_that_was_typed(client, kari, north):
    make_network("old", name="Old Commission", status="merged", merged_into=north)
    shown = read(send(client, ADD, network="Old Commission", joined="2001", left="2004"))
    assert "Old Commission became part of North Sea Commission." in shown
    assert 'name="network" value="North Sea Commission [north]"' in shown
    assert '<input type="hidden" name="joined" value="2001">' in shown
    send(client, ADD, network="North Sea Commission [north]", joined="2001", left="2004")
    assert Membership.objects.get().network == north


def test_a_network_named_in_the_address_stands_in_the_form(client, kari, north):
    assert "North Sea Commission [north]" in read(client.get(f"{ADD}?network=north"))
    assert client.get(f"{ADD}?network=no-such-network").status_code == 200


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("joined", "May 2019", "“May 2019” is not a date; write 2019, 2019-05 or 2019-05-03."),
        ("joined", "2019-02-30", "“2019-02-30” is not in the calendar."),
        ("joined", "1" * 5000, "is not a date"),
        ("left", "20\u202e19", "is not a date"),
        ("source", "not an address", "Write the whole address of the page"),
        ("source", "javascript:alert(1)", "Write the whole address of the page"),
        ("source", "https://b.example/" + "x" * 600, "at most 500 fit"),
        ("reason", "x" * 3000, "characters fit."),
        ("reason", "bell\u0007", "Text may not contain the invisible character U+0007."),
        ("reason", "turned\u202e", "Text may not contain the invisible character U+202E."),
        ("role", "king", "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_stays(
    client, kari, north, field, written, said
):
    response = send(client, ADD, **{"network": "NSC", field: written})
    assert response.status_code == 200
    form = response.context["form"]
    assert said in " ".join(form.errors[field])
    assert form[field].value() == written
    assert form["network"].value() == "NSC"
    assert not Membership.objects.exists()


def test_what_is_typed_never_becomes_markup(client, kari, north):
    attack = '"><script>alert(1)</script>'
    shown = read(send(client, ADD, network="NSC", joined=attack, reason=attack))
    assert "<script>alert" not in shown


def test_fields_that_the_form_does_not_have_are_ignored(client, kari, north):
    send(client, ADD, network="NSC", standing="disputed", city="oslo-no", voice="network")
    membership = Membership.objects.get()
    assert (membership.standing, membership.city.slug) == ("confirmed", "bergen-no")


def test_who_was_signed_out_while_typing_finds_it_again(client, kari, north):
    client.logout()
    response = send(client, ADD, network="NSC", joined="2019", reason="As agreed")
    assert response.url == f"/account/login/?next={ADD}"
    client.force_login(kari)
    shown = read(client.get(ADD))
    assert 'value="2019"' in shown
    assert 'value="As agreed"' in shown


def test_a_membership_is_changed_and_what_was_not_touched_stays(client, kari, bergen, north):
    membership = make_membership(north, bergen, joined="2010", role="chair")
    shown = client.get(about(membership, "change"))
    assert shown.context["form"]["joined"].value() == "2010"
    response = send(client, about(membership, "change"), role="chair", joined="2011-02")
    assert response.url == "/account/cities/bergen-no/"
    membership.refresh_from_db()
    assert (membership.joined, membership.role) == ("2011-02", "chair")


def test_nobody_writes_over_what_they_have_not_seen(client, kari, nils, bergen, north):
    membership = make_membership(north, bergen)
    seen = read(client.get(about(membership, "change")))
    version = seen.partition('name="version" value="')[2].partition('"')[0]
    memberships.change_membership(actor=nils, office=north, membership=membership, joined="1999")
    path = about(membership, "change")
    refused = read(send(client, path, joined="2001", version=version))
    assert "This membership has changed meanwhile." in refused
    assert 'value="2001"' in refused
    assert "since 1999" in refused
    anew = refused.partition('name="version" value="')[2].partition('"')[0]
    assert send(client, path, joined="2001", version=anew).status_code == 302


def test_a_membership_ends_with_a_day_and_a_reason(client, kari, bergen, north):
    membership = make_membership(north, bergen, joined="2010")
    path = about(membership, "end")
    assert read(client.get(path)).count("The membership has ended.") == 1
    assert client.post(path, {"left": "2026-06", "reason": ""}).status_code == 200
    client.post(path, {"left": "2026-06", "reason": "Council decision"})
    membership.refresh_from_db()
    assert membership.left == "2026-06"


def test_an_end_may_be_on_a_day_not_known(client, kari, bergen, north):
    membership = make_membership(north, bergen, joined="2010")
    client.post(about(membership, "end"), {"reason": "Council decision"})
    membership.refresh_from_db()
    assert membership.ended


def test_a_dispute_is_shown_and_reaches_the_editors(client, kari, nils, bergen, north):
    membership = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    response = client.post(about(membership, "dispute"), {"reason": "The council never joined"})
    assert "Bergen is not a member of North Sea Commission. An editor will look at it." in read(
        client.get(response.url)
    )
    membership.refresh_from_db()
    assert membership.standing == "disputed"
    assert membership.reviews.count() == 1


def test_a_word_is_withdrawn(client, kari, bergen, north):
    membership = memberships.add_membership(actor=kari, office=bergen, city=bergen, network=north)
    response = client.post(about(membership, "withdraw"), {"reason": "Entered by mistake"})
    assert "Bergen in North Sea Commission is withdrawn." in read(client.get(response.url))
    assert not Membership.objects.exists()


def test_without_a_word_there_is_nothing_to_withdraw(client, kari, bergen, north):
    membership = make_membership(north, bergen)
    shown = read(client.post(about(membership, "withdraw"), {"reason": "Entered by mistake"}))
    assert "has said nothing here that could be taken back. Dispute it instead." in shown
    assert "Entered by mistake" in shown
