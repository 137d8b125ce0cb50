"""What an editor typed is not lost where they must sign in, or give their second factor, first."""

import pytest
from django.test import Client

from directory.models import City, ReviewItem
from tests.directory.accounts.people import add_app, code_of, sign_in, signed_in
from tests.directory.web.editors.browsers import correction, make_editor, post, taken
from tests.factories import make_city

pytestmark = pytest.mark.django_db

RECORD = "/editors/records/cities/bergen-no/"
SAID = {"website": "https://typed.example/", "reason": "It moved there."}


@pytest.fixture
def editor():
    make_city("bergen-no", website="https://old.example/")
    return make_editor()


def come_back(client, editor, secret):
    """Sign in with both factors."""
    sign_in(client, editor)
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302


def test_a_form_comes_back_after_signing_in_and_is_not_sent_by_itself(editor):
    secret, client = add_app(editor), Client()
    answer = client.post(RECORD, SAID)
    assert answer.headers["Location"] == f"/account/login/?next={RECORD}"
    come_back(client, editor, secret)
    html = client.get(RECORD).content.decode()
    assert "https://typed.example/" in html
    assert "It moved there." in html
    assert City.objects.get().website == "https://old.example/"
    assert "https://typed.example/" not in client.get(RECORD).content.decode()


def test_a_form_comes_back_after_the_second_factor_was_given(editor):
    client = signed_in(editor)
    secret = add_app(editor)
    answer = client.post(RECORD, SAID)
    assert "reauthenticate" in answer.headers["Location"]
    answer = client.post(answer.headers["Location"], {"code": code_of(secret)})
    assert answer.headers["Location"] == RECORD
    assert "https://typed.example/" in client.get(RECORD).content.decode()
    assert City.objects.get().website == "https://old.example/"


def test_a_decision_comes_back_on_the_page_of_its_item(editor):
    item = taken(editor, correction(population="7"))
    secret, client = add_app(editor), Client()
    client.post(f"/editors/items/{item.pk}/refuse/", {"reason": "Not on that page."})
    come_back(client, editor, secret)
    html = client.get(f"/editors/items/{item.pk}/refuse/", follow=True).content.decode()
    assert "Not on that page." in html
    assert html.count('<details class="decision" open') == 1
    assert ReviewItem.objects.get().state == "taken"


def test_a_decision_waits_until_its_item_is_taken_again(editor):
    item = correction(population="7")
    secret, client = add_app(editor), Client()
    client.post(f"/editors/items/{item.pk}/refuse/", {"reason": "Not on that page."})
    come_back(client, editor, secret)
    assert "Not on that page." not in client.get(f"/editors/items/{item.pk}/").content.decode()
    assert "Not on that page." in post(client, f"/editors/items/{item.pk}/take/")


def test_what_another_site_sends_is_not_kept(editor):
    client = Client(enforce_csrf_checks=True)
    assert client.post(RECORD, SAID).status_code == 302
    assert not client.cookies
    assert "draft" not in client.session


def test_what_was_chosen_together_comes_back(editor):
    items = [correction(population="7"), correction(population="8")]
    secret, client = add_app(editor), Client()
    page = "/editors/together/"
    client.post(page, {"item": [item.pk for item in items], "reason": "Both stand there."})
    come_back(client, editor, secret)
    html = client.get(page).content.decode()
    assert "Both stand there." in html
    assert all(f'value="{item.pk}"' in html for item in items)
    assert {item.state for item in ReviewItem.objects.all()} == {"waiting"}
