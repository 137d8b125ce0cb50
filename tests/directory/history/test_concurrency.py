"""Several writers at once: each record's entries follow on each other, each revision is one."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, connections

from directory.history import change_set, current_revision
from directory.models import ChangeSet, City, Entry
from directory.models.choices import Origin
from tests.factories import make_city

WRITERS, ROUNDS = 4, 5


def add_one_inhabitant() -> None:
    try:
        with change_set(origin=Origin.WEB, reason="A birth") as changes:
            changes.touch("cities", ["bergen-no"])
            city = City.objects.get(slug="bergen-no")
            city.population += 1
            city.save()
    finally:
        connections.close_all()


@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="SQLite has one writer; its tests one connection"
)
@pytest.mark.django_db(transaction=True)
def test_writers_of_one_record_wait_for_each_other():
    assert connection.vendor == "postgresql"
    make_city("bergen-no", population=0)
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(add_one_inhabitant) for _ in range(WRITERS * ROUNDS)]:
            done.result()
    assert City.objects.get().population == WRITERS * ROUNDS
    assert current_revision() == WRITERS * ROUNDS + 1
    revisions = ChangeSet.objects.order_by("revision").values_list("revision", flat=True)
    assert list(revisions) == list(range(1, WRITERS * ROUNDS + 2))
    entries = Entry.objects.filter(record="bergen-no").order_by("change_set__revision")
    for earlier, later in pairwise(entries):
        assert later.before == earlier.after


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite counts them at each write")
@pytest.mark.django_db
def test_references_are_checked_while_nobody_waits_for_the_number():
    city = make_city("bergen-no")
    numbered = []

    def move_nowhere():
        with change_set(origin=Origin.WEB, reason="A test") as changes:
            changes.when_numbered(numbered.append)
            city.country_id = "QQ"
            city.save()

    with pytest.raises(IntegrityError):
        move_nowhere()
    assert not numbered
