"""`revision=` at the address of a record: what it said then, as a row of the data package."""

import pytest

from directory.history import change_set, current_revision
from directory.models import City, Funder, Network
from directory.models.choices import Origin
from directory.models.tables import TABLES
from directory.registration import editing, merging
from tests.directory.registration.people import make_editor
from tests.factories import make_city, make_funder, make_membership, make_network

pytestmark = pytest.mark.django_db


def change(record, **values):
    with change_set(origin=Origin.COMMAND, reason="A change"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def rename(record, new):
    tell = {"actor": make_editor(), "table": "networks", "reason": "Its name"}
    editing.rename_record(record=record, new=new, **tell)


@pytest.fixture
def not_found(caller):
    """Returns what a 404 says."""

    def get_detail(path, **parameters):
        response = caller.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 404, response.content
        assert response["Content-Type"] == "application/problem+json"
        return response.json()["detail"]

    return get_detail


def test_a_record_says_what_it_said_then_and_how_long(get):
    network = make_network("sea", name="Sea")
    change(network, name="Seas")
    then, now = get("networks/sea/", revision=1), get("networks/sea/", revision=2)
    assert list(then) == [
        "table",
        "id",
        "revision",
        "written_in",
        "written_at",
        "changed_in",
        "record",
    ]
    assert (then["table"], then["id"], then["revision"]) == ("networks", "sea", 1)
    assert (then["written_in"], then["changed_in"], then["record"]["name"]) == (1, 2, "Sea")
    assert then["written_at"].endswith("Z")
    assert (now["written_in"], now["changed_in"], now["record"]["name"]) == (2, None, "Seas")
    assert list(then["record"]) == TABLES["networks"].column_names


def test_every_kind_of_record_has_a_past(get):
    membership = make_membership(make_network("sea", funders=[make_funder("eu")]), "bergen-no")
    statement = membership.statements.get()
    for path, table in (
        ("networks/sea", "networks"),
        ("cities/bergen-no", "cities"),
        (f"memberships/{membership.public_id}", "memberships"),
        (f"statements/{statement.public_id}", "statements"),
        ("focus-areas/climate", "focus_areas"),
        ("funders/eu", "funders"),
        ("countries/no", "countries"),
    ):
        answer = get(f"{path}/", revision=current_revision())
        assert answer["table"] == table
        assert answer["record"] == next(TABLES[table].rows([answer["id"]]))


def test_the_answer_is_trimmed_to_columns(get, refused):
    make_city("bergen-no")
    assert get("cities/bergen-no/", revision=1, fields="id,country")["record"] == {
        "id": "bergen-no",
        "country": "NO",
    }
    errors = refused("cities/bergen-no/", {"revision": 1, "fields": "slug"})
    assert "“slug” is no field" in errors["fields"]


def test_a_renamed_record_is_found_under_either_id(caller, get):
    make_network("north")
    rename("north", "nordic")
    rename("nordic", "polar")
    for asked in ("north", "nordic", "polar"):
        for revision, known_as in ((1, "north"), (2, "nordic"), (3, "polar")):
            response = caller.get(f"/api/v1/networks/{asked}/?revision={revision}")
            if response.status_code == 301:
                response = caller.get(response["Location"])
            assert response.status_code == 200, (asked, revision)
            assert response.json()["id"] == known_as, (asked, revision)


def test_a_record_that_was_renamed_back_had_the_other_id_between(get):
    make_network("north")
    rename("north", "nordic")
    rename("nordic", "north")
    assert get("networks/north/", revision=2)["id"] == "nordic"


def test_a_merged_record_leads_to_the_one_that_stands_for_it_but_not_into_its_past(
    caller, get, not_found
):
    make_network("sea")
    make_network("cities-of-the-sea")
    merging.merge_duplicates(
        actor=make_editor(),
        table="networks",
        kept="cities-of-the-sea",
        duplicate="sea",
        reason="The same",
    )
    assert get("networks/sea/", revision=2)["id"] == "sea"
    response = caller.get("/api/v1/networks/sea/?revision=3")
    assert response.status_code == 301
    assert response["Location"].endswith("/networks/cities-of-the-sea/?revision=3")
    assert "was not there yet at revision 1" in not_found("networks/cities-of-the-sea/", revision=1)


def test_what_was_not_there_says_so(not_found):
    make_funder("eu")
    make_city("bergen-no")
    with change_set(origin=Origin.COMMAND, reason="Gone"):
        Funder.objects.get().delete()
    said = "“bergen-no” was not there yet at revision 1: it came in 2."
    assert not_found("cities/bergen-no/", revision=1) == said
    said = "“bergen-no” was not there yet at revision 0: it came in 2."
    assert not_found("cities/bergen-no/", revision=0) == said
    said = "“eu” was not there at revision 3: it went in 3."
    assert not_found("funders/eu/", revision=3) == said
    said = "There is no revision 4: the newest one is 3."
    assert not_found("cities/bergen-no/", revision=4) == said
    assert not_found("cities/x/", revision=3) == "There is no record “x” at this address."
    assert City.objects.exists()


@pytest.mark.parametrize("revision", ["", "-1", "1.5", "x", "١", "9" * 30])
def test_a_revision_is_a_whole_number(refused, revision):
    make_network("sea")
    errors = refused("networks/sea/", {"revision": revision})
    assert errors == {"revision": "Use a whole number from 0 to 999999999."}


def test_a_list_has_no_revision(refused):
    assert "There is no such parameter." in refused("networks/", revision=1)["revision"]


def test_the_version_to_change_is_that_of_today(caller):
    membership = make_membership()
    address = f"/api/v1/memberships/{membership.public_id}/"
    assert caller.get(address)["ETag"].startswith('"')
    # A weak one names the answer, by which nothing can be changed.
    assert caller.get(f"{address}?revision=1")["ETag"].startswith("W/")
    assert Network.objects.count() == 1
