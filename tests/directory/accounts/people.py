"""People with accounts, and what they do to get in."""

import re
import time
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from directory.accounts.models import User
from directory.accounts.outbox import OutgoingMail

PASSWORD = "correct horse battery staple"


def make_user(email="ada@bergen.example", *, password=PASSWORD, **fields):
    """A person whose address is verified."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_in(client, user, *, password=PASSWORD, **extra):
    """What the form of the sign-in page does."""
    return client.post("/account/login/", {"login": user.email, "password": password}, **extra)


def signed_in(user):
    """A browser in which a person has signed in."""
    client = Client()
    answer = sign_in(client, user)
    assert answer.status_code == 302, answer.content.decode()
    return client


def confirm_once_more(client, *, password=PASSWORD):
    """What stands before everything that touches the safety of an account."""
    return client.post("/account/reauthenticate/", {"password": password})


def add_app(user):
    """Set up an app with codes for a person, and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret, *, steps=0):
    """What the app shows now, or some steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def last_mail():
    return OutgoingMail.objects.latest("pk")


def path_in(mail):
    """The path of the link in a mail."""
    return urlsplit(re.search(r"https?://\S+", mail.body)[0]).path
