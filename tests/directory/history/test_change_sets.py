"""Every write of public data is one change set, and the log says what it changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.history import change_set, current_changes, current_revision, followers, record_at
from directory.models import ChangeSet, City, Entry, Funder, Membership, Network, Revision
from directory.models.change import AppendOnlyError
from directory.models.choices import Origin
from directory.models.public import OutsideChangeSet
from tests.factories import (
    make_city,
    make_funder,
    make_membership,
    make_network,
    make_statement,
)

pytestmark = pytest.mark.django_db


def web(reason: str = "A test"):
    return change_set(origin=Origin.WEB, reason=reason)


def newest_entries() -> dict[str, str]:
    newest = ChangeSet.objects.order_by("-revision").first()
    return {f"{entry.table}/{entry.record}": entry.action for entry in newest.entries.all()}


@pytest.mark.parametrize(
    "write",
    [
        lambda city: city.save(),
        lambda city: city.delete(),
        lambda city: City.objects.update(name="Other"),
        lambda city: City.objects.all().delete(),
        lambda city: City.objects.bulk_update([city], ["name"]),
        lambda city: City.objects.bulk_create([city], ignore_conflicts=True),
        lambda city: City.objects.create(slug="other"),
    ],
)
def test_nothing_public_is_written_outside_a_change_set(write):
    city = make_city()
    with pytest.raises(OutsideChangeSet):
        write(city)


def test_a_new_record_is_logged_with_what_it_says():
    make_funder("a-fund", name="A Fund")
    entry = Entry.objects.get()
    assert (entry.action, entry.before) == ("added", None)
    assert entry.after == {"id": "a-fund", "name": "A Fund"}


def test_a_changed_record_is_logged_with_what_it_said_before_and_after():
    funder = make_funder("a-fund", name="A Fund")
    with web():
        funder.name = "The Fund"
        funder.save()
    entry = Entry.objects.get(action="changed")
    assert (entry.before["name"], entry.after["name"]) == ("A Fund", "The Fund")


def test_a_deleted_record_is_logged_with_what_it_said():
    funder = make_funder("a-fund")
    with web():
        funder.delete()
    assert newest_entries() == {"funders/a-fund": "removed"}


def test_a_record_that_says_the_same_as_before_has_no_entry_and_moves_no_revision():
    funder = make_funder()
    revision, sets = current_revision(), ChangeSet.objects.count()
    with web():
        funder.save()
    assert (current_revision(), ChangeSet.objects.count()) == (revision, sets)


def test_a_record_made_and_deleted_in_one_change_set_leaves_no_trace():
    with web():
        make_funder().delete()
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("field", ["regions", "countries", "funders"])
def test_a_change_of_a_networks_lists_is_a_change_of_the_network(field):
    network = make_network("a-network", countries=["NO"], funders=["a-fund"])
    with web():
        getattr(network, field).clear()
    assert newest_entries() == {"networks/a-network": "changed"}


def test_a_change_of_a_networks_focus_areas_is_a_change_of_the_network():
    network = make_network("a-network", focus_areas=["climate", "energy"])
    with web():
        network.focus_area_links.get(rank=2).delete()
    entry = Entry.objects.get(action="changed")
    assert (entry.before["focus_areas"], entry.after["focus_areas"]) == (
        ["climate", "energy"],
        ["climate"],
    )


def test_a_list_changed_from_its_other_side_is_a_change_of_the_network():
    make_network("a-network")
    funder = make_funder()
    with web():
        funder.networks.add(Network.objects.get())
    assert newest_entries() == {"networks/a-network": "changed"}


def test_a_statement_that_changes_the_standing_logs_both_records():
    membership = make_membership()
    with web():
        statement = make_statement(membership, voice="city")
    assert newest_entries() == {
        f"memberships/{membership.public_id}": "changed",
        f"statements/{statement.public_id}": "added",
    }


def test_bulk_writes_are_logged():
    city = make_city("bergen-no")
    with web():
        City.objects.filter(pk=city.pk).update(population=290_000)
    assert newest_entries() == {"cities/bergen-no": "changed"}


def test_a_bulk_write_of_what_may_be_there_already_is_logged_as_a_change():
    city = make_city("bergen-no", name="Bergen")
    with web():
        City.objects.bulk_create(
            [
                City(
                    pk=city.pk,
                    slug=city.slug,
                    name="Bjørgvin",
                    country=city.country,
                    latitude=city.latitude,
                    longitude=city.longitude,
                )
            ],
            update_conflicts=True,
            update_fields=["name", "name_key"],
            unique_fields=["id"],
        )
    assert newest_entries() == {"cities/bergen-no": "changed"}
    assert Entry.objects.order_by("-pk")[0].before["name"] == "Bergen"


def test_one_id_is_not_taken_for_a_list_of_letters():
    with pytest.raises(TypeError), web() as changes:
        changes.touch("cities", "bergen-no")


def test_a_record_cannot_be_recorded_twice():
    with web() as changes:
        changes.record("funders", "x", None, {"id": "x", "name": "X"})
        with pytest.raises(ValueError, match="named already"):
            changes.record("funders", "x", None, {"id": "x", "name": "Y"})


def test_an_error_inside_undoes_everything():
    def fail_half_way():
        with web():
            make_funder()
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    assert not Funder.objects.exists()
    assert current_revision() == 0
    assert current_changes() is None


def test_a_change_set_cannot_be_opened_inside_another():
    with web(), pytest.raises(RuntimeError, match="open already"), web():
        pass


@pytest.mark.parametrize("reason", ["", "x" * 501, "one\ntwo", "a\0b"])
def test_a_change_set_needs_a_reason_that_the_log_can_hold(reason):
    with pytest.raises(ValueError, match=r"needs a reason|one line of text"), web(reason):
        pass


def test_each_change_set_moves_the_revision_by_one():
    make_funder("one")
    make_funder("two")
    assert current_revision() == 2
    assert list(ChangeSet.objects.order_by("id").values_list("revision", flat=True)) == [1, 2]


def test_the_revision_is_the_last_thing_taken_before_the_commit():
    with CaptureQueriesContext(connection) as queries:
        make_funder()
    written = [
        query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert "revision" in written[-2]
    assert written[-2].startswith('UPDATE "directory_revision"')
    assert written[-1].startswith('UPDATE "directory_changeset"')


def test_the_counter_gets_a_new_stamp_with_every_number():
    make_funder()
    first = Revision.objects.get().stamp
    make_funder()
    assert Revision.objects.get().stamp != first


def test_a_revision_can_move_without_a_record():
    with change_set(origin=Origin.GAZETTEER, reason="Places", moves_revision=True):
        pass
    assert current_revision() == 1
    assert not Entry.objects.exists()


def test_followers_hear_of_the_touched_records_before_the_commit(monkeypatch):
    heard = []
    monkeypatch.setattr(
        "directory.history.change_sets.followers",
        [*followers, lambda changes: heard.append(dict(changes.touched))],
    )
    make_funder("a-fund")
    assert heard == [{"funders": {"a-fund"}}]


def test_actor_office_and_reason_stand_in_the_log():
    with change_set(origin=Origin.WEB, reason="Moved", actor="abc", office="City of Bergen"):
        make_funder()
    made = ChangeSet.objects.get()
    assert (made.actor, made.office, made.reason, made.origin) == (
        "abc",
        "City of Bergen",
        "Moved",
        "web",
    )


def test_a_record_can_be_read_as_of_each_revision():
    funder = make_funder("a-fund", name="A Fund")
    with web():
        funder.name = "The Fund"
        funder.save()
    with web():
        funder.delete()
    names = [(record_at("funders", "a-fund", revision) or {}).get("name") for revision in range(4)]
    assert names == [None, "A Fund", "The Fund", None]


def test_what_somebody_said_does_not_disappear_by_cascade():
    membership = make_membership()
    for record in (membership, membership.city, membership.network):
        with pytest.raises(Exception, match="protected"), web():
            record.delete()
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("model", [ChangeSet, Entry])
@pytest.mark.parametrize(
    "rewrite",
    [
        lambda row, model: row.save(),
        lambda row, model: row.delete(),
        lambda row, model: model.objects.all().delete(),
        lambda row, model: model.objects.update(id=1),
        lambda row, model: model.objects.bulk_update([row], ["id"]),
    ],
)
def test_the_log_is_append_only(model, rewrite):
    make_funder()
    with pytest.raises(AppendOnlyError):
        rewrite(model.objects.get(), model)
