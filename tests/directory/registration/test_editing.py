"""Editors make, edit, rename and end records; older addresses lead to the new ones."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from directory.accounts.models import User
from directory.models import Entry, FocusArea, Funder, Network, Redirect
from directory.registration import editing, editors
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import make_city, make_focus_area, make_membership, make_network

pytestmark = pytest.mark.django_db

NETWORK = {
    "name": "Cities of the Sea",
    "kind": "association",
    "scope": "global",
    "members_are": "cities",
    "regions": ["World"],
    "focus_areas": ["climate"],
    "summary": "Cities by the sea.",
    "sources": ["https://sea.example/"],
}


@pytest.fixture
def editor():
    return make_editor()


def test_an_editor_makes_records_of_every_kind(editor):
    make_network("north")
    make_city("oslo-no")
    made = [
        editing.create_record(actor=editor, table=table, values=values, reason="New")
        for table, values in {
            "networks": NETWORK,
            "cities": {"name": "Voss", "country": "NO", "latitude": 60.6, "longitude": 6.4},
            "focus_areas": {"name": "Noise", "parent": "climate"},
            "funders": {"name": "The Fund"},
        }.items()
    ]
    assert [each.slug for each in made] == ["cities-of-the-sea", "voss-no", "noise", "the-fund"]
    assert Entry.objects.filter(action="added", record__in=[m.slug for m in made]).count() == 4


def test_a_homoglyph_of_a_network_is_made_only_on_purpose(editor):
    existing = make_network("sea", name="Cities of the Sea")
    values = NETWORK | {"name": "Сities of the Sea"}
    with pytest.raises(NotPossible) as refusal:
        editing.create_record(actor=editor, table="networks", values=values, reason="New")
    assert refusal.value.existing == existing


def test_what_is_needed_is_asked_for(editor):
    with pytest.raises(Invalid) as refusal:
        editing.create_record(
            actor=editor,
            table="networks",
            values={"name": "Sea", "sources": ["https://sea.example/"]},
            reason="New",
        )
    assert {"kind", "scope", "regions", "summary"} <= refusal.value.errors.keys()
    assert not Network.objects.exists()


def test_an_id_of_the_site_is_nobodys(editor):
    make_city("oslo-no")
    with pytest.raises(Invalid):
        editing.create_record(actor=editor, table="funders", values={"name": "Feed"}, reason="x")
    assert not Funder.objects.exists()


def test_an_edit_of_lists_keeps_their_order(editor):
    network = make_network("north")
    make_city("oslo-no")
    make_focus_area("noise")
    editing.edit_record(
        actor=editor,
        table="networks",
        record="north",
        values={"focus_areas": ["noise", "climate"], "countries": ["NO"]},
        reason="Both",
    )
    slugs = [link.focus_area.slug for link in network.focus_area_links.order_by("rank")]
    assert slugs == ["noise", "climate"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"parent": "north"}, "parent"),
        ({"ended": 2020}, "ended"),
        ({"founded": 2020, "status": "ended", "ended": 2019}, "ended"),
        ({"status": "merged"}, "merged_into"),
        ({"merged_into": "north"}, "merged_into"),
        ({"slug": "south"}, "slug"),
        ({"focus_areas": ["nonsense"]}, "focus_areas"),
        ({"stated_members_source": "https://x.example/"}, "stated_members"),
    ],
)
def test_what_a_network_cannot_be_is_refused_by_field(values, field, editor):
    make_network("north")
    with pytest.raises(Invalid) as refusal:
        editing.edit_record(
            actor=editor, table="networks", record="north", values=values, reason="x"
        )
    assert field in refusal.value.errors


def test_focus_areas_are_two_levels_deep(editor):
    make_focus_area("low", parent=make_focus_area("top"))
    make_focus_area("other")
    with pytest.raises(Invalid):
        editing.edit_record(
            actor=editor,
            table="focus_areas",
            record="other",
            values={"parent": "low"},
            reason="x",
        )
    assert FocusArea.objects.get(slug="other").parent is None


def test_a_renamed_record_keeps_its_former_addresses(editor):
    network = make_network("north")
    make_membership(network)
    for old, new in (("north", "northern"), ("northern", "nordic")):
        editing.rename_record(
            actor=editor, table="networks", record=old, new=new, reason="New name"
        )
    network.refresh_from_db()
    assert network.slug == "nordic"
    assert set(Redirect.objects.values_list("old_slug", "new_slug")) == {
        ("north", "nordic"),
        ("northern", "nordic"),
    }
    assert Entry.objects.filter(table="networks", record="north", action="removed").exists()
    assert Entry.objects.filter(table="networks", record="nordic", action="added").exists()


def test_a_record_may_take_its_own_former_id_again_and_no_other_may(editor):
    make_network("north")
    other = make_network("other", name="Wholly different")
    rename = {"actor": editor, "table": "networks", "reason": "Name"}
    editing.rename_record(record="north", new="nordic", **rename)
    with pytest.raises(Invalid):
        editing.rename_record(record=other.slug, new="north", **rename)
    editing.rename_record(record="nordic", new="north", **rename)
    assert list(Redirect.objects.values_list("old_slug", "new_slug")) == [("nordic", "north")]


@pytest.mark.parametrize("new", ["search", "North", "a b", "x" * 81, "taken", ""])
def test_an_id_that_cannot_be_is_refused(new, editor):
    make_network("north")
    make_network("taken")
    with pytest.raises(Invalid):
        editing.rename_record(actor=editor, table="networks", record="north", new=new, reason="x")


def test_a_network_ends_and_its_page_stays(editor):
    network = make_network("north")
    editing.end_network(actor=editor, network=network, ended=2024, reason="Dissolved")
    network.refresh_from_db()
    assert (network.status, network.ended) == ("ended", 2024)


@pytest.mark.parametrize("who", ["person", "staff"])
def test_nobody_but_editors_edits_records(who):
    network = make_network("north")
    actor = make_person() if who == "person" else make_staff(network)
    with pytest.raises(NotAllowed):
        editing.edit_record(
            actor=actor, table="networks", record="north", values={"name": "x"}, reason="x"
        )
    with pytest.raises(NotAllowed):
        editing.rename_record(actor=actor, table="networks", record="north", new="x", reason="x")
    with pytest.raises(NotAllowed):
        editing.end_network(actor=actor, network=network, reason="x")
    with pytest.raises(NotAllowed):
        editing.create_record(actor=actor, table="networks", values=NETWORK, reason="x")


def test_who_runs_the_site_appoints_the_first_editor_and_editors_others(capsys):
    first, second = make_person("first@example.org"), make_person("second@example.org")
    for person in (first, second):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    with pytest.raises(NotAllowed):
        editors.appoint_editor(actor=first, address=second.email)
    call_command("appoint_editor", "First@example.org")
    assert "second factor" in capsys.readouterr().out
    first.refresh_from_db()
    editors.appoint_editor(actor=first, address=second.email)
    assert User.objects.filter(is_editor=True).count() == 2


def test_nobody_is_appointed_who_has_no_account():
    closed = make_person("closed@example.org", is_active=False)
    stranger = make_person("unconfirmed@example.org")
    EmailAddress.objects.create(user=closed, email=closed.email, verified=True)
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=False)
    for address in ("nobody@example.org", closed.email, stranger.email):
        with pytest.raises(CommandError, match="Sign up"):
            call_command("appoint_editor", address)
