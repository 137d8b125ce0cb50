"""The first page of an account: for whom one acts, what waits, and the way in for everyone else."""

import uuid

import pytest
from django.test import Client

from directory.registration import queue, submissions
from tests.directory.registration.people import (
    granted_claim,
    make_editor,
    make_person,
    request,
    taken,
)
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


def account_of(person):
    client = Client()
    client.force_login(person)
    return client.get("/account/").content.decode()


def test_offers_the_way_in_to_who_acts_for_nobody():
    shown = account_of(make_person())
    assert 'class="button" href="/account/claims/new/"' in shown
    assert "Nothing waits." in shown
    assert "/editors/" not in shown


def test_leads_to_the_desks_of_ones_offices_and_to_open_claims():
    person = make_person()
    bergen, eurocities = make_city("bergen-no", name="Bergen"), make_network("eurocities")
    granted_claim(person, bergen)
    claim = request(person, eurocities, "kari@eurocities.eu")
    shown = account_of(person)
    assert 'href="/account/cities/bergen-no/"' in shown
    assert f'href="/account/claims/{claim.pk}/"' in shown
    assert "Open the link that was mailed to kari@eurocities.eu" in shown


def test_says_what_waits_and_what_was_asked():
    person, editor = make_person(), make_editor()
    make_city("bergen-no")
    for number in (1, 2):
        made = submissions.correct(
            actor=person,
            table="cities",
            record="bergen-no",
            values={"population": number},
            source="https://example.org",
            form_key=uuid.uuid4(),
        )
    queue.ask_back(actor=editor, item=taken(editor, made.review), question="Which page?")
    shown = account_of(person)
    assert "An editor has a question about one of your suggestions." in shown
    assert "2 suggestions are not decided yet." in shown


def test_leads_editors_to_the_queue():
    assert 'href="/editors/"' in account_of(make_editor())


def test_takes_as_many_queries_for_ten_offices_as_for_one(django_assert_num_queries):
    person, client = make_person(), Client()
    granted_claim(person, make_city())
    client.force_login(person)
    client.get("/account/")
    with django_assert_num_queries(6):
        client.get("/account/")
    for _ in range(9):
        granted_claim(person, make_network())
    with django_assert_num_queries(6):
        client.get("/account/")
