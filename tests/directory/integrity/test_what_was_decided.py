"""Disagreements of the log with itself, of counters, of decisions, and of releases are found."""

import pytest
from django.db import connection

from directory.history import change_set
from directory.integrity.checks import find_disagreements
from directory.models import (
    ChangeSet,
    City,
    Entry,
    Membership,
    ReleaseFile,
    ReviewItem,
    Statement,
    Upload,
    UploadRow,
)
from directory.models.choices import Origin
from directory.models.counters import last_number
from directory.registration import bulk, editing, merging, queue, reverts, review
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.directory.registration.suggestions import suggest
from tests.factories import make_city, make_membership, make_network, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directory():
    """Two cities in a network, of which one was changed twice."""
    make_network("north")
    for slug in ("bergen-no", "oslo-no"):
        make_membership("north", make_city(slug), joined="2001")
    for population in (1, 2):
        with change_set(origin=Origin.WEB, reason="Counted"):
            oslo = City.objects.get(slug="oslo-no")
            oslo.population = population
            oslo.save()


def raw(model, **conditions):
    """Rows that can be written past every guard, as by hand in the database."""
    return model._base_manager.filter(**conditions)


def entries_of_oslo():
    return list(Entry.objects.filter(table="cities", record="oslo-no").order_by("pk"))


def turn_back_a_counter():
    table = Membership._meta.db_table
    assert last_number(Membership) > 1
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1)", [table])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = 1 WHERE name = %s", [table])


def rewrite_what_was_before():
    last = entries_of_oslo()[-1]
    raw(Entry, pk=last.pk).update(before=last.before | {"population": 7})


def make_it_twice():
    raw(Entry, pk=entries_of_oslo()[1].pk).update(action="added", before=None)


def lose_the_first():
    raw(Entry, pk=entries_of_oslo()[0].pk).delete()


def lose_one_between():
    raw(Entry, pk=entries_of_oslo()[1].pk).delete()


def publish_without_a_decision():
    raw(Entry, pk=entries_of_oslo()[-1].pk).update(submission=suggest(make_person()).submission_id)


def lose_a_decision():
    editor = make_editor()
    item = queue.take(actor=editor, item=suggest(make_person()))
    review.approve(actor=editor, item=item)
    raw(ReviewItem, pk=item.pk).update(state="refused")


def lose_an_item():
    suggest(make_person())
    raw(ReviewItem).delete()


def published_list():
    north = Membership.objects.first().network
    make_city("voss-no")
    nils = make_staff(north)
    upload = bulk.preview_text(actor=nils, office=north, text="city\nvoss-no\n")
    return bulk.confirm(actor=nils, upload=upload)


def previewed_list():
    north = Membership.objects.first().network
    return bulk.preview_text(actor=make_staff(north), office=north, text="city\noslo-no\n")


def lose_a_row():
    raw(UploadRow, upload=published_list()).update(membership=None)


BREAKS = {
    "a counter that was turned back": (
        turn_back_a_counter,
        "directory_membership/1: its counter would give numbers again",
    ),
    "a number that only the log knows": (
        lambda: (
            raw(Entry, table="statements").filter(pk=newest("statements")).update(record="s99999")
        ),
        "would give numbers again: 99999 was given already",
    ),
    "an entry that goes on from elsewhere": (
        rewrite_what_was_before,
        "before it the log says otherwise of population",
    ),
    "a record that was made twice": (make_it_twice, "the record was there, and it makes it"),
    "a log without its beginning": (lose_the_first, "before it no entry made the record"),
    "a log with a hole": (lose_one_between, "before it the log says otherwise of population"),
    "a suggestion that was published undecided": (
        publish_without_a_decision,
        "it was published, and the queue says it is waiting",
    ),
    "a decision that was lost": (
        lose_a_decision,
        "it was published, and the queue says it is refused",
    ),
    "a suggestion that nobody will see": (lose_an_item, "it stands in no queue"),
    "a list without its change set": (
        lambda: raw(Upload, pk=published_list().pk).update(confirmed_revision=999),
        "it became change set 999, which is not there",
    ),
    "a row of a list that became nothing": (lose_a_row, "a new row became no membership"),
    "a list that is published by halves": (
        lambda: raw(Upload, pk=previewed_list().pk).update(confirmed_revision=2),
        "it has a change set, and says that it is not published",
    ),
    "a release of no revision": (
        lambda: make_release("2026-11-01.r999"),
        "it is of revision 999, and there is no such change set",
    ),
    "a release that follows another": (
        lambda: [make_release("2026-11-01.r1"), make_release("2026-11-02.r2")],
        "releases/2026-11-02.r2: it names another release before it",
    ),
    "a release that lists a part of its files": (
        lambda: [make_release("2026-11-01.r1"), raw(ReleaseFile, position=2).delete()],
        "releases/2026-11-01.r1: some of its files are not listed",
    ),
}


def newest(table):
    return Entry.objects.filter(table=table).latest("pk").pk


def findings() -> list[str]:
    return [str(finding) for finding in find_disagreements()]


@pytest.mark.parametrize("case", BREAKS)
def test_what_was_broken_is_found(case):
    break_it, expected = BREAKS[case]
    assert findings() == []
    break_it()
    found = findings()
    assert any(expected in finding for finding in found), found


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL refuses such rows itself")
def test_a_row_that_refers_to_nothing_is_found():
    statement = Statement.objects.first()
    raw(Statement, pk=statement.pk).update(membership_id=999_999)
    assert "directory_statement/1: refers to a row of directory_membership" in findings()[0]
    raw(Statement, pk=statement.pk).update(membership_id=statement.membership_id)
    assert findings() == []


def test_merging_renaming_reverting_and_reviewing_leave_one_story():
    editor = make_editor()
    item = queue.take(actor=editor, item=suggest(make_person()))
    review.approve(actor=editor, item=item)
    make_membership("north", make_city("kristiania-no"), joined="1950", left="1960")
    merging.merge_duplicates(
        actor=editor, table="cities", kept="oslo-no", duplicate="kristiania-no", reason="The same"
    )
    assert findings() == []
    merged = ChangeSet.objects.latest("revision")
    reverts.revert_change_set(actor=editor, change_set=merged, reason="They are two")
    assert findings() == []
    editing.rename_record(
        actor=editor, table="cities", record="oslo-no", new="oslo-kommune-no", reason="Its name"
    )
    assert findings() == []
