"""Signing up: a mail, its link, and only then an account that lets anyone in."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from directory.accounts.models import User
from directory.accounts.outbox import OutgoingMail
from tests.directory.accounts.people import (
    PASSWORD,
    add_app,
    last_mail,
    make_user,
    path_in,
    sign_in,
)

pytestmark = pytest.mark.django_db

NEW = {"email": "grace@bergen.example", "password1": PASSWORD}


def test_sign_up_then_the_link_then_sign_in(client):
    answer = client.post("/account/signup/", NEW)
    assert answer.headers["Location"] == "/account/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.language, user.is_editor) == ("grace@bergen.example", "en", False)
    mail = last_mail()
    assert mail.to == user.email
    assert "<" not in mail.body
    # Not signed in yet, and not by the password either.
    assert client.get("/account/").status_code == 302
    sign_in(client, user)
    assert client.get("/account/").status_code == 302

    link = path_in(mail)
    assert "grace@bergen.example" in client.get(link).content.decode()
    assert client.post(link).status_code == 302
    assert sign_in(Client(), user).headers["Location"] == "/account/"


def test_opening_the_link_alone_confirms_nothing(client):
    """Mail filters open links."""
    client.post("/account/signup/", NEW)
    client.get(path_in(last_mail()))
    assert not User.objects.get().emailaddress_set.get().verified


def test_a_forged_link_confirms_nothing(client):
    client.post("/account/signup/", NEW)
    answer = client.post("/account/confirm-email/MQ:abc:def/")
    assert answer.status_code == 404
    assert not User.objects.get().emailaddress_set.get().verified


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", NEW["email"]])
def test_weak_passwords_are_refused(client, password):
    answer = client.post("/account/signup/", NEW | {"password1": password})
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_nobody_makes_themselves_an_editor(client):
    client.post("/account/signup/", NEW | {"is_editor": "on", "is_active": "on"})
    assert not User.objects.get().is_editor


class TestKnownAndUnknownAddresses:
    """Get the same answer; the mail says which it is."""

    def test_sign_up(self):
        make_user("known@bergen.example")
        answers = {}
        for name in ("known", "unknown"):
            client = Client()
            answer = client.post("/account/signup/", NEW | {"email": f"{name}@bergen.example"})
            page = client.get(answer.headers["Location"]).content.decode().replace(name, "")
            answers[name] = answer.status_code, answer.headers["Location"], page
        assert answers["known"] == answers["unknown"]
        assert User.objects.count() == 2
        assert OutgoingMail.objects.get(to="known@bergen.example").subject == (
            "CityNet: You have an account already"
        )

    def test_sign_in(self):
        make_user("known@bergen.example")
        pages = {}
        for name in ("known", "unknown"):
            said = {"login": f"{name}@bergen.example", "password": "something else 123"}
            html = Client().post("/account/login/", said).content.decode()
            pages[name] = html.replace(name, "").partition("errorlist")[2][:300]
        assert pages["known"] == pages["unknown"]

    def test_password_reset(self):
        make_user("known@bergen.example")
        answers = {
            name: Client().post("/account/password/reset/", {"email": f"{name}@bergen.example"})
            for name in ("known", "unknown")
        }
        assert answers["known"].headers["Location"] == answers["unknown"].headers["Location"]
        assert OutgoingMail.objects.count() == 2


def test_password_reset_lets_in_once(client):
    user = make_user()
    client.post("/account/password/reset/", {"email": user.email})
    link = path_in(last_mail())
    form = client.get(link).headers["Location"]
    new = "another horse, another staple"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(Client(), user, password=PASSWORD).status_code == 200
    assert sign_in(Client(), user, password=new).status_code == 302
    assert "no longer good" in Client().get(link).content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
@pytest.mark.parametrize("page", ["login", "logout"])
def test_no_way_out_to_another_site(client, target, page):
    user = make_user()
    if page == "login":
        said = {"login": user.email, "password": PASSWORD, "next": target}
    else:
        sign_in(client, user)
        said = {"next": target}
    answer = client.post(f"/account/{page}/?next={target}", said)
    assert answer.status_code == 302
    assert answer.headers["Location"] in ("/account/", "/")


def test_the_way_in_leads_on_to_a_page_of_ours(client):
    user = make_user()
    said = {"login": user.email, "password": PASSWORD, "next": "/account/sessions/"}
    assert client.post("/account/login/", said).headers["Location"] == "/account/sessions/"


def test_forms_need_their_token():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/signup/", NEW)
    assert answer.status_code == 403
    assert "load it again" in answer.content.decode()
    assert not User.objects.exists()


def test_an_inactive_person_does_not_get_in(client):
    user = make_user(is_active=False)
    sign_in(client, user)
    assert client.get("/account/").status_code == 302


def is_refused(answer, limit, *, within):
    """Whether the answer says that the limit is reached, and for how long."""
    assert answer.status_code == 429
    wait = int(answer.headers["Retry-After"])
    assert within - 60 <= wait <= within
    assert f'"{limit}";r=0;t={wait}' in answer.headers["RateLimit"]
    assert f'"{limit}";q=' in answer.headers["RateLimit-Policy"]


class TestLimits:
    def test_wrong_passwords(self):
        user = make_user()
        for _ in range(5):
            sign_in(Client(), user, password="wrong")
        answer = sign_in(Client(), user)
        assert "Try again in ten minutes" in answer.content.decode()
        assert 'name="login"' in answer.content.decode()
        is_refused(answer, "login-failed-key", within=600)
        is_refused(sign_in(Client(), user), "login-failed-key", within=600)
        assert sign_in(Client(), make_user("other@bergen.example")).status_code == 302

    def test_wrong_passwords_for_whomever_from_one_connection(self):
        for number in range(20):
            somebody = make_user(f"p{number}@bergen.example")
            assert sign_in(Client(), somebody, password="wrong").status_code == 200
        user = make_user()
        is_refused(sign_in(Client(), user), "login-failed-ip", within=600)
        assert sign_in(Client(), user, REMOTE_ADDR="203.0.113.9").status_code == 302

    def test_attempts_to_sign_in_from_one_connection_are_counted_by_the_minute(self):
        for left in range(29, -1, -1):
            answer = Client().post("/account/login/", {"login": ""})
            assert answer.status_code == 200
            assert f'"login-ip";r={left};t=' in answer.headers["RateLimit"]
            assert '"login-ip";q=30;w=60' in answer.headers["RateLimit-Policy"]
        answer = sign_in(Client(), make_user())
        is_refused(answer, "login-ip", within=60)
        assert "Try again in 1 minute." in answer.content.decode()

    def test_each_answer_says_what_is_left_to_the_connection_but_not_of_an_address(self):
        user = make_user()
        for left in (19, 18):
            answer = sign_in(Client(), user, password="wrong")
            assert f'"login-failed-ip";r={left};t=' in answer.headers["RateLimit"]
            assert "-key" not in answer.headers["RateLimit"]
        assert '"login-failed-ip";r=18;' in sign_in(Client(), user).headers["RateLimit"]
        assert "RateLimit" not in Client().get("/account/login/").headers

    def test_wrong_codes(self):
        user = make_user()
        add_app(user)
        client = Client()
        assert sign_in(client, user).status_code == 302
        answers = [client.post("/account/2fa/authenticate/", {"code": "1"}) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 429]
        is_refused(answers[-1], "login-failed-key", within=600)

    def test_sign_ups_from_one_connection(self):
        for number in range(20):
            Client().post("/account/signup/", NEW | {"email": f"p{number}@bergen.example"})
        answer = Client().post("/account/signup/", NEW)
        is_refused(answer, "signup-ip", within=600)
        assert "Try again in 10 minutes." in answer.content.decode()

    def test_links_to_a_new_password_for_one_address(self):
        said = {"email": "Kari@bergen.example"}
        answers = [Client().post("/account/password/reset/", said) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
        is_refused(answers[-1], "reset-password-key", within=600)

    def test_are_counted_in_the_database_that_all_processes_share(self):
        from directory.accounts.models import CacheEntry

        sign_in(Client(), make_user(), password="wrong")
        assert CacheEntry.objects.filter(cache_key__contains="login_failed").exists()


class TestPrivatePages:
    def test_are_kept_by_no_cache(self, client):
        sign_in(client, make_user())
        for path in ("/account/", "/account/sessions/", "/account/data/", "/account/login/"):
            assert client.get(path).headers["Cache-Control"] == "private, no-store"

    def test_ask_to_sign_in(self, client):
        for path in ("", "data/", "sessions/", "2fa/", "email/", "delete/", "profile/"):
            answer = client.get(f"/account/{path}")
            assert answer.status_code == 302, path
            assert answer.headers["Location"].startswith("/account/login/?next=/account/")

    def test_public_pages_know_nobody(self, client):
        before = Client().get("/contact/")
        sign_in(client, make_user())
        after = client.get("/contact/")
        assert after.content == before.content
        assert not after.cookies
        assert "Cookie" not in after.headers.get("Vary", "")

    def test_signing_out_ends_the_session(self, client):
        sign_in(client, make_user())
        assert Session.objects.count() == 1
        client.post("/account/logout/")
        assert not Session.objects.exists()
        assert client.get("/account/").status_code == 302


def test_mail_vanishes_with_what_caused_it(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("allauth.account.internal.flows.login.resume_login", fail)
    client.post("/account/signup/", NEW)
    assert not User.objects.exists()
    assert not OutgoingMail.objects.exists()
