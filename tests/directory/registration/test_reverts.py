"""Editors take change sets back; what city and network then say decides who waits for them."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.datapackage.exporting import export_package
from directory.models import ChangeSet, Membership, Network, ReviewItem
from directory.registration import disputes, editing, memberships, merging, objections
from directory.registration.problems import Invalid, NotAllowed
from directory.registration.reverts import CannotRevert, revert_change_set
from tests.directory.datapackage.tiny import files
from tests.directory.registration.people import make_editor, make_staff
from tests.factories import (
    make_city,
    make_focus_area,
    make_label,
    make_membership,
    make_network,
    make_redirect,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bergen():
    return make_city("bergen-no")


@pytest.fixture
def north():
    return make_network("north", name="North")


@pytest.fixture
def kari(bergen):
    """Acts for Bergen."""
    return make_staff(bergen)


@pytest.fixture
def nils(north):
    """Acts for North."""
    return make_staff(north)


@pytest.fixture
def editor():
    return make_editor()


def newest() -> ChangeSet:
    return ChangeSet.objects.latest("revision")


def take_back(editor, change_set=None, reason="A mistake") -> ChangeSet:
    return revert_change_set(actor=editor, change_set=change_set or newest(), reason=reason)


def test_the_log_says_that_editors_took_it_back_and_why(editor, kari, bergen, north):
    memberships.add_membership(actor=kari, office=bergen, city=bergen, network=north)
    added = newest()
    made = take_back(editor, reason="Wrong  network")
    assert (made.office, made.reason, made.origin) == ("Editors", "Wrong network", "web")
    assert (made.reverts, made.actor) == (added, str(editor.opaque_id))
    assert not Membership.objects.exists()


def test_only_editors_take_anything_back(kari, bergen, north):
    memberships.add_membership(actor=kari, office=bergen, city=bergen, network=north)
    with pytest.raises(NotAllowed):
        take_back(kari)
    assert Membership.objects.exists()


def test_a_reason_is_needed(editor):
    make_city()
    with pytest.raises(Invalid):
        take_back(editor, reason=" ")


def test_what_came_later_is_named_and_nothing_is_taken_back(editor, kari, bergen, north):
    membership = memberships.add_membership(
        actor=kari, office=bergen, city=bergen, network=north, joined="2019"
    )
    added = newest()
    memberships.change_membership(actor=kari, office=bergen, membership=membership, joined="2015")
    with pytest.raises(CannotRevert) as refusal:
        take_back(editor, added)
    assert refusal.value.code == "conflicts"
    assert any("changed later" in conflict for conflict in refusal.value.conflicts)
    assert Membership.objects.get().joined == "2015"


def test_a_dispute_ends_with_the_word_that_began_it(editor, kari, nils, bergen, north):
    membership = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="Never joined")
    assert ReviewItem.objects.get().state == "waiting"
    take_back(editor)
    assert Membership.objects.get().standing == "confirmed"
    assert ReviewItem.objects.get().state == "withdrawn"


def test_a_dispute_comes_back_with_the_word_that_ended_it(editor, kari, nils, bergen, north):
    membership = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=membership, reason="Never joined")
    memberships.confirm(actor=kari, office=bergen, membership=membership)
    assert not ReviewItem.objects.filter(state="waiting").exists()
    take_back(editor)
    assert Membership.objects.get().standing == "disputed"
    assert ReviewItem.objects.get(state="waiting").membership == membership


def test_the_dispute_of_another_membership_stays(editor, kari, nils, bergen, north):
    disputed = memberships.add_membership(actor=nils, office=north, city=bergen, network=north)
    objections.dispute(actor=kari, office=bergen, membership=disputed, reason="Never joined")
    make_membership()
    take_back(editor)
    assert ReviewItem.objects.get().state == "waiting"


def test_many_memberships_are_followed_in_a_few_queries(
    editor, nils, north, django_assert_max_num_queries
):
    pairs = [make_membership(north, make_city()).public_id for _ in range(5)]
    with django_assert_max_num_queries(1):
        disputes.follow_all(pairs)


MERGED = {
    "networks": ("kept", "duplicate"),
    "cities": ("kept-no", "duplicate-no"),
    "focus_areas": ("kept", "duplicate"),
    "funders": ("kept", "duplicate"),
}
MAKE = {
    "networks": lambda slug: make_network(slug, founded=1990, aliases=[f"Alias of {slug}"]),
    "cities": lambda slug: make_city(slug, wikidata=f"Q{len(slug)}"),
    "focus_areas": make_focus_area,
    "funders": lambda slug: make_network(f"funded-by-{slug}", funders=[slug]),
}


def merge(editor, table):
    kept, duplicate = MERGED[table]
    merging.merge_duplicates(
        actor=editor, table=table, kept=kept, duplicate=duplicate, reason="The same"
    )
    return newest()


def join(table, record, other, **said):
    """Make a membership of a network or city in one of the others."""
    pair = (record, f"city-{other}-no") if table == "networks" else (f"network-{other}", record)
    return make_membership(*pair, **said)


def test_a_merge_taken_back_leaves_each_record_its_own(editor, tmp_path):
    duplicate = [MAKE["networks"](slug) for slug in MERGED["networks"]][1]
    shared = [join("networks", slug, 1, joined="2019") for slug in MERGED["networks"]]
    make_statement(shared[1], voice="network")
    own = [join("networks", "duplicate", number) for number in (2, 3)]
    make_label(duplicate, "fr", "Le double")
    make_redirect("network", "older", "duplicate")
    make_network("section", parent=duplicate)
    export_package(tmp_path / "before")
    merged = merge(editor, "networks")
    export_package(tmp_path / "merged")
    undone = take_back(editor, merged)
    export_package(tmp_path / "after")
    assert files(tmp_path / "after") == files(tmp_path / "before")
    assert set(Network.objects.get(slug="duplicate").memberships.all()) == {shared[1], *own}
    take_back(editor, undone)
    export_package(tmp_path / "merged again")
    assert files(tmp_path / "merged again") == files(tmp_path / "merged")


some_memberships = st.sets(st.tuples(st.booleans(), st.integers(0, 3)), max_size=6)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    table=st.sampled_from(sorted(MERGED)),
    joined=some_memberships,
    labels=st.sets(st.tuples(st.booleans(), st.sampled_from(["fr", "de"]))),
    spoken=st.booleans(),
    named_by=st.lists(st.permutations(MERGED["focus_areas"]), max_size=2),
)
def test_whatever_was_merged_is_as_before_once_it_is_taken_back(
    editor, tmp_path, table, joined, labels, spoken, named_by
):
    with transaction.atomic():
        records = [MAKE[table](slug) for slug in MERGED[table]]
        if table in ("networks", "cities"):
            for is_duplicate, other in sorted(joined):
                membership = join(table, MERGED[table][is_duplicate], other)
                if spoken:
                    make_statement(membership, voice="city")
        elif table == "focus_areas":
            for slugs in named_by:
                make_network(focus_areas=["other", *slugs])
        if table != "funders":
            for is_duplicate, language in sorted(labels):
                make_label(records[is_duplicate], language, f"{language} {is_duplicate}")
        export_package(tmp_path / "before")
        take_back(editor, merge(editor, table))
        export_package(tmp_path / "after")
        assert files(tmp_path / "after") == files(tmp_path / "before")
        transaction.set_rollback(True)


def test_a_merge_is_taken_back_to_the_ids_that_others_have_since(editor):
    for slug in MERGED["networks"]:
        MAKE["networks"](slug)
    membership = join("networks", "duplicate", 1)
    merged = merge(editor, "networks")
    editing.rename_record(
        actor=editor, table="cities", record="city-1-no", new="one-no", reason="Its name"
    )
    take_back(editor, merged)
    membership.refresh_from_db()
    assert (membership.network.slug, membership.city.slug) == ("duplicate", "one-no")
