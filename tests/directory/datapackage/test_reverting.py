"""A change set is taken back by a new one: every record as before, or nothing at all."""

import pytest
from django.core.management import CommandError, call_command

from directory.datapackage.reverting import RevertRefusedError, revert
from directory.history import change_set, current_revision
from directory.models import (
    ChangeSet,
    City,
    Entry,
    Funder,
    Membership,
    Network,
    NetworkTerm,
    Redirect,
    Statement,
)
from directory.models.choices import Origin
from directory.models.tables import TABLES
from tests.factories import (
    make_city,
    make_focus_area,
    make_funder,
    make_label,
    make_membership,
    make_network,
    make_redirect,
    make_statement,
)

pytestmark = pytest.mark.django_db


def web(reason="A change"):
    return change_set(origin=Origin.WEB, reason=reason, office="City of Bergen")


def newest() -> ChangeSet:
    return ChangeSet.objects.latest("revision")


def take_back(reverted=None, reason="A mistake"):
    return revert(reverted or newest(), actor="abc", office="CityNet", reason=reason)


def everything():
    return {
        name: {table.record_id(row): row for row in table.rows()} for name, table in TABLES.items()
    }


def rename(network: Network, to: str, *, reason="Renamed"):
    old = network.slug
    with web(reason) as changes:
        changes.touch("networks", [old])
        network.slug = to
        network.save()
        Redirect.objects.create(record_type="network", old_slug=old, new_slug=to)


def test_a_changed_record_says_again_what_it_said_before():
    network = make_network("mayors", name="Mayors", stated_members=None)
    before = everything()
    with web():
        network.name, network.summary = "Majors", "Officers."
        network.save()
    made = take_back()
    assert everything() == before
    assert (made.reverts.reason, made.reason, made.office) == ("A change", "A mistake", "CityNet")
    assert made.revision == current_revision()


def test_lists_come_back_with_their_ranks():
    network = make_network("mayors", focus_areas=["climate", "energy"], funders=["a-fund"])
    before = everything()
    with web():
        network.focus_area_links.all().delete()
        network.focus_area_links.create(focus_area=make_focus_area("water"), rank=1)
        network.funders.set([make_funder("b-fund")])
    take_back()
    assert everything() == before


def test_what_was_added_goes_and_the_log_keeps_it():
    make_network("mayors")
    make_city("bergen-no")
    before = everything()
    membership = make_membership("mayors", "bergen-no")
    made = take_back()
    assert everything() == before
    assert made.entries.get(table="memberships").record == membership.public_id
    assert made.entries.get(table="statements").before["source"] == "https://example.org/members"


def test_what_was_removed_comes_back_with_its_id():
    membership = make_membership("mayors", "bergen-no")
    before = everything()
    with web():
        membership.statements.all().delete()
        membership.delete()
    take_back()
    assert everything() == before


def test_a_number_that_was_taken_back_is_never_given_again():
    make_network("mayors")
    make_city("bergen-no")
    make_city("oslo-no")
    gone = make_membership("mayors", "bergen-no").pk
    take_back()
    assert make_membership("mayors", "oslo-no").pk > gone


def test_a_whole_tree_of_new_records_goes():
    make_network("other")
    before = everything()
    with web():
        make_network("child", parent=make_network("parent"), focus_areas=["climate"])
        city = make_city("bergen-no", wikidata="Q26793")
        make_label(city, "nn", "Bjørgvin")
        make_membership("child", city)
    take_back()
    assert everything() == before


def test_a_membership_that_was_ended_and_begun_anew_is_open_again():
    membership = make_membership("mayors", "bergen-no")
    before = everything()
    with web():
        membership.left = "2020"
        membership.save()
        make_membership("mayors", "bergen-no", joined="2022")
    take_back()
    assert everything() == before


def test_ids_that_a_new_city_took_over_return():
    bergen = make_city("bergen-no", wikidata="Q26793")
    before = everything()
    with web():
        bergen.wikidata = ""
        bergen.save()
        make_city("bjorgvin-no", wikidata="Q26793")
    take_back()
    assert everything() == before


def test_taking_back_what_was_taken_back_makes_it_anew():
    funder = make_funder("a-fund", name="A Fund")
    with web():
        funder.name = "The Fund"
        funder.save()
    changed = newest()
    take_back(take_back(changed))
    assert Funder.objects.get().name == "The Fund"
    take_back(changed)
    assert Funder.objects.get().name == "A Fund"


def test_a_later_word_on_a_record_stands_in_the_way_of_all_of_them():
    with web("Two funds"):
        make_funder("a-fund")
        funder = make_funder("b-fund")
    both = newest()
    with web("A better name"):
        funder.name = "Best Fund"
        funder.save()
    before, revision = everything(), current_revision()
    with pytest.raises(RevertRefusedError) as refused:
        take_back(both)
    assert refused.value.conflicts == [
        "funders/b-fund was changed later, by revision 2 (A better name); "
        "take that back first, or change the record itself."
    ]
    assert (everything(), current_revision()) == (before, revision)


def test_a_later_word_that_was_taken_back_stands_in_nobodys_way():
    funder = make_funder("a-fund")
    first = newest()
    with web():
        funder.name = "Best Fund"
        funder.save()
    take_back()
    take_back(first)
    assert not Funder.objects.exists()


