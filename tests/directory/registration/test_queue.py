"""What waits for the editors: who may take it, who decides, and what follows on what."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection, connections  # noqa: F401, used by skipif
from django.utils import timezone

from directory.models import (
    Entry,
    Network,
    ReviewItem,
)
from directory.models.review import ReviewState
from directory.registration import queue, review, submissions
from directory.registration.problems import NotAllowed, NotPossible
from directory.registration.transitions import check
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.directory.registration.suggestions import (
    approve,
    suggest,
)
from tests.factories import make_city, make_membership

pytestmark = pytest.mark.django_db


def test_an_editor_asks_back_and_gets_an_answer():
    make_city("bergen-no")
    editor, person = make_editor(), make_person()
    item = suggest(person)
    queue.take(actor=editor, item=item)
    queue.ask_back(actor=editor, item=item, question="Which page?", note="Odd")
    assert "Which page?" in mail.outbox[-1].body
    assert "Odd" not in mail.outbox[-1].body
    with pytest.raises(NotAllowed):
        queue.answer(actor=make_person(), item=item, text="This one")
    queue.answer(actor=person, item=item, text="This one")
    assert ReviewItem.objects.get().state == "waiting"


def test_a_visitor_cannot_be_asked():
    make_city("bergen-no")
    editor, item = make_editor(), suggest()
    queue.take(actor=editor, item=item)
    with pytest.raises(NotPossible):
        queue.ask_back(actor=editor, item=item, question="Which page?")
    assert ReviewItem.objects.get().state == "taken"


def test_nobody_approves_what_they_suggested():
    make_city("bergen-no")
    editor = make_editor()
    item = suggest(editor)
    with pytest.raises(NotAllowed):
        queue.take(actor=editor, item=item)
    with pytest.raises(NotAllowed):
        review.approve(actor=editor, item=item)


def test_nobody_but_editors_decides_though_they_call_the_function():
    city = make_city("bergen-no")
    item = suggest()
    with pytest.raises(NotAllowed):
        review.approve(actor=make_staff(city), item=item)


def test_a_withdrawn_submission_is_decided_by_nobody():
    make_city("bergen-no")
    person = make_person()
    item = suggest(person)
    submissions.withdraw(actor=person, submission=item.submission)
    with pytest.raises(NotPossible):
        approve(item)


def test_an_item_is_free_again_after_half_an_hour():
    make_city("bergen-no")
    item, one, other = suggest(), make_editor(), make_editor()
    queue.take(actor=one, item=item)
    with pytest.raises(NotPossible):
        queue.take(actor=other, item=item)
    ReviewItem.objects.update(taken_until=timezone.now())
    queue.take(actor=other, item=item)
    with pytest.raises(NotPossible):
        review.approve(actor=one, item=item)


def test_the_queue_is_for_editors_and_oldest_first():
    make_city("bergen-no")
    items = [suggest(), suggest()]
    assert list(queue.open_items(make_editor())) == items
    with pytest.raises(NotAllowed):
        queue.open_items(make_person())


ALLOWED_STEPS = {
    ("waiting", "taken"),
    ("taken", "waiting"),
    ("taken", "asked back"),
    ("taken", "approved"),
    ("taken", "approved with changes"),
    ("taken", "refused"),
    ("asked back", "waiting"),
    ("waiting", "withdrawn"),
    ("taken", "withdrawn"),
    ("asked back", "withdrawn"),
}


@pytest.mark.parametrize("source", ReviewState.values)
@pytest.mark.parametrize("target", ReviewState.values)
def test_every_step_that_is_not_in_the_table_is_refused(source, target):
    item = ReviewItem(kind="dispute", state=source)
    if (source, target) in ALLOWED_STEPS:
        check(queue.TRANSITIONS, item, target, actor=make_editor(), reason="A reason")
    else:
        with pytest.raises(NotPossible):
            check(queue.TRANSITIONS, item, target, actor=make_editor(), reason="A reason")


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_one_item_is_taken_by_one_editor_and_approved_once():
    make_city("bergen-no", population=1)
    item = suggest(population=2)
    editors = [make_editor() for _ in range(8)]

    def decide(editor) -> int:
        try:
            held = queue.take(actor=editor, item=ReviewItem.objects.get(pk=item.pk))
            review.approve(actor=editor, item=held)
        except NotPossible:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, editors)) == 1
    assert Entry.objects.filter(table="cities", action="changed").count() == 1
    assert Network.objects.count() == 0


def test_a_dispute_over_a_membership_that_is_gone_waits_for_nobody():
    item = ReviewItem.objects.create(kind="dispute", membership=make_membership())
    editor = make_editor()
    assert [each.pk for each in queue.open_items(editor)] == [item.pk]
    ReviewItem.objects.update(membership=None)
    assert not queue.open_items(editor).exists()
