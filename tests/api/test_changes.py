"""Following the change log: whole change sets, in order, and nobody's name in them."""

import pytest

from directory.history import change_set
from directory.models import City
from directory.models.choices import Origin
from directory.registration import merging
from tests.api.mirror import Mirror, in_process
from tests.directory.registration.people import make_editor
from tests.factories import make_city, make_funder, make_membership, make_network, writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def four_sets():
    """Revision 1: three records; 2: a city; 3: nothing but pages; 4: a longer list of cities."""
    with writing():
        make_network("north", funders=["fund"])
    make_city("bergen-no")
    with change_set(origin=Origin.COMMAND, reason="Places", moves_revision=True):
        pass
    with writing():
        for number in range(5):
            make_city(f"city-{number}-no")


def sizes(answer):
    return [
        (one["revision"], len(one["entries"]), one["count"], one["complete"])
        for one in answer["results"]
    ]


def test_change_sets_come_in_order_with_what_records_said_and_say(get):
    city = make_city("bergen-no", population=1)
    with change_set(origin=Origin.WEB, reason="Count", office="Bergen", actor="p1"):
        city.population = 2
        city.save()
    answer = get("changes/", after=1)
    [change] = answer["results"]
    assert (answer["revision"], answer["next"], change["revision"]) == (2, None, 2)
    assert (change["origin"], change["office"], change["reason"]) == ("web", "Bergen", "Count")
    assert change["url"] == "http://localhost:8000/api/v1/changes/2/"
    assert change["made_at"] == "2026-11-23T12:00:00Z"
    assert "p1" not in str(answer)
    [entry] = change["entries"]
    assert [entry[name] for name in ("table", "record", "action")] == [
        "cities",
        "bergen-no",
        "changed",
    ]
    assert (entry["before"]["population"], entry["after"]["population"]) == (1, 2)
    assert list(entry["after"])[:3] == ["id", "name", "country"]
    assert get("changes/2/") == {**change, "next": None}


def test_a_page_holds_whole_change_sets(four_sets, get):
    first = get("changes/", page_size=6)
    assert [each[0] for each in sizes(first)] == [1, 2, 3]
    assert all(complete for *_, complete in sizes(first))
    assert first["next"].endswith("/api/v1/changes/?page_size=6&after=3")
    assert sizes(get("changes/", after=3)) == [(4, 5, 5, True)]
    assert sizes(get("changes/", after=2, page_size=3)) == [(3, 0, 0, True)]


def test_one_that_is_larger_than_a_page_comes_in_parts(four_sets, get):
    found, address = [], "changes/?after=3&page_size=2"
    while address:
        answer = get(address)
        found.append(sizes(answer))
        address = answer["next"] and answer["next"].partition("/api/v1/")[2]
    assert found == [[(4, 2, 5, False)], [(4, 2, 5, False)], [(4, 1, 5, True)]]
    whole, address = [], "changes/4/?page_size=2"
    while address:
        answer = get(address)
        whole += [entry["record"] for entry in answer["entries"]]
        address = answer["next"] and answer["next"].partition("/api/v1/")[2]
    assert whole == [f"city-{number}-no" for number in range(5)]


def test_after_the_newest_there_is_nothing_and_asking_again_costs_one_query(four_sets, caller):
    mirror = Mirror(in_process)
    assert mirror.catch_up() == [1, 2, 3, 4]
    assert (mirror.catch_up(), mirror.unchanged) == ([], 0)
    assert (mirror.catch_up(), mirror.unchanged) == ([], 1)
    make_city("voss-no")
    assert mirror.catch_up() == [5]


@pytest.mark.parametrize("page_size", [1, 2, 500])
def test_merged_renamed_and_removed_records_leave_and_say_where_they_went(page_size):
    make_membership(make_network("kept"), "bergen-no")
    make_membership(make_network("gone", funders=["fund"]), "oslo-no")
    make_city("voss-no")
    merging.merge_duplicates(
        actor=make_editor(), table="networks", kept="kept", duplicate="gone", reason="The same"
    )
    with change_set(origin=Origin.COMMAND, reason="Never was one"):
        City.objects.get(slug="voss-no").delete()
    mirror = Mirror(in_process, page_size)
    mirror.catch_up()
    assert set(mirror.tables["networks"]) == {"kept"}
    assert set(mirror.tables["cities"]) == {"bergen-no", "oslo-no"}
    assert {row["network"] for row in mirror.tables["memberships"].values()} == {"kept"}
    [redirect] = mirror.tables["redirects"].values()
    assert redirect == {"record_type": "network", "old": "gone", "new": "kept"}


def test_a_column_that_was_not_yet_there_is_empty(monkeypatch, get):
    from directory.models.column_kinds import plain
    from directory.models.columns import Table
    from directory.models.tables import TABLES

    make_funder("fund")
    funders = TABLES["funders"]
    columns = (*funders.columns, plain("motto", "What it stands for."))
    wider = Table(
        **{**{f: getattr(funders, f) for f in Table.__dataclass_fields__}} | {"columns": columns}
    )
    monkeypatch.setitem(TABLES, "funders", wider)
    [entry] = get("changes/")["results"][0]["entries"]
    assert entry["after"]["motto"] == ""


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("after=2", "after", "the newest is 1"),
        ("after=-1", "after", "whole number from 0 to"),
        ("after=", "after", "whole number from 0 to"),
        ("after=x", "after", "whole number"),
        ("after=1e3", "after", "whole number"),
        ("page_size=1001", "page_size", "1 to 1000"),
        ("cursor=x", "cursor", "begin without a cursor"),
        ("cursor=x&after=1", "cursor", "either"),
        ("since=1", "since", "after"),
    ],
)
def test_what_cannot_be_answered_is_refused(refused, query, parameter, says):
    make_funder()
    assert says in refused("changes/", _query(query))[parameter]


def _query(text):
    return dict(part.split("=") for part in text.split("&"))


def test_a_revision_that_there_is_not_is_a_404(caller, get):
    make_city("a-no"), make_city("b-no")
    for number in ("0", "3", "9" * 30):
        assert caller.get(f"/api/v1/changes/{number}/").status_code == 404
    with writing():
        make_city("c-no"), make_city("d-no")
    cursor = get("changes/3/", page_size=1)["next"].partition("cursor=")[2]
    assert caller.get(f"/api/v1/changes/2/?cursor={cursor}").status_code == 400
