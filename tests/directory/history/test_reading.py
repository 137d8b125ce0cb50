"""What the change log answers: what changed lately, and whose word was the last."""

import pytest

from directory.history import change_set, last_spoken_by_people, recent_changes
from directory.models import Funder
from directory.models.choices import Origin
from tests.factories import make_city, make_funder

pytestmark = pytest.mark.django_db


def test_recent_changes_count_records_by_table_newest_first(django_assert_num_queries):
    with change_set(origin=Origin.LOAD, reason="First"):
        make_funder("a-fund")
        make_funder("b-fund")
        make_city("bergen-no")
    with change_set(origin=Origin.WEB, reason="Second"):
        Funder.objects.get(slug="a-fund").delete()
    with django_assert_num_queries(2):
        second, first = recent_changes(limit=2)
    assert (second.change_set.reason, first.change_set.reason) == ("Second", "First")
    assert [(c.table, c.action, c.records) for c in second.counts] == [("funders", "removed", 1)]
    assert [(c.table, c.action, c.records) for c in first.counts] == [
        ("cities", "added", 1),
        ("countries", "added", 1),
        ("funders", "added", 2),
    ]


def test_recent_changes_are_limited():
    for _ in range(3):
        make_funder()
    assert [change.change_set.revision for change in recent_changes(limit=2)] == [3, 2]


@pytest.mark.parametrize(
    ("origins", "is_peoples"),
    [
        (["load"], False),
        (["load", "web"], True),
        (["web", "load"], False),
        (["load", "api", "load", "command"], True),
    ],
)
def test_the_last_word_on_a_record_is_a_loaded_one_or_peoples(origins, is_peoples):
    for number, origin in enumerate(origins):
        with change_set(origin=Origin(origin), reason="A word"):
            if number == 0:
                make_funder("a-fund")
            else:
                funder = Funder.objects.get()
                funder.name = f"Name {number}"
                funder.save()
    assert last_spoken_by_people("funders") == ({"a-fund"} if is_peoples else set())
    assert last_spoken_by_people("cities") == set()
