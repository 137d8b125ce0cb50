"""Notes of an office to the editors: they wait in the queue and are never published."""

import pytest

from directory.models import ChangeSet, ReviewItem, Submission
from directory.models.review import ReviewState
from directory.registration import memberships, office_notes, queue, review, submissions
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.registration.people import make_editor, make_person, make_staff, taken
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


def add(staff, city, note="The contract is with the region."):
    return memberships.add_membership(
        actor=staff, office=city, city=city, network=make_network("north"), note=note
    )


@pytest.fixture
def bergen():
    return make_city("bergen-no")


@pytest.fixture
def staff(bergen):
    return make_staff(bergen)


def test_a_note_waits_for_an_editor_beside_the_membership_that_is_published(bergen, staff):
    membership = add(staff, bergen)
    note = Submission.objects.get()
    assert (note.record, note.person) == (membership.public_id, staff)
    assert note.comment == "The contract is with the region."
    assert note.review.state == ReviewState.WAITING
    assert "contract" not in str(list(ChangeSet.objects.values()))


def test_no_note_no_item(bergen, staff):
    add(staff, bergen, note="  ")
    assert not ReviewItem.objects.exists()


def test_a_form_sent_twice_leaves_one_note(bergen, staff):
    add(staff, bergen)
    network = memberships.Membership.objects.get().network
    memberships.add_membership(
        actor=staff, office=bergen, city=bergen, network=network, note="The contract is …"
    )
    assert Submission.objects.count() == 1


def test_a_note_that_is_refused_publishes_nothing(bergen, staff):
    with pytest.raises(Invalid):
        add(staff, bergen, note="x" * 1001)
    assert not memberships.Membership.objects.exists()


def test_an_editor_closes_it_without_a_change(bergen, staff):
    add(staff, bergen)
    before = ChangeSet.objects.count()
    editor, item = make_editor(), ReviewItem.objects.get()
    closed = office_notes.close_note(actor=editor, item=taken(editor, item))
    assert closed.state == ReviewState.APPROVED
    assert ChangeSet.objects.count() == before


def test_an_editor_asks_back_and_the_office_answers(bergen, staff):
    add(staff, bergen)
    editor, item = make_editor(), ReviewItem.objects.get()
    queue.ask_back(actor=editor, item=taken(editor, item), question="Since when?")
    queue.answer(actor=staff, item=item, text="Since 2019.")
    item.refresh_from_db()
    assert (item.state, item.answer) == (ReviewState.WAITING, "Since 2019.")


def test_a_note_cannot_be_approved_alone_or_together(bergen, staff):
    add(staff, bergen)
    editor, item = make_editor(), ReviewItem.objects.get()
    with pytest.raises(NotPossible, match="proposes nothing"):
        review.approve(actor=editor, item=taken(editor, item))
    with pytest.raises(NotPossible, match="proposes nothing"):
        review.approve_together(actor=editor, items=[item], reason="As noted")


def test_the_person_takes_it_back(bergen, staff):
    add(staff, bergen)
    submissions.withdraw(actor=staff, submission=Submission.objects.get())
    assert ReviewItem.objects.get().state == ReviewState.WITHDRAWN


def test_nobody_but_an_editor_closes_it_and_nothing_else_is_closed_so(bergen, staff):
    add(staff, bergen)
    item = ReviewItem.objects.get()
    for actor in (staff, make_person()):
        with pytest.raises(NotAllowed):
            office_notes.close_note(actor=actor, item=item)
    editor = make_editor()
    dispute = ReviewItem.objects.create(
        kind="dispute", membership=memberships.Membership.objects.get()
    )
    with pytest.raises(NotPossible, match="no note"):
        office_notes.close_note(actor=editor, item=taken(editor, dispute))
