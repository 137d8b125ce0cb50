"""The pages of bulk uploads: hand in, look, choose, publish; each refusal in words."""

import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from directory.accounts import limits
from directory.models import Membership, Upload
from tests.directory.registration.people import make_person, make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

BASE = "/account/networks/north/uploads/"


@pytest.fixture
def north():
    make_city("bergen-no")
    make_city("oslo-no")
    return make_network("north", name="North")


@pytest.fixture
def nils(north):
    return make_staff(north)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client, text="city,joined\nBergen,2019\nOsla,2001\n", **fields):
    return client.post(BASE, {"text": text} | fields)


def test_a_pasted_table_leads_to_its_preview_and_is_published(nils):
    client = signed_in(nils)
    there = send(client, source="https://example.org/list", source_year="2026")["Location"]
    page = client.get(there)
    assert "nothing is published yet" in page.content.decode()
    assert not Membership.objects.exists()
    # A name that is alike is chosen with one click.
    assert 'value="oslo-no"' in client.get(f"{there}?show=ambiguous").content.decode()
    client.post(f"{there}choose/", {"row-3": "oslo-no"})
    answer = client.post(f"{there}confirm/")
    assert answer["Location"] == there
    assert set(Membership.objects.values_list("city__slug", flat=True)) == {"bergen-no", "oslo-no"}
    page = client.get(there).content.decode()
    assert f"/changes/{Upload.objects.get().confirmed_revision}/" in page
    assert "confirm/" not in page


def test_a_file_is_taken_by_what_is_in_it(nils):
    file = SimpleUploadedFile("members.xls", b"city\nBergen\n", content_type="text/html")
    client = signed_in(nils)
    answer = client.post(BASE, {"file": file})
    assert answer.status_code == 302
    assert "members.xls" in client.get(answer["Location"]).content.decode()


def test_a_closed_browser_loses_nothing(nils):
    there = send(signed_in(nils))["Location"]
    another = signed_in(nils)
    assert there in another.get(BASE).content.decode()
    assert another.get(there).status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "one of the two"),
        ({"text": "x,y\n1,2\n"}, "No column names the city"),
        ({"text": "<html><table>"}, "web page"),
        ({"text": "city\nOslo\n", "source": "example"}, "is not an address"),
        ({"text": "city\nOslo\n", "source_year": "1492"}, "1800"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field_and_nothing_typed_is_lost(
    nils, fields, said
):
    answer = signed_in(nils).post(BASE, fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert fields.get("source", "") in page
    assert not Upload.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(nils):
    class Unread:
        def read(self, *args):
            raise AssertionError("read")

        readline = read

    client = Client(enforce_csrf_checks=True)
    client.force_login(nils)
    answer = client.post(
        BASE,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="52428800",
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 413
    assert "at most 5 MB" in answer.content.decode()


def test_a_pasted_text_that_is_too_long_is_refused(nils):
    assert send(signed_in(nils), "x" * 3_000_000).status_code == 413


def test_a_forged_form_is_refused(nils):
    client = Client(enforce_csrf_checks=True)
    client.force_login(nils)
    for address in (BASE, f"{BASE}{uuid.uuid4()}/confirm/"):
        assert client.post(address, {"text": "city\nBergen\n"}).status_code == 403
    assert not Upload.objects.exists()


def test_other_peoples_uploads_are_not_there(nils, north):
    there = send(signed_in(nils))["Location"]
    other = signed_in(make_staff(north))
    for address in (there, f"{there}errors/"):
        assert other.get(address).status_code == 404
    for act in ("choose", "confirm", "discard"):
        assert other.post(f"{there}{act}/").status_code == 404
    assert Upload.objects.get().state == "previewed"


def test_an_upload_is_not_found_below_another_office(nils, north):
    south = make_network("south")
    there = send(signed_in(nils))["Location"]
    both = make_staff(south)
    assert signed_in(both).get(there).status_code == 403
    assert signed_in(both).get(there.replace("north", "south")).status_code == 404


def test_nobody_uploads_for_an_office_that_is_not_theirs(north):
    assert signed_in(make_person()).get(BASE).status_code == 403
    assert Client().get(BASE).status_code == 302


def test_what_was_refused_stands_beside_the_question(nils):
    client = signed_in(nils)
    there = send(client, "city\nBergen\nAtlantis\n")["Location"]
    answer = client.post(f"{there}confirm/")
    assert "1 row cannot be used yet" in answer.content.decode()
    assert not Membership.objects.exists()
    client.post(f"{there}confirm/", {"without_unusable": "on"})
    assert Membership.objects.count() == 1


def test_a_double_click_publishes_once(nils):
    client = signed_in(nils)
    there = send(client, "city\nBergen\n")["Location"]
    for _ in range(2):
        assert client.post(f"{there}confirm/").status_code == 302
    assert Membership.objects.count() == 1


def test_missing_memberships_are_shown_and_ended_with_a_reason(nils, north):
    membership = make_membership(north, "oslo-no")
    client = signed_in(nils)
    there = send(client, "city\nBergen\n", is_complete="on")["Location"]
    assert "Oslo" in client.get(f"{there}?show=gone").content.decode()
    client.post(f"{there}confirm/", {"ends_missing": "on", "left": "2025", "reason": "Left us"})
    membership.refresh_from_db()
    assert membership.left == "2025"


def test_a_discarded_upload_is_gone_from_what_waits(nils):
    client = signed_in(nils)
    there = send(client)["Location"]
    client.post(f"{there}discard/")
    assert client.post(f"{there}confirm/").status_code == 200
    assert not Membership.objects.exists()


def test_nothing_that_was_sent_runs_on_the_page(nils):
    client = signed_in(nils)
    text = 'city,country,"<script>alert(1)</script>"\n<script>alert(2)</script>,NO,\n"""><b>",,x\n'
    there = send(client, text)["Location"]
    for show in ("error", "unknown", "ambiguous"):
        page = client.get(f"{there}?show={show}").content.decode()
        assert "<script>alert" not in page
        assert '"><b>' not in page


def test_the_files_are_downloads(nils):
    client = signed_in(nils)
    there = send(client, "city\nAtlantis\n")["Location"]
    for address in (f"{there}errors/", f"{BASE}sample.csv", f"{BASE}sample.xlsx"):
        answer = client.get(address)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Cache-Control"] == "private, no-store"


def test_uploads_have_a_limit(nils, monkeypatch):
    cache.clear()
    monkeypatch.setitem(limits.LIMITS, "upload", "2/hour")
    client = signed_in(nils)
    assert [send(client).status_code for _ in range(3)] == [302, 302, 429]
    cache.clear()


def test_a_page_of_a_preview_takes_a_known_number_of_queries(nils, django_assert_max_num_queries):
    client = signed_in(nils)
    rows = "".join(f"Osl{letter}\n" for letter in "abcdefghij" * 12)
    there = send(client, f"city\n{rows}")["Location"]
    with django_assert_max_num_queries(14):
        page = client.get(f"{there}?show=ambiguous")
    assert page.content.decode().count("<fieldset") == 100
    assert client.get(f"{there}?show=ambiguous&page=2").status_code == 200
    assert client.get(f"{there}?show=ambiguous&page=3").status_code == 404
