"""Editors take change sets back; what city and network then say decides who waits for them."""

import pytest

from directory.models import ChangeSet, Membership, ReviewItem
from directory.registration import disputes, memberships, objections
from directory.registration.problems import Invalid, NotAllowed
from directory.registration.reverts import CannotRevert, revert_change_set
from tests.directory.registration.people import make_editor, make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def bergen():
    return make_city("bergen-no")


@pytest.fixture
def north():
    return make_network("north", name="North")


@pytest.fixture
def kari(bergen):
    """Acts for Bergen."""
    return make_staff(bergen)


@pytest.fixture
def nils(north):
    """Acts for North."""
    return make_staff(north)


@pytest.fixture
def editor():
    return make_editor()


def newest() -> ChangeSet:
    return ChangeSet.objects.latest("revision")


def take_back(editor, change_set=None, reason="A mistake") -> ChangeSet:
    return revert_change_set(actor=editor, change_set=change_set or newest(), reason=reason)


def test_the_log_says_that_editors_took_it_back_and_why(editor, kari, bergen, north):
    memberships.add_membership(actor=kari, office=bergen, city=bergen, network=north)
    added = newest()
    made = take_back(editor, reason="Wrong  network")
    assert (made.office, made.reason, made.origin) == ("Editors", "Wrong network", "web")
    assert (made.reverts, made.actor) == (added, str(editor.opaque_id))
    assert not Membership.objects.exists()


def test_only_editors_take_anything_back(kari, bergen, north):
    memberships.add_membership(actor=kari, office=bergen, city=bergen, network=north)
    with pytest.raises(NotAllowed):
        take_back(kari)
    assert Membership.objects.exists()


def test_a_reason_is_needed(editor):
    make_city()
    with pytest.raises(Invalid):
        take_back(editor, reason=" ")


def test_what_came_later_is_named_and_nothing_is_taken_back(editor, kari, bergen, north):
    membership = memberships.add_membership(
        actor=kari, office=bergen, city=bergen, network=north, joined="2019"
    )
    added = newest()
    memberships.change_membership(actor=kari, office=bergen, membership=membership, joined="2015")
    with pytest.raises(CannotRevert) as refusal:
        take_back(editor, added)
    assert refusal.value.code == "conflicts"
    assert any("changed later" in conflict for conflict in refusal.value.conflicts)
    assert Membership.objects.get().joined == "2015"


def test_a_dispute_ends_with_the_word_that_began_it(editor, kari, nils, bergen, north):
    membership = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="Never joined")
    assert ReviewItem.objects.get().state == "waiting"
    take_back(editor)
    assert Membership.objects.get().standing == "confirmed"
    assert ReviewItem.objects.get().state == "withdrawn"


def test_a_dispute_comes_back_with_the_word_that_ended_it(editor, kari, nils, bergen, north):
    membership = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="Never joined")
    memberships.confirm(actor=kari, office=bergen, membership=membership)
    assert not ReviewItem.objects.filter(state="waiting").exists()
    take_back(editor)
    assert Membership.objects.get().standing == "disputed"
    assert ReviewItem.objects.get(state="waiting").membership == membership


def test_the_dispute_of_another_membership_stays(editor, kari, nils, bergen, north):
    disputed = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=disputed, reason="Never joined")
    make_membership()
    take_back(editor)
    assert ReviewItem.objects.get().state == "waiting"


def test_many_memberships_are_followed_in_a_few_queries(
    editor, nils, north, django_assert_max_num_queries
):
    pairs = [make_membership(north, make_city()).public_id for _ in range(5)]
    with django_assert_max_num_queries(1):
        disputes.follow_all(pairs)
