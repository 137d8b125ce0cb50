"""An account speaks the language in which it was made; its mails do, wherever they come from."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.utils.translation import gettext, override

from directory.accounts.languages import in_language, language_of
from directory.accounts.models import User
from directory.accounts.outbox import OutgoingMail
from tests.directory.accounts.people import (
    PASSWORD,
    confirm_once_more,
    last_mail,
    make_user,
    path_in,
    signed_in,
)

pytestmark = pytest.mark.django_db

OTHERS = ["fr", "es", "pt", "de", "ar"]
NEW = {"email": "grace@bergen.example", "password1": PASSWORD}


def say(language: str, text: str) -> str:
    with override(language):
        return gettext(text)


def paths_in(mail: OutgoingMail) -> list[str]:
    return [urlsplit(address).path for address in re.findall(r"https?://\S+", mail.body)]


def assert_speaks(language: str, mail: OutgoingMail, subject: str) -> None:
    assert mail.language == language
    assert mail.subject == f"CityNet: {say(language, subject)}"
    assert {language_of(f"{path}/") for path in paths_in(mail)} == {language}


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_who_signs_up_in_a_language_gets_an_account_and_a_mail_in_it(client, language):
    client.post(in_language("/account/signup/", language), NEW)
    assert User.objects.get().language == language
    mail = last_mail()
    assert_speaks(language, mail, "Confirm your address")
    assert client.post(path_in(mail)).status_code == 302
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("page", ["en", "de"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_new_password_is_asked_for_in_the_language_of_the_person(client, page, language):
    user = make_user(language=language)
    client.post(in_language("/account/password/reset/", page), {"email": user.email})
    mail = last_mail()
    assert_speaks(language, mail, "Choose a new password")
    assert language_of(client.get(path_in(mail)).headers["Location"]) == language


@pytest.mark.parametrize("page", ["en", "ar"])
def test_who_has_an_account_already_reads_so_in_their_language(client, page):
    user = make_user(language="fr")
    client.post(in_language("/account/signup/", page), NEW | {"email": user.email})
    assert_speaks("fr", last_mail(), "You have an account already")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_who_has_none_reads_so_in_the_language_of_the_page(client, language):
    path = in_language("/account/password/reset/", language)
    client.post(path, {"email": "nobody@bergen.example"})
    assert_speaks(language, last_mail(), "There is no account with this address")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_notice_comes_in_the_language_of_the_person(language):
    user = make_user(language=language)
    client = signed_in(user)
    confirm_once_more(client)
    new = "another horse, another staple"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", said).status_code == 302
    assert_speaks(language, last_mail(), "Password Changed")


def test_an_address_that_is_no_longer_the_persons_is_told_in_their_language():
    user = make_user(language="fr")
    client = signed_in(user)
    confirm_once_more(client)
    client.post("/account/email/", {"email": "new@bergen.example", "action_add": ""})
    confirmation = last_mail()
    assert (confirmation.to, confirmation.language) == ("new@bergen.example", "fr")
    client.post(path_in(confirmation))
    told = OutgoingMail.objects.get(to="ada@bergen.example")
    assert told.language == "fr"
    assert told.subject == f"CityNet: {say('fr', 'Email Changed')}"
