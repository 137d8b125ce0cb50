"""A table is previewed, chosen for and published: all of it in one change set, or nothing."""

import csv
import io
import re

import pytest
from django.db import IntegrityError
from openpyxl import load_workbook

from directory.history import current_revision
from directory.models import ChangeSet, Membership, Revision, Statement, Upload
from directory.models.upload import Verdict
from directory.registration import bulk, memberships, together
from directory.registration.problems import Invalid, NotAllowed, NotPossible
from tests.directory.registration.bulk.files import workbook
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_label, make_membership, make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    """A network; around it four cities, two of them of one name."""
    make_city("bergen-no")
    make_city("oslo-no")
    make_city("springfield-illinois-us", name="Springfield", country="US", admin1_name="Illinois")
    make_city("springfield-missouri-us", name="Springfield", country="US", admin1_name="Missouri")
    return make_network("north", name="North")


@pytest.fixture
def nils(north):
    """Acts for North."""
    return make_staff(north)


def preview(nils, north, text, **about):
    return bulk.preview_text(actor=nils, office=north, text=text, **about)


def verdicts(upload) -> dict[int, str]:
    return dict(upload.rows.values_list("number", "verdict"))


def test_each_row_has_a_verdict_and_nothing_is_written(nils, north):
    make_membership(north, "oslo-no", joined="2001")
    make_membership(north, "gone-no")
    before = current_revision()
    upload = preview(
        nils,
        north,
        "city,joined,role\nBergen,2019,\nOslo,2001,\nOslo,2001,\nSpringfield,,\nAtlantis,,\n"
        "Bergen,2018,king\n",
        is_complete=True,
    )
    assert verdicts(upload) == {
        2: Verdict.NEW,
        3: Verdict.SAME,
        4: Verdict.REPEATED,
        5: Verdict.AMBIGUOUS,
        6: Verdict.UNKNOWN,
        7: Verdict.ERROR,
        8: Verdict.GONE,
    }
    assert upload.rows.get(number=8).record == "gone-no"
    assert list(upload.rows.get(number=7).errors) == ["role"]
    assert (current_revision(), upload.revision) == (before, before)
    assert Membership.objects.count() == 2


def test_a_change_shows_what_was_and_what_would_be(nils, north):
    membership = make_membership(north, "oslo-no", joined="2001", role="member")
    upload = preview(nils, north, "city,joined,role\nOslo,2002,chair\n")
    row = upload.rows.get()
    assert row.verdict == Verdict.CHANGED
    assert row.difference == {"joined": ["2001", "2002"], "role": ["member", "chair"]}
    bulk.confirm(actor=nils, upload=upload)
    membership.refresh_from_db()
    assert (membership.joined, membership.role, membership.standing) == (
        "2002",
        "chair",
        "confirmed",
    )


def test_the_date_of_leaving_ends_what_is_open(nils, north):
    membership = make_membership(north, "oslo-no", joined="2001")
    bulk.confirm(actor=nils, upload=preview(nils, north, "city,until\nOslo,2020-05\n"))
    membership.refresh_from_db()
    assert membership.left == "2020-05"


def test_an_earlier_time_is_a_membership_of_its_own(nils, north):
    make_membership(north, "oslo-no", joined="2011")
    upload = preview(nils, north, "city,since,until\nOslo,1990,1995\nOslo,2011,\n")
    assert verdicts(upload) == {2: Verdict.NEW, 3: Verdict.SAME}


def test_two_rows_that_say_otherwise_of_one_membership_are_an_error(nils, north):
    upload = preview(nils, north, "city,joined\nBergen,2019\nBergen,2020\n")
    assert verdicts(upload) == {2: Verdict.NEW, 3: Verdict.ERROR}
    assert "Row 2" in upload.rows.get(number=3).errors["city"][0]


