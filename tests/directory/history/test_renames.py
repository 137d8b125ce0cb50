"""What refers to a renamed record says its new id: the log says so, and as nobody's word."""

import pytest

from directory.history import change_set, last_spoken_by_people, record_at
from directory.integrity.change_log import entries
from directory.models import ChangeSet, Entry, Network
from directory.models.choices import Origin
from directory.registration import editing, merging
from tests.directory.registration.people import make_editor
from tests.factories import make_city, make_label, make_membership, make_network

pytestmark = pytest.mark.django_db


def rename(old, new):
    tell = {"actor": make_editor(), "table": "networks", "reason": "Its name"}
    editing.rename_record(record=old, new=new, **tell)


def last_words():
    made = ChangeSet.objects.latest("revision")
    return {f"{entry.table}/{entry.record}": entry for entry in made.entries.all()}


def test_references_and_names_follow_a_rename_in_the_log():
    membership = make_membership("north", "bergen-no")
    make_network("section", parent=Network.objects.get(slug="north"))
    make_label(membership.network, "fr", "Nord")
    rename("north", "nordic")
    said = last_words()
    followed = said[f"memberships/{membership.public_id}"]
    assert (followed.before["network"], followed.after["network"]) == ("north", "nordic")
    assert said["networks/section"].after["parent"] == "nordic"
    assert said["labels/networks/north/fr"].action == Entry.Action.REMOVED
    assert said["labels/networks/nordic/fr"].action == Entry.Action.ADDED
    assert list(entries()) == []
    assert record_at("memberships", membership.public_id, 1)["network"] == "north"


def test_what_follows_a_rename_is_nobodys_word():
    with change_set(origin=Origin.LOAD, reason="Loaded"):
        make_membership("north", "bergen-no")
    rename("north", "nordic")
    assert last_spoken_by_people("memberships") == set()
    assert last_spoken_by_people("networks") == {"north", "nordic"}


def test_what_refers_to_a_record_may_change_as_it_is_renamed():
    public_id = make_membership("north", "bergen-no").public_id
    with change_set(origin=Origin.WEB, reason="Both at once") as changes:
        changes.touch("networks", ["north", "nordic"])
        network = Network.objects.get()
        network.slug = "nordic"
        network.save()
        editing.redirect("networks", "north", "nordic")
        membership = network.memberships.get()
        membership.role = "chair"
        membership.save()
    followed = last_words()[f"memberships/{public_id}"]
    assert (followed.before["network"], followed.before["role"]) == ("north", "member")
    assert (followed.after["network"], followed.after["role"]) == ("nordic", "chair")


def test_names_that_move_in_a_merge_leave_their_former_ids():
    make_label(make_city("bergen-no"), "de", "Bergen")
    other = make_city("bergen-2-no")
    make_label(other, "de", "Bergen")
    make_label(other, "fr", "Berguen")
    tell = {"actor": make_editor(), "table": "cities", "reason": "The same city"}
    merging.merge_duplicates(kept="bergen-no", duplicate="bergen-2-no", **tell)
    assert last_words()["labels/cities/bergen-2-no/fr"].action == Entry.Action.REMOVED
    assert last_words()["labels/cities/bergen-no/fr"].action == Entry.Action.ADDED
    assert list(entries()) == []