def test_nothing_is_taken_back_twice():
    make_funder("a-fund")
    first = newest()
    take_back(first)
    with pytest.raises(RevertRefusedError, match="taken back already, by revision 2"):
        take_back(first)


def test_what_a_later_record_refers_to_stays():
    make_network("mayors")
    first = newest()
    membership = make_membership("mayors", "bergen-no")
    with pytest.raises(RevertRefusedError) as refused:
        take_back(first)
    assert refused.value.conflicts == [
        f"memberships/{membership.public_id} (network) refers to networks/mayors, "
        "which would go; end it first."
    ]
    assert Network.objects.filter(slug="mayors").exists()


@pytest.mark.parametrize("kind", ["label", "redirect", "funder"])
def test_labels_redirects_and_lists_count_as_references(kind):
    if kind == "funder":
        make_funder("a-fund")
        first = newest()
        make_network("mayors", funders=["a-fund"])
    else:
        network = make_network("mayors")
        first = newest()
        if kind == "label":
            make_label(network, "fr", "Maires")
        else:
            make_redirect("network", "majors", "mayors")
    with pytest.raises(RevertRefusedError, match="which would go"):
        take_back(first)


def test_a_record_whose_place_is_taken_does_not_come_back():
    membership = make_membership("mayors", "bergen-no")
    with web():
        membership.left = "2020"
        membership.save()
    ended = newest()
    make_membership("mayors", "bergen-no", joined="2022")
    with pytest.raises(RevertRefusedError, match="has the open membership"):
        take_back(ended)


def test_the_standing_follows_from_the_statements_that_stay():
    membership = make_membership("mayors", "bergen-no")
    make_statement(membership, voice="city")
    the_citys_word = newest()
    make_statement(membership, voice="network", says="not a member")
    membership.refresh_from_db()
    assert membership.standing == "disputed"
    take_back(the_citys_word)
    membership.refresh_from_db()
    assert membership.standing == "confirmed"
    assert not Statement.objects.filter(voice="city").exists()


def test_a_rename_taken_back_keeps_both_addresses_alive(client):
    membership = make_membership("mayors", "bergen-no")
    rename(Network.objects.get(), "majors")
    make_statement(membership, voice="city")
    take_back(ChangeSet.objects.get(reason="Renamed"))
    assert client.get("/networks/mayors/").status_code == 200
    assert client.get("/networks/majors/").headers["Location"] == "/networks/mayors/"
    assert Membership.objects.get().network.slug == "mayors"
    made = newest()
    actions = {f"{entry.table}/{entry.record}": entry.action for entry in made.entries.all()}
    assert actions == {
        "networks/mayors": "added",
        "networks/majors": "removed",
        "redirects/network/mayors": "removed",
        "redirects/network/majors": "added",
        f"memberships/{membership.public_id}": "changed",
    }


def test_an_older_change_of_what_refers_to_a_renamed_record_can_be_taken_back():
    network = make_network("mayors")
    membership = make_membership("mayors", "bergen-no")
    with web("A wrong role"):
        membership.role = "chair"
        membership.save()
    rename(network, "majors")
    take_back(ChangeSet.objects.get(reason="A wrong role"))
    membership = Membership.objects.get()
    assert (membership.role, membership.network.slug) == ("member", "majors")


def test_a_merged_duplicate_comes_back():
    make_network("mayors")
    duplicate = make_network("mayors-2")
    before = everything()
    with web():
        duplicate.delete()
        Redirect.objects.create(record_type="network", old_slug="mayors-2", new_slug="mayors")
    take_back()
    assert everything() == before


def test_a_membership_whose_statements_moved_away_goes():
    kept = make_membership("mayors", "bergen-no", joined="2019")
    other = make_membership("mayors", "bergen-no", left="2012")
    apart = everything()
    with web("The same"):
        said = other.statements.get()
        said.membership = kept
        said.save()
        other.delete()
    together = everything()
    undone = take_back()
    assert everything() == apart
    take_back(undone)
    assert everything() == together


def test_the_search_index_follows(client):
    network = make_network("mayors", name="Mayors")
    with web():
        network.name = "Zebras"
        network.save()
    take_back()
    assert NetworkTerm.objects.filter(term="mayors").exists()
    assert not NetworkTerm.objects.filter(term="zebras").exists()


def test_a_change_of_no_record_cannot_be_taken_back():
    with change_set(origin=Origin.GAZETTEER, reason="Places", moves_revision=True):
        pass
    with pytest.raises(RevertRefusedError, match="changed no record"):
        take_back()


def test_a_reason_is_asked_for():
    make_funder("a-fund")
    with pytest.raises(ValueError, match="needs a reason"):
        take_back(reason="")


def test_the_command_takes_back_and_names_conflicts(capsys):
    make_city("bergen-no")
    call_command("revert", "1", "--reason", "Not a city")
    assert "Revision 1 was taken back by revision 2" in capsys.readouterr().out
    assert not City.objects.exists()
    assert Entry.objects.filter(change_set__reverts__revision=1).exists()
    with pytest.raises(CommandError, match="taken back already"):
        call_command("revert", "1", "--reason", "Not a city")
    with pytest.raises(CommandError, match="no revision 99"):
        call_command("revert", "99", "--reason", "?")
