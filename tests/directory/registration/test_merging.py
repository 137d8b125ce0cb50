"""Two records that are the same become one, and nothing of the other is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections  # noqa: F401, used by skipif

from directory.models import (
    Claim,
    Entry,
    FocusArea,
    Label,
    Membership,
    Network,
    Redirect,
    Statement,
    VerifiedDomain,
)
from directory.models.tables import TABLES
from directory.registration import editing, memberships, merging
from directory.registration.permissions import Action, may
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.registration.people import make_editor, make_person, make_staff
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """A network and its duplicate, whose funder and website the first lacks."""
    make_funder("eu")
    kept = make_network("sea", name="Sea", website="")
    duplicate = make_network(
        "cities-of-the-sea",
        name="Cities of the Sea",
        website="https://sea.example/",
        funders=["eu"],
        focus_areas=["climate", "noise"],
        sources=["https://other.example/"],
    )
    return kept, duplicate


def merge(table="networks", kept="sea", duplicate="cities-of-the-sea", **choices):
    return merging.merge_duplicates(
        actor=make_editor(),
        table=table,
        kept=kept,
        duplicate=duplicate,
        reason="The same",
        **choices,
    )


@pytest.mark.parametrize("table", merging.POLICIES)
def test_a_merge_names_every_column_and_all_that_refers_to_a_record(table):
    assert set(merging.POLICIES[table]) == set(TABLES[table].column_names)
    related = {each.get_accessor_name() for each in TABLES[table].model._meta.related_objects}
    assert set(merging.RELATIONS[table]) == related


def test_the_merged_record_has_what_either_had(pair):
    merge()
    row = next(TABLES["networks"].rows(["sea"]))
    assert (row["name"], row["website"]) == ("Sea", "https://sea.example/")
    assert row["funders"] == ["eu"]
    assert row["focus_areas"] == ["climate", "noise"]
    assert row["aliases"] == ["Cities of the Sea"]
    assert row["sources"] == ["https://example.org/about", "https://other.example/"]
    assert not Network.objects.filter(slug="cities-of-the-sea").exists()


def test_an_editor_chooses_column_by_column(pair):
    merge(values={"name": "Cities of the Sea", "aliases": ["Sea"], "website": ""})
    row = next(TABLES["networks"].rows(["sea"]))
    assert (row["name"], row["aliases"], row["website"]) == ("Cities of the Sea", ["Sea"], "")
    with pytest.raises(Invalid):
        merge(duplicate="other", values={"slug": "x"})


def test_former_addresses_lead_to_the_record_that_stays(pair):
    editing.rename_record(
        actor=make_editor(),
        table="networks",
        record="cities-of-the-sea",
        new="sea-cities",
        reason="Name",
    )
    merge(duplicate="sea-cities")
    assert set(Redirect.objects.values_list("old_slug", "new_slug")) == {
        ("cities-of-the-sea", "sea"),
        ("sea-cities", "sea"),
    }


def test_memberships_move_and_those_that_clash_become_one(pair):
    kept, duplicate = pair
    bergen, oslo = make_city(), make_city()
    same = make_membership(kept, bergen, joined="2019")
    make_membership(duplicate, bergen, standing="confirmed")
    moved = make_membership(duplicate, oslo)
    merge()
    assert set(Membership.objects.all()) == {same, moved}
    assert Statement.objects.filter(membership=same).count() == 2
    same.refresh_from_db()
    moved.refresh_from_db()
    assert (same.standing, moved.network) == ("confirmed", kept)


def test_people_names_and_domains_move(pair):
    kept, duplicate = pair
    staff, both = make_staff(duplicate), make_staff(kept)
    Claim.objects.create(
        person=both, network=duplicate, role="x", work_address="a@b.no", state="granted"
    )
    VerifiedDomain.objects.create(domain="b.no", network=duplicate)
    for owner, language in ((kept, "de"), (duplicate, "de"), (duplicate, "fr")):
        make_label(owner, language, f"{owner.slug} {language}", synonyms=[f"of {owner.slug}"])
    merge()
    assert may(staff, Action.SPEAK_FOR, kept).allowed
    assert may(both, Action.SPEAK_FOR, kept).allowed
    assert VerifiedDomain.objects.get().network == kept
    assert {label.name: label.synonyms for label in Label.objects.all()} == {
        "sea de": ["of sea"],
        "cities-of-the-sea fr": ["of cities-of-the-sea"],
    }


def test_sections_move_and_nothing_becomes_its_own_part(pair):
    kept, duplicate = pair
    editor = make_editor()
    make_network("section")
    for record, parent in (("section", duplicate.slug), ("sea", duplicate.slug)):
        editing.edit_record(
            actor=editor,
            table="networks",
            record=record,
            values={"parent": parent},
            reason="Part",
        )
    merge()
    assert Network.objects.get(slug="section").parent == kept
    assert Network.objects.get(slug="sea").parent is None


def test_two_cities_become_one_with_its_place():
    make_city("bergen-no", population=None)
    duplicate = make_city("bergen-vestland-no", wikidata="Q26793", population=5)
    make_membership(city=duplicate)
    city = merge("cities", "bergen-no", "bergen-vestland-no")
    assert (city.wikidata, city.population) == ("Q26793", 5)
    assert Membership.objects.get().city == city


def test_a_city_that_became_part_of_another_keeps_its_page_its_people_and_its_memberships():
    bergen, fana = make_city("bergen-no"), make_city("fana-no")
    membership, kari = make_membership(city=fana), make_staff(fana)
    ended = merging.end_city(
        actor=make_editor(), city=fana, successor=bergen, ended=1972, reason="Merged"
    )
    assert (ended.has_ended, ended.ended, ended.successor) == (True, 1972, bergen)
    assert list(bergen.predecessors.all()) == [fana]
    membership.refresh_from_db()
    assert membership.is_open
    assert may(kari, Action.SPEAK_FOR, fana).allowed
    before = Entry.objects.filter(record="fana-no").latest("pk").before
    assert (before["ended"], before["successor"]) == (None, "")


def test_a_city_may_end_with_a_year_or_a_successor_alone_but_not_with_neither():
    bergen, fana, voss = (make_city(f"{name}-no") for name in ("bergen", "fana", "voss"))
    editor = make_editor()
    assert merging.end_city(actor=editor, city=fana, ended=1972, reason="Merged").has_ended
    assert merging.end_city(actor=editor, city=voss, successor=bergen, reason="Merged").has_ended
    with pytest.raises(Invalid):
        merging.end_city(actor=editor, city=bergen, reason="Merged")
    with pytest.raises(Invalid):
        merging.end_city(actor=editor, city=bergen, ended=1066, reason="Merged")
    with pytest.raises(NotAllowed):
        merging.end_city(actor=make_person(), city=bergen, ended=2020, reason="Merged")


def test_no_city_becomes_part_of_itself_or_of_what_became_part_of_it():
    bergen, fana = make_city("bergen-no"), make_city("fana-no")
    editor = make_editor()
    merging.end_city(actor=editor, city=fana, successor=bergen, reason="Merged")
    for successor in (bergen, fana):
        with pytest.raises(Invalid) as refusal:
            merging.end_city(actor=editor, city=bergen, successor=successor, reason="Merged")
        assert "successor" in refusal.value.errors


def test_predecessors_move_with_a_duplicate():
    fana, bergen, other = make_city("fana-no"), make_city("bergen-no"), make_city("bjorgvin-no")
    merging.end_city(actor=make_editor(), city=fana, successor=other, reason="Merged")
    with pytest.raises(NotPossible):
        merge("cities", kept="fana-no", duplicate="bjorgvin-no")
    merge("cities", kept="bergen-no", duplicate="bjorgvin-no")
    assert list(bergen.predecessors.all()) == [fana]


def test_a_network_that_became_part_of_another_keeps_its_page(pair):
    kept, other = pair
    merged = merging.merge_network_into(
        actor=make_editor(), network=other, successor=kept, ended=2024, reason="Merged"
    )
    assert (merged.status, merged.merged_into, merged.ended) == ("merged", kept, 2024)
    with pytest.raises(Invalid):
        merging.merge_network_into(
            actor=make_editor(), network=kept, successor=other, reason="In a circle"
        )
    with pytest.raises(NotPossible):
        merge(kept=other.slug, duplicate=kept.slug)


def test_nobody_but_editors_merges(pair):
    with pytest.raises(NotAllowed):
        merging.merge_duplicates(
            actor=make_person(), table="networks", kept="sea", duplicate="x", reason="x"
        )
    with pytest.raises(Invalid):
        merge(duplicate="sea")


def test_two_focus_areas_become_one_and_networks_name_it_once_at_the_better_rank():
    noise, sound, quiet = (make_focus_area(slug) for slug in ("noise", "sound", "quiet"))
    make_label(noise, "fr", "Bruit")
    make_label(sound, "fr", "Son")
    make_label(sound, "de", "Schall")
    make_focus_area("music", parent=sound)
    make_network("both", focus_areas=["sound", "climate", "noise"])
    make_network("one", focus_areas=["climate", "sound"])
    make_network("none", focus_areas=["quiet"])
    merge("focus_areas", "noise", "sound")
    rows = {row["slug"]: row["focus_areas"] for row in TABLES["networks"].rows()}
    assert rows == {"both": ["noise", "climate"], "one": ["climate", "noise"], "none": ["quiet"]}
    noise.refresh_from_db()
    assert noise.synonyms == ["Sound"]
    assert [area.slug for area in noise.children.all()] == ["music"]
    assert set(Label.objects.values_list("name", flat=True)) == {"Bruit", "Schall"}
    redirect = Redirect.objects.get()
    assert (redirect.record_type, redirect.new_slug) == ("focus area", "noise")
    assert quiet.networks.count() == 1


def test_the_tree_of_focus_areas_stays_two_levels_deep():
    make_focus_area("noise", parent=make_focus_area("health"))
    make_focus_area("traffic", parent=make_focus_area("transport"))
    with pytest.raises(NotPossible, match="two levels deep"):
        merge("focus_areas", "noise", "transport")
    assert FocusArea.objects.count() == 4


def test_an_area_that_stays_takes_the_place_of_the_one_above_it():
    health = make_focus_area("health")
    make_focus_area("noise", parent=health)
    make_focus_area("smell", parent=health)
    noise = merge("focus_areas", "noise", "health")
    assert noise.parent is None
    assert FocusArea.objects.get(slug="smell").parent == noise


def test_two_funders_become_one():
    make_network("one", funders=["eu", "european-union"])
    make_network("two", funders=["european-union"])
    merge("funders", "eu", "european-union")
    rows = {row["slug"]: row["funders"] for row in TABLES["networks"].rows()}
    assert rows == {"one": ["eu"], "two": ["eu"]}
    redirect = Redirect.objects.get()
    assert (redirect.record_type, redirect.old_slug) == ("funder", "european-union")


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["networks", "cities"])
def test_memberships_written_during_a_merge_are_moved_or_refused(table):
    kept, gone = make_network("kept"), make_network("gone")
    if table == "cities":
        kept, gone = make_city("kept-no"), make_city("gone-no")
    column = "network" if table == "networks" else "city"
    others = [make_city() if table == "networks" else make_network() for _ in range(8)]
    people, editor = {other: make_staff(other) for other in others}, make_editor()
    for other in others[:4]:
        make_membership(**{column: gone, "city" if column == "network" else "network": other})

    def add(other) -> str:
        pair = {"city": gone, "network": other} if table == "cities" else {}
        pair = pair or {"city": other, "network": gone}
        try:
            memberships.add_membership(actor=people[other], office=other, **pair)
        except NotPossible as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "added"

    def join(_: int) -> None:
        try:
            merging.merge_duplicates(
                actor=editor, table=table, kept=kept.slug, duplicate=gone.slug, reason="The same"
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        added = pool.map(add, others)
        merged = pool.submit(join, 0)
        codes = list(added)
        merged.result()
    assert set(codes) <= {"added", "exists", "gone"}
    assert set(codes[:4]) <= {"exists", "gone"}
    assert not Membership.objects.exclude(**{column: kept}).exists()
    assert Membership.objects.count() == 4 + codes.count("added")
