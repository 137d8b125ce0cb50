"""Each disagreement that can come about past the rules is found and named."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from directory.history import current_revision
from directory.integrity.checks import find_disagreements
from directory.models import (
    ChangeSet,
    City,
    CityTerm,
    Entry,
    FocusArea,
    Membership,
    Network,
    NetworkTerm,
    Redirect,
    Revision,
    Statement,
)
from tests.factories import (
    make_city,
    make_focus_area,
    make_label,
    make_membership,
    make_network,
    make_redirect,
    make_release,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory():
    """A directory in which everything agrees."""
    inclusion = make_focus_area("inclusion")
    make_focus_area("womens-safety", parent=inclusion)
    for slug in ("north", "south", "east"):
        make_network(slug, focus_areas=["womens-safety"])
    bergen = make_city("bergen-no")
    make_label(bergen, "de", "Bergen in Norwegen")
    make_city("oslo-no")
    make_redirect("city", "christiania-no", "oslo-no")
    make_membership("north", "bergen-no", joined="1990", left="1999-05")
    make_membership("north", "bergen-no", joined="2000")
    make_membership("south", "bergen-no", joined="2010", ended=True, source_year=2015)
    make_membership("south", "oslo-no", standing="disputed")


def raw(model, **conditions):
    """Rows that can be written past every guard, as by hand in the database."""
    return model._base_manager.filter(**conditions)


def first(model):
    return raw(model, pk=model._base_manager.earliest("pk").pk)


def swap_parents():
    inclusion = FocusArea.objects.get(slug="inclusion")
    raw(FocusArea, slug="inclusion").update(parent=FocusArea.objects.get(slug="womens-safety"))
    assert inclusion


def sections_in_a_circle():
    north, south = Network.objects.get(slug="north"), Network.objects.get(slug="south")
    raw(Network, slug="north").update(parent=south)
    raw(Network, slug="south").update(parent=north)


def mergers_in_a_circle():
    north, south = Network.objects.get(slug="north"), Network.objects.get(slug="south")
    raw(Network, slug="north").update(merged_into=south, status="merged")
    raw(Network, slug="south").update(merged_into=north, status="merged")


def cities_in_a_circle():
    bergen, oslo = City.objects.get(slug="bergen-no"), City.objects.get(slug="oslo-no")
    raw(City, slug="bergen-no").update(successor=oslo)
    raw(City, slug="oslo-no").update(successor=bergen)


def overlap():
    later = raw(Membership, joined="2000")
    later.update(joined="1998", joined_first_day=datetime.date(1998, 1, 1))
    later.update(joined_last_day=datetime.date(1998, 12, 31))


def forget_a_city():
    oslo = City.objects.get(slug="oslo-no")
    raw(CityTerm, city=oslo).delete()


def remove_from_the_log():
    newest = Entry.objects.filter(table="cities", record="oslo-no").latest("pk")
    raw(Entry, pk=newest.pk).update(before=newest.after, after=None, action="removed")


def release_without_its_files():
    storages["releases"].delete("2026-11-01.r2/networks.csv")
    make_release()


def release_with_another_file():
    storages["releases"].delete("2026-11-01.r2/networks.csv")
    storages["releases"].save("2026-11-01.r2/networks.csv", ContentFile(b"slug\n"))
    make_release()


BREAKS = {
    "a file of a release that is gone": (
        release_without_its_files,
        "releases/2026-11-01.r2/networks.csv: is not in the storage of releases",
    ),
    "a file of a release that was altered": (
        release_with_another_file,
        "releases/2026-11-01.r2/networks.csv: is not the file that was released",
    ),
    "a counter that went astray": (
        lambda: raw(Revision).update(number=999),
        "revision/999: the newest change set has the number",
    ),
    "a number that is missing": (
        lambda: raw(ChangeSet, revision=2).update(revision=999),
        "change_sets/all:",
    ),
    "a change set without number": (
        lambda: raw(ChangeSet, revision=2).update(revision=None),
        "has no revision",
    ),
    "focus areas in a circle": (
        swap_parents,
        "focus_areas/inclusion: parent: “womens-safety” lies",
    ),
    "sections in a circle": (sections_in_a_circle, "networks/north: parent: “north” is a section"),
    "mergers in a circle": (mergers_in_a_circle, "networks/south: merged_into: “south” was merged"),
    "cities that became part of each other": (
        cities_in_a_circle,
        "cities/oslo-no: successor: “oslo-no” became part of “bergen-no”",
    ),
    "a redirect to nowhere": (
        lambda: raw(Redirect).update(new_slug="atlantis"),
        "redirects/city/christiania-no: new: “atlantis” is not in cities",
    ),
    "a redirect from an id in use": (
        lambda: raw(Redirect).update(old_slug="bergen-no"),
        "redirects/city/bergen-no: old: cities has a record “bergen-no”",
    ),
    "memberships that overlap": (
        overlap,
        "joined: bergen-no was a member of north by",
    ),
    "a sort key": (
        lambda: raw(City, slug="oslo-no").update(name_key="zzz"),
        "cities/oslo-no: name_key is “zzz”, and “oslo” follows",
    ),
    "a standing": (
        lambda: raw(Membership, standing="disputed").update(standing="confirmed"),
        "standing is “confirmed”, and “disputed” follows",
    ),
    "the bounds of a period": (
        lambda: raw(Membership, joined="1990").update(joined_first_day=datetime.date(1989, 1, 1)),
        "joined_first_day is “1989-01-01”, and “1990-01-01” follows",
    ),
    "the last year of which a source speaks": (
        lambda: raw(Membership, ended=True).update(ended_seen=2014),
        "ended_seen is “2014”, and “2015” follows",
    ),
    "a statement that was changed by hand": (
        lambda: first(Statement).update(checked=False),
        "standing is “sourced”, and “unverified” follows",
    ),
    "a city that search does not find": (
        forget_a_city,
        "cities/oslo-no: search index:",
    ),
    "a term too many": (
        lambda: NetworkTerm.objects.create(
            network=Network.objects.get(slug="east"), term="bogus", weight=1
        ),
        "networks/east: search index: 1 terms too many (“bogus”)",
    ),
    "a term of another weight": (
        lambda: raw(NetworkTerm, network__slug="east", term="east").update(weight=1),
        "networks/east: search index: 1 terms of another weight (“east”)",
    ),
    "a row that the log does not know": (
        lambda: raw(City, slug="oslo-no").update(population=7),
        "cities/oslo-no: its newest entry of the change log says otherwise of population",
    ),
    "a record that the log removed": (
        remove_from_the_log,
        "cities/oslo-no: is there, and the change log says it was removed",
    ),
    "a record that nobody removed": (
        lambda: raw(Redirect).delete(),
        "redirects/city/christiania-no: is gone, and the change log does not say so",
    ),
    "a record without entry": (
        lambda: raw(Entry, table="cities", record="oslo-no").delete(),
        "cities/oslo-no: no entry of the change log speaks of it",
    ),
    "an entry of no table": (
        lambda: raw(Entry, record="oslo-no").update(table="planets"),
        "planets/oslo-no: the change log speaks of a table that there is not",
    ),
}


def findings() -> list[str]:
    return [str(finding) for finding in find_disagreements()]


def test_nothing_disagrees_after_ordinary_writes(directory, capsys):
    assert findings() == []
    call_command("check_integrity")
    assert "Nothing disagrees" in capsys.readouterr().out


@pytest.mark.parametrize("case", BREAKS)
def test_what_was_broken_is_found(directory, case):
    break_it, expected = BREAKS[case]
    break_it()
    found = findings()
    assert any(expected in finding for finding in found), found


def test_the_command_prints_each_finding_and_fails(directory, capsys):
    raw(City, slug="oslo-no").update(population=7)
    with pytest.raises(CommandError, match="1 finding") as failed:
        call_command("check_integrity")
    assert failed.value.returncode == 1
    assert capsys.readouterr().out.startswith("cities/oslo-no: ")


def test_a_rebuilt_index_agrees_again(directory):
    raw(NetworkTerm).delete()
    assert len(findings()) == 3
    revision = current_revision()
    call_command("rebuild_search_index", verbosity=0)
    assert findings() == []
    assert current_revision() == revision


def test_a_column_that_came_after_an_entry_is_no_contradiction(directory):
    newest = Entry.objects.filter(table="cities", record="oslo-no").latest("pk")
    said = {name: value for name, value in newest.after.items() if name != "website"}
    raw(Entry, pk=newest.pk).update(after=said)
    assert findings() == []
