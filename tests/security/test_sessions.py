"""Sessions begin anew with each sign-in, end for good, and every private page shows the way out."""

import pytest
from django.conf import settings
from django.test import Client

from directory.accounts.gates import PRIVATE_PREFIXES
from tests.directory.accounts.people import make_user, sign_in, signed_in
from tests.directory.web.test_permissions import ROWS, World

pytestmark = pytest.mark.django_db


def key_of(browser):
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def test_signing_in_makes_a_new_session():
    """So that a session that somebody planted in a browser never becomes a signed-in one."""
    person = make_user()
    browser = signed_in(person)
    first = key_of(browser)
    planted = Client()
    planted.cookies[settings.SESSION_COOKIE_NAME] = first
    browser.post("/account/logout/")
    sign_in(planted, person)
    assert key_of(planted) != first


def test_a_session_that_was_ended_opens_nothing():
    browser = signed_in(make_user())
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key_of(browser)
    assert thief.get("/account/").status_code == 200
    browser.post("/account/logout/")
    assert thief.get("/account/").status_code == 302


def test_private_pages_lead_to_the_way_out():
    world = World()
    shown = 0
    for row in ROWS:
        role = next((role for role, answer in row.items() if answer == "yes"), None)
        address = world.address(row)
        if row["method"] != "get" or role in (None, "visitor"):
            continue
        assert address.startswith(PRIVATE_PREFIXES)
        answer = world.browsers[role].get(address)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            assert "/account/logout/" in answer.content.decode(), address
            shown += 1
    assert shown > 20