def test_all_rows_become_one_change_set_in_the_voice_of_the_office(nils, north):
    make_membership(north, "oslo-no", joined="2001")
    upload = preview(
        nils,
        north,
        "city,country,joined,source\nBergen,NO,2019,https://example.org/own\nOslo,,,\n",
        source="https://example.org/all",
        source_year=2025,
    )
    upload = bulk.confirm(actor=nils, upload=upload)
    opened = ChangeSet.objects.order_by("revision").last()
    assert (upload.state, upload.confirmed_revision) == ("confirmed", opened.revision)
    assert (opened.office, opened.origin, opened.actor) == ("North", "web", str(nils.opaque_id))
    said = {
        each.membership.city.slug: (each.voice, each.source, each.source_year)
        for each in Statement.objects.filter(voice="network")
    }
    assert said["oslo-no"] == ("network", "https://example.org/all", 2025)
    assert said["bergen-no"][:2] == ("network", "https://example.org/own")
    assert set(Membership.objects.values_list("standing", flat=True)) == {"confirmed"}
    added = upload.rows.get(record="bergen-no")
    assert Membership.objects.get(pk=added.membership).joined == "2019"


def test_confirming_twice_is_once(nils, north):
    upload = preview(nils, north, "city\nBergen\n")
    bulk.confirm(actor=nils, upload=upload)
    revision = current_revision()
    again = bulk.confirm(actor=nils, upload=upload)
    assert (again.state, current_revision()) == ("confirmed", revision)
    assert Membership.objects.count() == Statement.objects.count() == 1


def test_the_same_list_again_changes_nothing_on_the_same_day(nils, north):
    for _ in range(2):
        last = bulk.confirm(actor=nils, upload=preview(nils, north, "city\nBergen\nOslo\n"))
    assert last.confirmed_revision is None
    assert Statement.objects.count() == 2


def test_rows_that_cannot_be_used_are_left_out_only_if_the_person_says_so(nils, north):
    upload = preview(nils, north, "city\nBergen\nAtlantis\n")
    with pytest.raises(NotPossible) as refusal:
        bulk.confirm(actor=nils, upload=upload)
    assert refusal.value.code == "unusable"
    assert not Membership.objects.exists()
    bulk.confirm(actor=nils, upload=upload, without_unusable=True)
    assert Membership.objects.get().city.slug == "bergen-no"


def test_the_person_chooses_names_another_or_leaves_out(nils, north):
    upload = preview(nils, north, "city\nSpringfield\nAtlantis\nKitezh\n")
    bulk.choose(
        actor=nils,
        upload=upload,
        choices={
            2: bulk.Choice(record="springfield-missouri-us"),
            3: bulk.Choice(typed="Bergen"),
            4: bulk.Choice(skip=True),
        },
    )
    assert verdicts(upload) == {2: Verdict.NEW, 3: Verdict.NEW, 4: Verdict.SKIPPED}
    bulk.confirm(actor=nils, upload=upload)
    assert set(Membership.objects.values_list("city__slug", flat=True)) == {
        "springfield-missouri-us",
        "bergen-no",
    }


@pytest.mark.parametrize("record", ["no-such-city", "north", "../../", "x" * 300, "a\0b"])
def test_a_choice_that_is_no_city_is_no_choice(nils, north, record):
    upload = preview(nils, north, "city\nSpringfield\n")
    bulk.choose(actor=nils, upload=upload, choices={2: bulk.Choice(record=record)})
    assert verdicts(upload) == {2: Verdict.AMBIGUOUS}


def test_what_is_missing_from_a_complete_list_ends_only_when_told_and_with_a_reason(nils, north):
    ends, stays = make_membership(north, "oslo-no"), make_membership(north, "bergen-no")
    make_city("kept-no")
    upload = preview(nils, north, "city\nKept\n", is_complete=True)
    gone = {row.record: row.number for row in upload.rows.filter(verdict=Verdict.GONE)}
    bulk.choose(actor=nils, upload=upload, choices={gone["bergen-no"]: bulk.Choice(end=False)})
    with pytest.raises(Invalid) as refusal:
        bulk.confirm(actor=nils, upload=upload, ends_missing=True)
    assert list(refusal.value.errors) == ["reason"]
    bulk.confirm(actor=nils, upload=upload, ends_missing=True, reason="Not in the list", left="")
    ends.refresh_from_db(), stays.refresh_from_db()
    assert (ends.ended, stays.ended) == (True, False)


