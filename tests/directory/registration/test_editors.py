"""Who is an editor is decided by editors, and one of them always remains."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection, connections  # noqa: F401, used by skipif

from directory.accounts import personal_data
from directory.accounts.editors import LastEditor
from directory.accounts.models import User
from directory.models import ReviewItem
from directory.registration import editors
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.registration.people import make_editor, make_person, taken
from tests.factories import make_membership

pytestmark = pytest.mark.django_db


def test_a_dismissed_editor_reads_why_and_lets_go_of_what_was_taken():
    first, second = make_editor(), make_editor()
    item = ReviewItem.objects.create(kind="dispute", membership=make_membership())
    taken(second, item)
    editors.dismiss_editor(actor=first, person=second, reason="Has left the project")
    second.refresh_from_db()
    item.refresh_from_db()
    assert (second.is_editor, second.is_active) == (False, True)
    assert (item.state, item.taken_by, item.taken_until) == ("waiting", None, None)
    assert mail.outbox[-1].to == [second.email]
    assert "Has left the project" in mail.outbox[-1].body


def test_an_editor_may_step_down_but_not_as_the_last_one():
    first, second = make_editor(), make_editor()
    make_editor(is_active=False)
    editors.dismiss_editor(actor=second, person=second, reason="Enough")
    with pytest.raises(NotPossible, match="Appoint another editor first"):
        editors.dismiss_editor(actor=first, person=first, reason="Enough")
    assert User.objects.get(pk=first.pk).is_editor


def test_a_dismissal_says_why_and_is_of_an_editor():
    first, second = make_editor(), make_editor()
    with pytest.raises(Invalid):
        editors.dismiss_editor(actor=first, person=second, reason=" ")
    with pytest.raises(NotPossible, match="no editor"):
        editors.dismiss_editor(actor=first, person=make_person(), reason="x")
    with pytest.raises(NotAllowed):
        editors.dismiss_editor(actor=make_person(), person=second, reason="x")


def test_the_only_editor_cannot_erase_the_account():
    editor = make_editor()
    with pytest.raises(LastEditor):
        personal_data.erase(editor)
    editor.refresh_from_db()
    assert editor.is_active
    make_editor()
    personal_data.erase(editor)
    assert not User.objects.get(pk=editor.pk).is_active


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["dismiss", "erase"])
def test_editors_who_go_at_once_leave_one(how):
    people = [make_editor() for _ in range(4)]

    def go(number: int) -> None:
        try:
            if how == "erase":
                personal_data.erase(people[number])
            else:
                other = people[(number + 1) % len(people)]
                editors.dismiss_editor(actor=people[number], person=other, reason="x")
        except (LastEditor, NotPossible, NotAllowed):
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(go, range(4)))
    assert User.objects.filter(is_editor=True).count() >= 1
    if how == "erase":
        assert User.objects.filter(is_editor=True).count() == 1
