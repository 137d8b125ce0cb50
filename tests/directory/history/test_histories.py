"""In whose history an entry stands, and how much of a history is read."""

import pytest

from directory.history import change_set, entries_of, find_subject, history_of, recent_changes
from directory.models import ChangeSet, Entry, Network, Redirect
from directory.models.choices import Origin
from tests.factories import (
    make_city,
    make_funder,
    make_label,
    make_membership,
    make_network,
    make_redirect,
    make_statement,
    writing,
)

pytestmark = pytest.mark.django_db


def web(reason="A change"):
    return change_set(origin=Origin.WEB, reason=reason)


def reasons(table, record, **asked):
    found = history_of(find_subject(table, record), **{"limit": 50} | asked)
    return [one.change_set.reason for one in found]


def test_a_change_of_a_membership_stands_in_three_histories():
    membership = make_membership("mayors", "bergen-no")
    make_membership("mayors", "oslo-no")
    with web("A chair"):
        membership.role = "chair"
        membership.save()
    for table, record in (
        ("networks", "mayors"),
        ("cities", "bergen-no"),
        ("memberships", membership.public_id),
    ):
        assert reasons(table, record)[0] == "A chair"
    assert "A chair" not in reasons("cities", "oslo-no")


def test_a_statement_stands_with_the_membership_it_speaks_of():
    membership = make_membership("mayors", "bergen-no")
    with web("A word"):
        statement = make_statement(membership, voice="editor")
    entry = Entry.objects.get(table="statements", record=statement.public_id)
    assert (entry.network, entry.city) == ("mayors", "bergen-no")
    assert entry.membership == membership.public_id


def test_a_name_and_a_redirect_stand_with_their_record():
    city = make_city("bergen-no")
    make_network("mayors")
    make_label(city, "nn", "Bjørgvin")
    make_redirect("network", "majors", "mayors")
    assert Entry.objects.get(table="labels").city == "bergen-no"
    assert Entry.objects.get(table="redirects").network == "mayors"


def test_the_history_of_what_is_gone_is_still_told():
    membership = make_membership("mayors", "bergen-no")
    record = membership.public_id
    with web("A mistake"):
        membership.statements.all().delete()
        membership.delete()
    assert find_subject("memberships", record).is_gone
    assert reasons("memberships", record)[0] == "A mistake"
    assert reasons("cities", "bergen-no")[0] == "A mistake"


def test_a_renamed_record_keeps_its_history():
    network = make_network("mayors")
    with web("Renamed") as changes:
        changes.touch("networks", ["mayors"])
        network.slug = "majors"
        network.save()
        Redirect.objects.create(record_type="network", old_slug="mayors", new_slug="majors")
    assert reasons("networks", "majors") == ["Renamed", "Data of a test"]
    subject = find_subject("networks", "majors")
    assert [subject.at(revision)["slug"] for revision in (1, 2)] == ["mayors", "majors"]
    assert subject.at(0) is None


def test_the_records_own_change_comes_first_and_the_rest_is_counted(django_assert_num_queries):
    with writing():
        make_network("mayors")
        for number in range(20):
            make_membership("mayors", f"city-{number:02}-no")
    subject = find_subject("networks", "mayors")
    with django_assert_num_queries(3):
        (change,) = history_of(subject, limit=10)
    assert change.entries[0].table == "networks"
    assert (len(change.entries), change.more) == (12, 29)


def test_a_history_is_paged_by_revision():
    for number in range(5):
        with web(f"Word {number}"):
            if number:
                Network.objects.update(summary=f"Summary {number}.")
            else:
                make_network("mayors")
    assert reasons("networks", "mayors", limit=2) == ["Word 4", "Word 3"]
    assert reasons("networks", "mayors", limit=9, before=4) == ["Word 2", "Word 1", "Word 0"]


def test_entries_of_a_change_set_are_paged_by_table_and_record():
    with writing():
        for slug in ("c-fund", "a-fund", "b-fund"):
            make_funder(slug)
        make_city("bergen-no")
    made = ChangeSet.objects.get()
    first = entries_of(made, limit=3)
    assert [entry.record for entry in first] == ["bergen-no", "NO", "a-fund"]
    rest = entries_of(made, after=("funders", "a-fund"), limit=9)
    assert [entry.record for entry in rest] == ["b-fund", "c-fund"]
    assert [entry.record for entry in entries_of(made, table="countries", limit=9)] == ["NO"]
    mine = entries_of(made, subject=("city", "bergen-no"), limit=9)
    assert [entry.record for entry in mine] == ["bergen-no"]


def test_recent_changes_of_one_table_or_origin():
    make_funder()
    with web("A city"):
        make_city("bergen-no")
    assert [one.change_set.revision for one in recent_changes(table="cities")] == [2]
    assert [one.change_set.revision for one in recent_changes(origin="command")] == [1]
    assert [one.change_set.revision for one in recent_changes(before=2)] == [1]
    assert recent_changes(table="cities", origin="command") == []
