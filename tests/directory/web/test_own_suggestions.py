"""People see what became of what they suggested, answer, withdraw; others see nothing of it."""

import uuid

import pytest
from django.test import Client

from directory.models import Submission
from directory.models.review import ReviewState
from directory.registration import queue, review, submissions
from tests.directory.registration.people import make_editor, make_person, taken
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


def html(response):
    return response.content.decode()


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def suggest(person, city="bergen-no", **values):
    return submissions.correct(
        actor=person,
        table="cities",
        record=city,
        values=values or {"website": "https://bergen.example"},
        source="https://example.org/bergen",
        form_key=uuid.uuid4(),
        comment="Seen today",
    )


@pytest.fixture
def bergen():
    return make_city("bergen-no", name="Bergen")


@pytest.fixture
def person(bergen):
    return make_person()


def test_shows_what_was_said_and_that_it_waits(person):
    made = suggest(person)
    browser = browser_of(person)
    assert f"/account/suggestions/{made.pk}/" in html(browser.get("/account/suggestions/"))
    shown = html(browser.get(f"/account/suggestions/{made.pk}/"))
    for words in ("It waits for an editor", "https://bergen.example", "Seen today", "example.org"):
        assert words in shown


def test_a_question_comes_first_and_is_answered(person):
    made, editor = suggest(person), make_editor()
    suggest(person, population=5)
    item = taken(editor, made.review)
    queue.ask_back(actor=editor, item=item, question="Which page?", note="Hm.")
    browser = browser_of(person)
    listed = html(browser.get("/account/suggestions/"))
    assert "An editor has a question" in listed
    assert listed.index(f"suggestions/{made.pk}/") < listed.index("waiting")
    shown = html(browser.get(f"/account/suggestions/{made.pk}/"))
    assert "Which page?" in shown
    assert "Hm." not in shown
    browser.post(f"/account/suggestions/{made.pk}/answer/", {"answer": "The first"})
    item.refresh_from_db()
    assert (item.state, item.answer) == (ReviewState.WAITING, "The first")


def test_a_refusal_shows_its_reason_and_no_note(person):
    made, editor = suggest(person), make_editor()
    review.refuse(actor=editor, item=taken(editor, made.review), reason="Not there.", note="Hm.")
    shown = html(browser_of(person).get(f"/account/suggestions/{made.pk}/"))
    assert "Not there." in shown
    assert "Hm." not in shown
    assert "Withdraw" not in shown


def test_is_withdrawn_until_it_is_decided(person):
    made = suggest(person)
    browser = browser_of(person)
    path = f"/account/suggestions/{made.pk}/withdraw/"
    assert browser.get(path).status_code == 200
    made.review.refresh_from_db()
    assert made.review.state == ReviewState.WAITING
    assert "is withdrawn" in html(browser.post(path, follow=True))
    made.review.refresh_from_db()
    assert made.review.state == ReviewState.WITHDRAWN
    assert browser.post(path).status_code == 200, "twice is refused, in words"


@pytest.mark.parametrize("end", ["", "withdraw/", "answer/"])
def test_those_of_others_are_not_there(person, end):
    for made in (suggest(person), suggest(None, population=5)):
        for other in (make_person(), make_editor()):
            browser = browser_of(other)
            for answer in (browser.get, browser.post):
                assert answer(f"/account/suggestions/{made.pk}/{end}").status_code == 404


def test_visitors_sign_in_first(client):
    assert client.get("/account/suggestions/").headers["Location"].startswith("/account/login/")


def test_what_was_typed_is_shown_as_text(person):
    made = suggest(person, name="<script>alert(1)</script>")
    for path in ("/account/suggestions/", f"/account/suggestions/{made.pk}/"):
        assert "<script>alert" not in html(browser_of(person).get(path))


def test_every_kind_is_shown_by_name(person):
    network = make_network("eurocities", name="Eurocities")
    membership = make_membership(network, "oslo-no")
    common = {"actor": person, "source": "https://example.org"}
    submissions.propose_membership(
        **common, form_key=uuid.uuid4(), city=make_city("turku-fi", country="FI"), network=network
    )
    submissions.propose_network(**common, form_key=uuid.uuid4(), name="Harbour Cities")
    submissions.correct(
        **common,
        form_key=uuid.uuid4(),
        table="memberships",
        record=membership.public_id,
        values={"joined": "2001"},
    )
    browser = browser_of(person)
    listed = html(browser.get("/account/suggestions/"))
    for name in ("Turku · Eurocities", "Harbour Cities", "Oslo · Eurocities"):
        assert name in listed
    for made in Submission.objects.all():
        assert browser.get(f"/account/suggestions/{made.pk}/").status_code == 200


def test_the_list_takes_as_many_queries_for_forty_as_for_one(person, django_assert_num_queries):
    suggest(person)
    browser = browser_of(person)
    browser.get("/account/suggestions/")
    with django_assert_num_queries(5):
        browser.get("/account/suggestions/")
    for number in range(40):
        suggest(person, population=number)
    with django_assert_num_queries(5):
        assert "?page=2" in html(browser.get("/account/suggestions/"))
