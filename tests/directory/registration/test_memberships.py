"""What a city or a network says of a membership is published at once, as the office's word."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections  # noqa: F401, used by skipif
from django.utils import timezone

from directory.history import change_set, current_revision
from directory.models import ChangeSet, Entry, Membership, ReviewItem, Statement
from directory.models.choices import MembershipStanding, Origin
from directory.registration import disputes, memberships, objections, queue
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from directory.registration.recording import recorded
from directory.registration.statements import Evidence
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

# An open one, one that surely overlaps with itself, and one of a single year, which may not.
SAID_TWICE = [
    {"joined": "2019"},
    {"joined": "2001", "left": "2005"},
    {"joined": "1999", "left": "1999"},
]


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


def add(actor, office, city, network, **values) -> Membership:
    return memberships.add_membership(
        actor=actor, office=office, city=city, network=network, **values
    )


def test_a_membership_is_the_word_of_the_city_and_never_of_a_person(kari, bergen, north):
    membership = add(
        kari, bergen, bergen, north, joined="2019-05", role="chair", reason="Council decision"
    )
    assert (membership.standing, membership.joined) == ("confirmed", "2019-05")
    statement = Statement.objects.get()
    assert (statement.voice, statement.says, statement.joined) == ("city", "member", "2019-05")
    assert statement.made == timezone.now().date()
    opened = ChangeSet.objects.order_by("revision").last()
    assert (opened.office, opened.reason) == ("City of Bergen", "Council decision")
    assert opened.actor == str(kari.opaque_id)
    said = str(list(Entry.objects.values_list("before", "after")))
    assert kari.email not in said


def test_a_secretariat_speaks_as_its_network(nils, bergen, north):
    add(nils, north, bergen, north)
    assert Statement.objects.get().voice == "network"
    assert ChangeSet.objects.order_by("revision").last().office == "North"


@pytest.mark.parametrize("who", ["stranger", "other city", "editor"])
def test_nobody_else_speaks_for_the_city(who, bergen, north):
    actor = {
        "stranger": make_person,
        "other city": lambda: make_staff(make_city()),
        "editor": make_editor,
    }[who]()
    with pytest.raises(NotAllowed):
        add(actor, bergen, bergen, north)


def test_an_office_speaks_of_its_own_memberships_alone(kari, bergen, north):
    with pytest.raises(NotPossible, match="no side"):
        add(kari, bergen, make_city(), north)
    with pytest.raises(NotPossible, match="no side"):
        memberships.confirm(actor=kari, office=bergen, membership=make_membership())


def test_a_membership_that_exists_is_named_at_once(kari, bergen, north):
    existing = make_membership(north, bergen)
    with pytest.raises(NotPossible) as refusal:
        add(kari, bergen, bergen, north)
    assert refusal.value.existing == existing
    assert Statement.objects.count() == 1


def test_the_same_form_sent_twice_is_one_membership(kari, bergen, north):
    for values in SAID_TWICE:
        one = add(kari, bergen, bergen, north, **values)
        revision = current_revision()
        assert add(kari, bergen, bergen, north, **values) == one
        assert current_revision() == revision
    assert Statement.objects.count() == Membership.objects.count() == len(SAID_TWICE)


def test_periods_of_one_city_do_not_overlap(kari, bergen, north):
    make_membership(north, bergen, joined="2001", left="2010")
    with pytest.raises(NotPossible, match="already"):
        add(kari, bergen, bergen, north, joined="2005")
    assert add(kari, bergen, bergen, north, joined="2010").is_open


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"joined": "last year"}, "joined"),
        ({"joined": "2019-13"}, "joined"),
        ({"joined": "1066"}, "joined"),
        ({"joined": "2019", "left": "2018"}, "left"),
        ({"left": "2018", "ended": True}, "ended"),
        ({"role": "mayor"}, "role"),
        ({"standing": "confirmed"}, "standing"),
        ({"id": "m00001"}, "id"),
        ({"evidence": Evidence("javascript:alert(1)")}, "source"),
        ({"evidence": Evidence("https://example.org/", 1066)}, "source_year"),
        ({"reason": "a\u202eb"}, "reason"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_written(
    values, field, kari, bergen, north
):
    with pytest.raises(Invalid) as refusal:
        add(kari, bergen, bergen, north, **values)
    assert field in refusal.value.errors
    assert not Membership.objects.exists()


def test_a_merged_network_leads_to_the_one_it_became_part_of(kari, bergen, north):
    merged = make_network(status="merged", merged_into=north)
    with pytest.raises(NotPossible) as refusal:
        add(kari, bergen, bergen, merged)
    assert refusal.value.existing == north


def test_nobody_joins_as_a_city_that_has_ended(kari, bergen, north):
    oslo = make_city("oslo-no")
    with change_set(origin=Origin.COMMAND, reason="Merged"):
        bergen.successor = oslo
        bergen.save()
    with pytest.raises(NotPossible) as refusal:
        add(kari, bergen, bergen, north)
    assert refusal.value.existing == oslo
    assert not add(kari, bergen, bergen, north, joined="2001", left="2005").is_open
    with change_set(origin=Origin.COMMAND, reason="Not merged"):
        bergen.successor, bergen.ended = None, 2020
        bergen.save()
    with pytest.raises(Invalid) as refusal:
        add(kari, bergen, bergen, north)
    assert "left" in refusal.value.errors
    assert add(kari, bergen, bergen, make_network(), ended=True).ended


def test_a_change_is_a_new_statement_and_the_old_one_stays(kari, bergen, north):
    membership = add(kari, bergen, bergen, north, joined="2019")
    changed = memberships.change_membership(
        actor=kari, office=bergen, membership=membership, joined="2018", role="chair"
    )
    assert (changed.joined, changed.role, changed.standing) == ("2018", "chair", "confirmed")
    joined = Statement.objects.order_by("pk").values_list("joined", flat=True)
    assert list(joined) == ["2019", "2018"]


def test_a_membership_ends_with_its_reason_and_its_history_stays(kari, bergen, north):
    membership = add(kari, bergen, bergen, north, joined="2019")
    with pytest.raises(Invalid):
        memberships.end_membership(actor=kari, office=bergen, membership=membership, reason=" ")
    ended = memberships.end_membership(
        actor=kari, office=bergen, membership=membership, left="2024-06-30", reason="Budget"
    )
    assert (ended.left, ended.ended, ended.standing) == ("2024-06-30", False, "confirmed")
    assert Entry.objects.filter(table="memberships").count() == 2


def test_a_membership_may_end_on_a_day_not_known(kari, bergen, north):
    membership = add(kari, bergen, bergen, north)
    ended = memberships.end_membership(
        actor=kari, office=bergen, membership=membership, reason="Long ago"
    )
    assert ended.ended
    assert ended.ended_seen == timezone.now().year


def test_a_sourced_membership_is_confirmed_by_one_word_a_day(kari, bergen, north):
    membership = make_membership(north, bergen, joined="2019")
    for _ in range(2):
        membership = memberships.confirm(actor=kari, office=bergen, membership=membership)
    assert membership.standing == MembershipStanding.CONFIRMED
    assert Statement.objects.filter(voice="city").count() == 1


def test_a_denial_ends_a_membership_of_which_only_sources_spoke(kari, bergen, north):
    membership = make_membership(north, bergen, joined="2019")
    denied = objections.dispute(
        actor=kari, office=bergen, membership=membership, reason="We left long ago"
    )
    assert (denied.ended, denied.standing) == (True, "confirmed")
    assert ReviewItem.objects.get().membership == membership


def test_two_words_that_differ_stand_side_by_side_before_the_editors(kari, nils, bergen, north):
    membership = add(nils, north, bergen, north)
    for _ in range(2):
        membership = objections.dispute(
            actor=kari, office=bergen, membership=membership, reason="Never joined"
        )
    assert (membership.is_open, membership.standing) == (True, "disputed")
    assert ReviewItem.objects.get().state == "waiting"


def test_a_dispute_leaves_the_queue_when_both_agree(kari, nils, bergen, north):
    membership = add(nils, north, bergen, north, joined="2019")
    memberships.change_membership(actor=kari, office=bergen, membership=membership, joined="2015")
    assert ReviewItem.objects.get().state == "waiting"
    membership = memberships.confirm(actor=nils, office=north, membership=membership)
    assert membership.standing == MembershipStanding.CONFIRMED
    assert ReviewItem.objects.get().state == "withdrawn"


def test_an_editor_settles_a_dispute(kari, nils, bergen, north):
    membership, editor = add(nils, north, bergen, north), make_editor()
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="No")
    item = ReviewItem.objects.get()
    with pytest.raises(NotPossible):
        disputes.settle(actor=editor, item=item, says="not a member", reason="Minutes")
    queue.take(actor=editor, item=item)
    settled = disputes.settle(
        actor=editor, item=item, says="not a member", reason="Minutes", note="Phoned them"
    )
    assert (settled.standing, settled.ended) == ("confirmed", True)
    assert ReviewItem.objects.get().state == "approved"
    opened = ChangeSet.objects.order_by("revision").last()
    assert (opened.office, opened.reason) == ("Editors", "Minutes")
    assert "Phoned" not in str(list(Entry.objects.values("after")))


def test_words_that_an_editor_left_as_they_are_come_back_when_somebody_speaks(
    kari, nils, bergen, north
):
    membership, editor = add(nils, north, bergen, north), make_editor()
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="No")
    item, before = ReviewItem.objects.get(), ChangeSet.objects.count()
    queue.take(actor=editor, item=item)
    with pytest.raises(Invalid):
        disputes.leave(actor=editor, item=item, reason="")
    disputes.leave(actor=editor, item=item, reason="Their courts decide")
    membership.refresh_from_db()
    assert (membership.standing, ChangeSet.objects.count()) == ("disputed", before)
    disputes.follow(membership)
    disputes.follow_all([membership.public_id])
    assert ReviewItem.objects.get().state == "refused"
    memberships.change_membership(
        actor=nils, office=north, membership=membership, joined="2019", reason="Our minutes"
    )
    assert [one.state for one in ReviewItem.objects.order_by("pk")] == ["refused", "waiting"]


def test_a_dispute_is_left_by_the_editor_who_has_taken_it_alone(kari, nils, bergen, north):
    membership = add(nils, north, bergen, north)
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="No")
    item = ReviewItem.objects.get()
    queue.take(actor=make_editor(), item=item)
    for actor, refusal in ((kari, NotAllowed), (make_editor(), NotPossible)):
        with pytest.raises(refusal):
            disputes.leave(actor=actor, item=item, reason="Whatever")


def test_a_dispute_over_a_membership_that_is_gone_is_no_more_to_settle(kari, nils, bergen, north):
    membership, editor = add(nils, north, bergen, north), make_editor()
    item = ReviewItem.objects.create(kind="dispute", membership=membership)
    queue.take(actor=editor, item=item)
    objections.withdraw(actor=nils, office=north, membership=membership, reason="Wrong city")
    with pytest.raises(NotPossible) as refusal:
        disputes.settle(actor=editor, item=item, says="member", reason="Minutes")
    assert refusal.value.code == "gone"


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(3))
def test_a_dispute_is_settled_while_others_write(number, kari, nils, bergen, north):
    membership, editor = add(nils, north, bergen, north, joined="2019"), make_editor()
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="No")
    item = ReviewItem.objects.get()
    queue.take(actor=editor, item=item)

    def settle() -> None:
        disputes.settle(actor=editor, item=item, says="member", joined="2015", reason="Minutes")

    def change() -> None:
        memberships.change_membership(
            actor=nils, office=north, membership=membership, joined="2011", left="2012"
        )

    def again() -> None:
        add(kari, bergen, bergen, north, joined="2013")

    def tried(write) -> None:
        try:
            write()
        except NotPossible:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(tried, (settle, change, again)))
    periods = [(each.joined, each.left) for each in Membership.objects.order_by("joined")]
    assert periods in ([("2011", "2012")], [("2011", "2012"), ("2013", "")], [("2015", "")])


def test_what_was_entered_by_mistake_goes_but_not_from_history(kari, bergen, north):
    membership = add(kari, bergen, bergen, north)
    gone = objections.withdraw(
        actor=kari, office=bergen, membership=membership, reason="Wrong network"
    )
    assert gone is None
    assert not Membership.objects.exists()
    assert Entry.objects.filter(table="memberships", action="removed").exists()


def test_a_withdrawn_word_leaves_what_others_say(kari, bergen, north):
    membership = make_membership(north, bergen, joined="2019")
    memberships.change_membership(actor=kari, office=bergen, membership=membership, joined="2015")
    left = objections.withdraw(
        actor=kari, office=bergen, membership=membership, reason="Was right before"
    )
    assert (left.joined, left.standing) == ("2019", "sourced")


def test_nothing_is_withdrawn_that_the_office_never_said(kari, bergen, north):
    with pytest.raises(NotPossible, match="Dispute it"):
        objections.withdraw(
            actor=kari, office=bergen, membership=make_membership(north, bergen), reason="x"
        )


def test_many_writes_join_one_change_set(nils, bergen, north):
    with recorded(actor=nils, office=north, reason="Member list", origin=Origin.WEB):
        for city in (bergen, make_city("oslo-no")):
            add(nils, north, city, north)
    entries = Entry.objects.filter(table="memberships")
    assert entries.count() == 2
    assert entries.values("change_set").distinct().count() == 1


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("values", SAID_TWICE)
def test_the_same_form_sent_twice_at_once_is_one_membership(values, kari, bergen, north):
    def send(_: int) -> int:
        try:
            return add(kari, bergen, bergen, north, **values).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(send, range(12)))) == 1
    assert Membership.objects.count() == Statement.objects.count() == 1
