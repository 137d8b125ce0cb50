"""What is kept in memory is of one revision, also while the data move on."""

import datetime
import threading
import time

import pytest

from directory.history import change_set
from directory.history.validators import at_version, data_version
from directory.models import Funder
from directory.models.choices import Origin
from directory.search.per_revision import MOST_ATTEMPTS, PerRevision
from tests.factories import make_membership

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 23)


def add_funder(slug: str) -> None:
    with change_set(origin=Origin.COMMAND, reason="A test"):
        Funder(slug=slug, name=slug).save()


def funders() -> list[str]:
    return list(Funder.objects.order_by("slug").values_list("slug", flat=True))


def test_a_value_is_computed_once_for_a_revision_and_a_day():
    computed = []
    kept = PerRevision(lambda day: computed.append(day) or funders())
    assert kept.get(DAY) is kept.get(DAY)
    kept.get(DAY + datetime.timedelta(days=1))
    assert len(computed) == 2


def test_a_new_revision_is_seen():
    kept = PerRevision(lambda day: funders())
    assert kept.get(DAY) == []
    add_funder("a")
    assert kept.get(DAY) == ["a"]


def test_a_value_that_a_change_set_came_into_is_computed_anew():
    halves = []

    def compute(day: datetime.date) -> tuple[list[str], list[str]]:
        before = funders()
        if not halves:
            add_funder("a")
        halves.append((before, funders()))
        return halves[-1]

    kept = PerRevision(compute)
    assert kept.get(DAY) == (["a"], ["a"])
    assert halves == [([], ["a"]), (["a"], ["a"])]


def test_a_value_is_given_in_the_end_where_changes_never_rest():
    added = []

    def compute(day: datetime.date) -> list[str]:
        added.append(f"f{len(added)}")
        add_funder(added[-1])
        return funders()

    assert PerRevision(compute).get(DAY) == added
    assert len(added) == MOST_ATTEMPTS


def test_what_some_tables_say_is_kept_while_others_change():
    computed = []
    kept = PerRevision(lambda day: computed.append(day) or funders(), of=("funders",))
    assert kept.get(DAY) == []
    add_funder("a")
    assert kept.get(DAY) == ["a"]
    make_membership("north", "bergen-no")
    assert kept.get(DAY) == ["a"]
    assert len(computed) == 2


def test_whatever_moves_the_revision_without_a_record_may_have_changed_any_table():
    kept = PerRevision(lambda day: object(), of=("funders",))
    before = kept.get(DAY)
    with change_set(origin=Origin.COMMAND, reason="New places", moves_revision=True):
        pass
    assert kept.get(DAY) is not before


def test_threads_that_ask_at_once_wait_for_one_that_computes():
    computed, found = [], []

    def compute(_day):
        computed.append(1)
        time.sleep(0.2)
        return "value"

    kept = PerRevision(compute)
    version = data_version()

    def ask():
        with at_version(version):
            found.append(kept.get(DAY))

    threads = [threading.Thread(target=ask) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, len(computed)) == (["value"] * 4, 1)


def test_what_fails_for_one_is_computed_by_the_next():
    kept = PerRevision(lambda day: 1 // (day - DAY).days)
    with pytest.raises(ZeroDivisionError):
        kept.get(DAY)
    assert kept.get(DAY + datetime.timedelta(days=1)) == 1
    with pytest.raises(ZeroDivisionError):
        kept.get(DAY)
