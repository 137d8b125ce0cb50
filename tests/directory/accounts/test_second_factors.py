"""An app with codes, recovery codes, and what editors may not do without them."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from citynet import urls as site
from directory.accounts.gates import EDITOR_PREFIXES
from tests.directory.accounts.people import (
    add_app,
    code_of,
    confirm_once_more,
    last_mail,
    make_user,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db

EDITORS_PAGES = [f"{prefix}{rest}" for prefix in EDITOR_PREFIXES for rest in ("", "queue/")]

urlpatterns = [
    *(path(page[1:], lambda request: HttpResponse("the queue")) for page in EDITORS_PAGES),
    *site.urlpatterns,
]
handler403 = "directory.web.errors.forbidden"


def second_step(client, code):
    return client.post("/account/2fa/authenticate/", {"code": code})


def set_up_app(client):
    """As a person does it: confirm the password, read the key, give a code."""
    confirm_once_more(client)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = page.partition('id="totp-key">')[2].partition("<")[0]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    return secret


def test_an_app_is_asked_for_at_the_next_sign_in():
    user = make_user()
    secret = set_up_app(signed_in(user))
    client = Client()
    assert sign_in(client, user).headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/").status_code == 302, "the password alone opens nothing"
    assert second_step(client, "000000").status_code == 200
    assert second_step(client, code_of(secret, steps=1)).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_with_another_secret_key_every_code_is_a_wrong_one(settings):
    user = make_user()
    secret = set_up_app(signed_in(user))
    settings.SECRET_KEY = "another key of at least fifty characters, as after a restore"
    client = Client()
    sign_in(client, user)
    for code in (code_of(secret, steps=1), "12345678"):
        answer = second_step(client, code)
        assert answer.status_code == 200
        assert "Incorrect code" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_a_code_serves_once():
    user = make_user()
    secret = add_app(user)
    code = code_of(secret)
    for expected in (302, 200):
        client = Client()
        sign_in(client, user)
        assert second_step(client, code).status_code == expected


def test_a_code_does_not_serve_again_while_a_slow_clock_would_make_it_good():
    user = make_user()
    code = code_of(add_app(user), steps=1)
    first, again = Client(), Client()
    sign_in(first, user)
    sign_in(again, user)
    assert second_step(first, code).status_code == 302
    # As it is half a minute later, when django-allauth has forgotten the code.
    assert cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    assert second_step(again, code).status_code == 200
    assert again.post("/account/2fa/reauthenticate/", {"code": code}).status_code == 302
    assert again.get("/account/").status_code == 302
    assert first.post("/account/2fa/reauthenticate/", {"code": code}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_is_told_by_mail():
    user = make_user()
    set_up_app(signed_in(user))
    assert last_mail().to == user.email
    assert "If that was not you" in last_mail().body


def test_secrets_are_not_readable_in_the_database():
    user = make_user()
    secret = set_up_app(signed_in(user))
    stored = Authenticator.objects.get(type="totp").data
    assert secret not in str(stored)


def test_a_recovery_code_signs_in_once():
    user = make_user()
    client = signed_in(user)
    set_up_app(client)
    shown = client.get("/account/2fa/recovery-codes/").content.decode()
    codes = [part.partition("<")[0] for part in shown.split("<li><code>")[1:]]
    assert len(codes) == 10
    for expected in (302, 200):
        other = Client()
        sign_in(other, user)
        assert second_step(other, codes[0]).status_code == expected
    assert "9 of 10 are left" in client.get("/account/2fa/recovery-codes/").content.decode()
    download = client.get("/account/2fa/recovery-codes/download/")
    assert codes[1] in download.content.decode()
    assert download.headers["Cache-Control"] == "private, no-store"


def test_guessing_codes_is_limited():
    user = make_user()
    add_app(user)
    client = Client()
    sign_in(client, user)
    for _ in range(5):
        second_step(client, "000000")
    assert "Try again in ten minutes" in second_step(client, "000000").content.decode()


def test_removing_the_app_needs_the_password_once_more():
    user = make_user()
    secret = add_app(user)
    client = Client()
    sign_in(client, user)
    second_step(client, code_of(secret))
    answer = client.post("/account/2fa/totp/deactivate/")
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert Authenticator.objects.filter(user=user).exists()
    confirm_once_more(client)
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_passkey_form_sent_without_a_key_says_what_to_do():
    client = signed_in(make_user())
    confirm_once_more(client)
    answer = client.post("/account/2fa/webauthn/add/", {"name": "Mine", "credential": ""})
    assert "No key has answered" in answer.content.decode()


@pytest.mark.urls(__name__)
class TestEditorsPages:
    @pytest.fixture(params=EDITORS_PAGES)
    def page(self, request):
        return request.param

    def is_api(self, page):
        return page.startswith("/api/")

    def test_strangers_are_asked_to_sign_in(self, client, page):
        answer = client.get(page)
        if self.is_api(page):
            assert answer.status_code == 401
            assert answer.headers["Content-Type"] == "application/problem+json"
        else:
            assert answer.headers["Location"] == f"/account/login/?next={page}"

    def test_others_are_refused_even_with_a_second_factor(self, page):
        user = make_user()
        secret = add_app(user)
        client = Client()
        sign_in(client, user)
        second_step(client, code_of(secret))
        answer = client.get(page)
        assert answer.status_code == 403
        assert b"the queue" not in answer.content

    def test_an_editor_without_a_second_factor_is_led_to_set_one_up(self, page):
        client = signed_in(make_user(is_editor=True))
        answer = client.get(page)
        if self.is_api(page):
            assert answer.status_code == 403
            assert "second factor" in answer.json()["detail"]
        else:
            assert answer.headers["Location"] == "/account/2fa/"
        assert client.post(page).status_code in (302, 403)

    def test_recovery_codes_alone_are_no_second_factor(self, page):
        user = make_user(is_editor=True)
        client = signed_in(user)
        Authenticator.objects.create(user=user, type="recovery_codes", data={})
        assert client.get(page).status_code in (302, 403)

    def test_a_session_older_than_the_factor_is_asked_for_it(self, page):
        user = make_user(is_editor=True)
        client = signed_in(user)
        secret = add_app(user)
        answer = client.get(page)
        if self.is_api(page):
            assert answer.status_code == 403
            return
        assert answer.headers["Location"].startswith("/account/2fa/reauthenticate/?next=")
        client.post(answer.headers["Location"], {"code": code_of(secret), "next": page})
        assert client.get(page).content == b"the queue"

    def test_an_editor_with_one_passes(self, page):
        user = make_user(is_editor=True)
        secret = add_app(user)
        client = Client()
        sign_in(client, user)
        assert client.get(page).status_code in (302, 401), "half signed in is not signed in"
        second_step(client, code_of(secret))
        answer = client.get(page)
        assert answer.content == b"the queue"
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_the_dashboard_says_what_is_missing(self):
        client = signed_in(make_user(is_editor=True))
        assert "once you have set up a second factor" in client.get("/account/").content.decode()
