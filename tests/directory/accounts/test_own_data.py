"""People see, take away and erase what is kept about them; their office's words stay."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from directory.accounts import mail, personal_data
from directory.accounts.models import User
from directory.accounts.outbox import OutgoingMail
from tests.directory.accounts.people import (
    PASSWORD,
    add_app,
    confirm_once_more,
    last_mail,
    make_user,
    path_in,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db


class TestSessions:
    def test_are_listed_and_one_can_be_ended(self):
        user = make_user()
        here, there = signed_in(user), Client()
        sign_in(there, user, HTTP_USER_AGENT="A forgotten computer")
        assert "A forgotten computer" in here.get("/account/sessions/").content.decode()
        other = UserSession.objects.get(user_agent="A forgotten computer")
        here.post(f"/account/sessions/{other.pk}/end/")
        assert there.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200

    def test_all_others_can_be_ended(self):
        user = make_user()
        here, *others = [signed_in(user) for _ in range(3)]
        here.post("/account/sessions/")
        assert [other.get("/account/").status_code for other in others] == [302, 302]
        assert here.get("/account/").status_code == 200

    def test_nobody_ends_those_of_another(self):
        victim = signed_in(make_user("victim@bergen.example"))
        session = UserSession.objects.get()
        attacker = signed_in(make_user("attacker@bergen.example"))
        assert attacker.post(f"/account/sessions/{session.pk}/end/").status_code == 404
        assert victim.get("/account/").status_code == 200

    def test_a_new_password_ends_the_others(self):
        user = make_user()
        here, there = signed_in(user), signed_in(user)
        confirm_once_more(here)
        new = "a wholly new battery staple"
        said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        here.post("/account/password/change/", said)
        assert there.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200


def test_profile_changes_what_it_shows_and_nothing_else():
    user = make_user()
    client = signed_in(user)
    client.post(
        "/account/profile/",
        {
            "name": "Ada",
            "language": "fr",
            "is_editor": "on",
            "email": "x@example.org",
        },
    )
    user.refresh_from_db()
    assert (user.name, user.language, user.wants_reminders) == ("Ada", "fr", False)
    assert (user.is_editor, user.email) == (False, "ada@bergen.example")


@pytest.mark.parametrize("name", ["Ada\u202e", "A" * 121, "Ada\x00"])
def test_a_name_is_plain_and_short(name):
    user = make_user()
    answer = signed_in(user).post("/account/profile/", {"name": name})
    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.name == ""


def test_a_name_is_shown_as_text():
    user = make_user(name="<script>alert(1)</script>")
    html = signed_in(user).get("/account/").content.decode()
    assert "<script>alert" not in html


def test_a_new_address_counts_once_it_is_confirmed():
    user = make_user()
    client = signed_in(user)
    confirm_once_more(client)
    client.post("/account/email/", {"action_add": "", "email": "new@bergen.example"})
    user.refresh_from_db()
    assert user.email == "ada@bergen.example"
    link = path_in(OutgoingMail.objects.filter(to="new@bergen.example").latest("pk"))
    client.post(link)
    user.refresh_from_db()
    assert user.email == "new@bergen.example"


def test_the_download_holds_all_but_secrets():
    user = make_user(name="Ada")
    secret = add_app(user)
    Authenticator.objects.filter(user=user).delete()
    client = signed_in(user)
    add_app(user)
    mail.write_mail(to=user, subject="Granted", body="You may.")
    answer = client.get("/account/data/")
    assert answer.headers["Content-Type"] == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    said = json.loads(answer.content)
    assert said["account"]["email"] == "ada@bergen.example"
    assert said["account"]["id"] == str(user.opaque_id)
    assert said["second_factors"][0]["type"] == "totp"
    assert [row["subject"] for row in said["mails"]] == ["Granted"]
    assert len(said["sessions"]) == 1
    assert secret not in answer.content.decode()
    assert "pbkdf2" not in answer.content.decode()
    assert user.password not in answer.content.decode()


class TestDeleting:
    def test_asks_for_the_password_first(self):
        user = make_user()
        client = signed_in(user)
        answer = client.post("/account/delete/")
        assert answer.headers["Location"].startswith("/account/reauthenticate/")
        user.refresh_from_db()
        assert user.is_active

    def test_leaves_nothing_that_names_or_lets_in(self):
        user = make_user(name="Ada", is_editor=False)
        elsewhere, client = signed_in(user), signed_in(user)
        confirm_once_more(client)
        add_app(user)
        mail.write_mail(to=user, subject="Granted", body="You may.")
        assert client.post("/account/delete/").headers["Location"] == "/account/deleted/"
        left = User.objects.get()
        assert left.opaque_id == user.opaque_id, "the log still knows that it was one person"
        assert left.email == f"{user.opaque_id}@erased.invalid"
        assert left.name == ""
        assert not left.is_active
        assert not left.has_usable_password()
        for table in (EmailAddress, Authenticator, UserSession, OutgoingMail):
            assert not table.objects.exists(), table
        for browser in (elsewhere, client):
            assert browser.get("/account/").status_code == 302
        assert not any("_auth_user_id" in each.get_decoded() for each in Session.objects.all())
        assert "is deleted" in client.get("/account/deleted/").content.decode()

    def test_frees_the_address_for_a_new_account(self, client):
        personal_data.erase(make_user())
        client.post("/account/signup/", {"email": "ada@bergen.example", "password1": PASSWORD})
        assert User.objects.filter(email="ada@bergen.example", is_active=True).exists()
        assert last_mail().subject == "CityNet: Confirm your address"

    def test_what_other_packages_keep_goes_too(self, monkeypatch):
        monkeypatch.setattr(personal_data, "_sections", {})
        erased = []
        personal_data.register("claims", read=lambda user: ["a claim"], erase=erased.append)
        user = make_user()
        assert personal_data.all_about(user)["claims"] == ["a claim"]
        personal_data.erase(user)
        assert erased == [user]

    def test_is_refused_to_the_only_editor_who_reads_what_to_do(self):
        user = make_user(is_editor=True)
        client = signed_in(user)
        confirm_once_more(client)
        page = client.post("/account/delete/", follow=True).content.decode()
        assert "Appoint another editor first" in page
        assert "Delete my account" not in page
        assert User.objects.get().is_active