def test_missing_memberships_stay_unless_told(nils, north):
    membership = make_membership(north, "oslo-no")
    upload = preview(nils, north, "city\nBergen\n", is_complete=True)
    bulk.confirm(actor=nils, upload=upload)
    membership.refresh_from_db()
    assert membership.is_open


def test_a_failure_in_the_middle_leaves_nothing(nils, north, monkeypatch):
    make_membership(north, "oslo-no", joined="2001")
    upload = preview(nils, north, "city,joined\nOslo,2002\nBergen,2019\n")
    revision, statements = current_revision(), Statement.objects.count()

    def fail(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(together.Statement.objects, "bulk_create", fail)
    with pytest.raises(IntegrityError):
        bulk.confirm(actor=nils, upload=upload)
    upload.refresh_from_db()
    assert (upload.state, current_revision()) == ("previewed", revision)
    assert Statement.objects.count() == statements
    assert Membership.objects.get().joined == "2001"


def test_where_the_data_moved_on_the_preview_is_shown_again(nils, north):
    upload = preview(nils, north, "city\nBergen\n")
    make_membership(north, "bergen-no", joined="1999")
    with pytest.raises(NotPossible) as refusal:
        bulk.confirm(actor=nils, upload=upload)
    assert refusal.value.code == "moved"
    assert verdicts(upload) == {2: Verdict.SAME}
    assert bulk.confirm(actor=nils, upload=upload).state == "confirmed"


def test_a_change_elsewhere_stands_in_nobodys_way(nils, north):
    upload = preview(nils, north, "city\nBergen\n")
    make_membership()
    assert bulk.confirm(actor=nils, upload=upload).state == "confirmed"


def test_an_upload_is_its_persons_own(nils, north):
    upload = preview(nils, north, "city\nBergen\n")
    other = make_staff(north)
    assert bulk.upload_of(actor=other, office=north, key=upload.key) is None
    for write in (
        lambda: bulk.confirm(actor=other, upload=upload),
        lambda: bulk.discard(actor=other, upload=upload),
        lambda: bulk.choose(actor=other, upload=upload, choices={}),
        lambda: preview(make_person(), north, "city\nBergen\n"),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_a_discarded_upload_is_not_published(nils, north):
    upload = bulk.discard(actor=nils, upload=preview(nils, north, "city\nBergen\n"))
    with pytest.raises(NotPossible):
        bulk.confirm(actor=nils, upload=upload)
    assert not Membership.objects.exists()


def test_a_citys_table_names_networks(north):
    hamar = make_city("hamar-no")
    make_network("south", name="South of All", acronym="SOA", aliases=["Sør"])
    make_label(make_network("west"), "fr", "Ouest")
    kari = make_staff(hamar)
    upload = bulk.preview(
        actor=kari,
        office=hamar,
        rows=[{"network": name} for name in ("North", "SOA", "Ouest", "Nowhere")],
    )
    assert list(upload.rows.order_by("number").values_list("record", flat=True)) == [
        "north",
        "south",
        "west",
        "",
    ]
    assert upload.origin == "api"


def test_a_row_about_another_network_is_an_error(nils, north):
    make_network("south", name="South")
    upload = preview(nils, north, "city,network\nBergen,South\nOslo,North\n")
    assert verdicts(upload) == {2: Verdict.ERROR, 3: Verdict.NEW}


def test_a_membership_of_another_cannot_be_named_by_its_number(nils, north):
    other = make_membership("south", "bergen-no")
    upload = preview(nils, north, f"id,city\n{other.public_id},Bergen\n")
    assert list(upload.rows.get().errors) == ["id"]


def test_a_network_that_ended_takes_nobody_new(nils, north):
    over = make_network("over", status="ended", name="Over")
    upload = preview(make_staff(over), over, "city,until\nBergen,\nOslo,2001\n")
    assert verdicts(upload) == {2: Verdict.ERROR, 3: Verdict.NEW}


def test_an_unknown_country_is_an_error_of_its_column(nils, north):
    upload = preview(nils, north, "city,country\nBergen,Ruritania\nBergen,Norwegen\n")
    assert list(upload.rows.get(number=2).errors) == ["country"]
    assert verdicts(upload)[3] == Verdict.NEW


def test_many_at_once_say_what_one_by_one_says(nils, north):
    """``together`` has the rules of ``memberships``: the same rows, whichever wrote them."""
    south = make_network("south")
    sara = make_staff(south)
    bulk.confirm(
        actor=nils,
        upload=preview(nils, north, "city,joined,left,ended\nOslo,2001,,yes\nBergen,2019,2020,\n"),
    )
    from directory.models import City

    for slug, said in (
        ("oslo-no", {"joined": "2001", "ended": True}),
        ("bergen-no", {"joined": "2019", "left": "2020"}),
    ):
        memberships.add_membership(
            actor=sara, office=south, city=City.objects.get(slug=slug), network=south, **said
        )
    columns = [
        field.name
        for field in Membership._meta.concrete_fields
        if field.name not in ("id", "network")
    ]
    rows = [
        list(Membership.objects.filter(network=n).order_by("city_id").values(*columns))
        for n in (north, south)
    ]
    assert rows[0] == rows[1]


def test_the_errors_come_back_in_the_same_file(nils, north):
    upload = preview(nils, north, "City;Role\nBergen;=1+1\nOslo;\n")
    text = bulk.errors_file(upload).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["City", "Role", "errors"]
    assert rows[1][:2] == ["Bergen", "'=1+1"]
    assert rows[1][2].startswith("Role: This is a formula")
    assert rows[2] == ["Oslo", "", ""]


def test_a_workbook_comes_back_as_a_workbook_of_texts_alone(nils, north):
    content = workbook([["city", "note"], ["Atlantis", "=2+2"]])
    upload = bulk.preview_file(actor=nils, office=north, file=content, file_name="members.xlsx")
    found = bulk.errors_file(upload)
    assert found.name.endswith(".xlsx")
    sheet = load_workbook(io.BytesIO(found.content)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == ["city", "note", "errors"]
    assert cells[1][:2] == ["Atlantis", "'=2+2"]
    assert "was not found" in cells[1][2]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_sample_file_can_be_sent_back(nils, north):
    make_network("eurocities", name="Eurocities")
    for needed, office in (("city", north), ("network", make_city("hamar-no"))):
        for is_workbook in (False, True):
            sample = bulk.sample_file(needed, is_workbook=is_workbook)
            upload = bulk.preview_file(actor=make_staff(office), office=office, file=sample.content)
            assert verdicts(upload) == {2: Verdict.NEW}


def test_a_preview_takes_the_same_queries_for_ten_rows_as_for_two_hundred(
    nils, north, django_assert_max_num_queries
):
    for rows in (10, 200):
        text = "city\n" + "\n".join(["Bergen", "Oslo", "Atlantis"] * rows)
        with django_assert_max_num_queries(40):
            preview(nils, north, text)


def test_file_names_lose_what_no_text_may_hold(nils, north):
    upload = bulk.preview_file(
        actor=nils, office=north, file=b"city\nOslo\n", file_name="a\x00\u202eb.csv"
    )
    assert upload.file_name == "ab.csv"
    assert re.fullmatch(r"[0-9a-f-]{36}", str(Upload.objects.get().key))
    assert Revision.objects.get().number == upload.revision
