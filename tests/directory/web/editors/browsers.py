"""Browsers in which editors have signed in, and what waits for them."""

import itertools
import uuid

from django.test import Client

from directory.registration import queue, submissions
from tests.directory.accounts.people import add_app, code_of, make_user, sign_in
from tests.directory.registration.people import make_person, verified_claim
from tests.factories import make_city

SOURCE = "https://example.org/minutes"
REASON = "It stands in the minutes."
_numbers = itertools.count(1)


def make_editor(**fields):
    """An editor with a password."""
    number = next(_numbers)
    return make_user(f"editor-{number}@citynet.example", is_editor=True, **fields)


def browser_of(editor):
    """A browser in which an editor has given the second factor."""
    secret = add_app(editor)
    client = Client()
    sign_in(client, editor)
    answer = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return client


def editor_with_browser(**fields):
    editor = make_editor(**fields)
    return editor, browser_of(editor)


def correction(actor=None, record="bergen-no", source=SOURCE, table="cities", **values):
    """The item of a suggested correction."""
    return submissions.correct(
        actor=actor,
        table=table,
        record=record,
        values=values or {"website": "https://bergen.example/"},
        source=source,
        form_key=uuid.uuid4(),
    ).review


def proposed_city(actor=None, **values):
    """The item of a proposed city."""
    known = {"name": "Voss", "country": "NO", "latitude": 60.63, "longitude": 6.42}
    return submissions.propose_city(
        actor=actor or make_person(), source=SOURCE, form_key=uuid.uuid4(), **known | values
    ).review


def claim_item(slug="bergen-no", person=None, address="kari@bergen.kommune.no"):
    """The item of a claim that waits for an editor."""
    return verified_claim(person or make_person(), make_city(slug), address).review


def taken(editor, item):
    return queue.take(actor=editor, item=item)


def post(client, path, **data):
    """Send a form and return what the next page says."""
    answer = client.post(path, data, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
