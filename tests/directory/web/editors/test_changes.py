"""Change sets as editors see them, and taking one back."""

import uuid

import pytest

from directory.accounts import personal_data
from directory.models import ChangeSet, City, Submission
from directory.registration import editing, review
from tests.directory.registration.people import make_person
from tests.directory.web.editors.browsers import (
    correction,
    editor_with_browser,
    make_editor,
    post,
    taken,
)
from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return editor_with_browser()[1]


def website(actor, address):
    editing.edit_record(
        actor=actor,
        table="cities",
        record="bergen-no",
        values={"website": address},
        reason=f"Now at {address}",
    )
    return ChangeSet.objects.latest("revision").revision


@pytest.fixture
def other():
    return make_editor(name="Berit Editor")


@pytest.fixture
def revision(other):
    make_city("bergen-no", website="https://old.example/")
    return website(other, "https://new.example/")


def test_the_person_behind_a_change_is_named_to_editors_alone(client, revision, other):
    for page in ("/editors/changes/", f"/editors/changes/{revision}/"):
        assert "Berit Editor" in client.get(page).content.decode()
    for page in ("/changes/", f"/changes/{revision}/"):
        html = client.get(page).content.decode()
        assert "Berit Editor" not in html
        assert other.email not in html


def test_a_deleted_account_is_called_that(client, revision, other):
    personal_data.erase(other)
    for page in ("/editors/changes/", f"/editors/changes/{revision}/"):
        html = client.get(page).content.decode()
        assert "deleted" in html
        assert "Berit Editor" not in html


def test_the_submissions_behind_a_change_are_linked(client, other):
    make_city("bergen-no")
    make_city("oslo-no")
    revisions = []
    for slug in ("bergen-no", "oslo-no"):
        item = correction(make_person(f"{slug}@example.org"), record=slug, population="7")
        review.approve(actor=other, item=taken(other, item))
        revisions.append((ChangeSet.objects.latest("revision").revision, slug, item))
    for revision, slug, item in revisions:
        html = client.get(f"/editors/changes/{revision}/").content.decode()
        assert f'href="/editors/items/{item.pk}/"' in html
        assert f"{slug}@example.org" in html
        assert html.count("/editors/items/") == 1


def test_suggestions_that_were_approved_together_are_linked_from_their_one_change(client, other):
    make_city("bergen-no")
    make_city("oslo-no")
    items = [correction(record=slug, population="7") for slug in ("bergen-no", "oslo-no")]
    review.approve_together(actor=other, items=items, reason="It stands there.")
    html = client.get(f"/editors/changes/{ChangeSet.objects.latest('revision').revision}/")
    for item in items:
        assert f'href="/editors/items/{item.pk}/"' in html.content.decode()


def test_a_change_whose_suggestion_was_deleted_has_a_page_all_the_same(client, other):
    make_city("bergen-no")
    review.approve(actor=other, item=taken(other, correction(population="7")))
    Submission.objects.all().delete()
    html = client.get(f"/editors/changes/{ChangeSet.objects.latest('revision').revision}/")
    assert "/editors/items/" not in html.content.decode()


def test_a_change_is_taken_back_with_a_reason(client, revision):
    page = f"/editors/changes/{revision}/revert/"
    assert "https://new.example/" in client.get(page).content.decode()
    assert "This field is required" in post(client, page, reason="")
    assert City.objects.get().website == "https://new.example/"
    assert "It is taken back" in post(client, page, reason="It was wrong.")
    assert City.objects.get().website == "https://old.example/"
    assert ChangeSet.objects.latest("revision").reverts.revision == revision


def test_what_came_later_stands_in_the_way_and_is_named(client, revision, other):
    later = website(other, "https://newest.example/")
    html = post(client, f"/editors/changes/{revision}/revert/", reason="It was wrong.")
    assert "It cannot be taken back" in html
    assert str(later) in html
    assert City.objects.get().website == "https://newest.example/"


def test_a_change_is_taken_back_once(client, revision):
    page = f"/editors/changes/{revision}/revert/"
    post(client, page, reason="It was wrong.")
    assert "It cannot be taken back" in post(client, page, reason="Again.")


def test_a_revision_that_is_not_there_has_no_page(client, revision):
    for rest in ("", "revert/"):
        assert client.get(f"/editors/changes/{revision + 1}/{rest}").status_code == 404


def test_the_list_takes_a_constant_number_of_queries(
    client, revision, other, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(10) as few:
        client.get("/editors/changes/")
    for _ in range(10):
        website(make_editor(), f"https://{uuid.uuid4()}.example/")
    with django_assert_num_queries(len(few)):
        client.get("/editors/changes/")
