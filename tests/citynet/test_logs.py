"""Logs say what happened and where, never who it was or what would let somebody in."""

import io
import json
import logging
import logging.config
import re
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as running
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from citynet import logs
from citynet.discretion import discreet
from citynet.urls import handler400, handler403, handler404, handler429, handler500
from citynet.urls import urlpatterns as of_the_site
from directory.accounts import mail
from directory.models import Membership
from directory.registration.tokens import issue_token
from tests.directory.accounts.people import PASSWORD, last_mail, path_in, sign_in
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_membership, make_network

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

WRONG = "not-my-passphrase-at-all"
ADDRESS = "203.0.113.77"
ADDRESS_V6 = "2001:db8::7a:1"
JSON = "application/json"
WORDS = "Sigrid shelter Tveit"


def broken(request):
    secret = request.POST.get("password")
    assert secret == PASSWORD
    raise RuntimeError(
        f"no way with {secret} of {request.POST['login']} at {ADDRESS_V6}\n{request.META}"
    )


def same_row_again(request, token):
    raise IntegrityError(
        "duplicate key value violates unique constraint\n"
        'DETAIL:  Key (email)=(ada@bergen.example) already exists.\nINSERT INTO t VALUES ("x")'
    )


urlpatterns = [
    path("test/broken/", broken),
    path("test/link/<slug:token>/", same_row_again),
    path("test/fine/", lambda request: HttpResponse("fine")),
    *of_the_site,
]


@pytest.fixture
def written(request):
    """What is logged with everything turned on, libraries included."""
    form = getattr(request, "param", "text")
    ours = logs.configuration(form=form, level="debug", every_request=True, debug=False)
    written = io.StringIO()
    ours["handlers"]["stderr"]["stream"] = written
    ours["root"]["level"] = "DEBUG"
    logging.config.dictConfig(ours)
    yield written
    logging.config.dictConfig(running.LOGGING)


@pytest.fixture
def site(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)


both_forms = pytest.mark.parametrize("written", logs.FORMATS, indirect=True)


@both_forms
@pytest.mark.django_db
def test_no_secret_and_no_address_is_logged_whatever_happens(written, site, settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "PASSWORD", "passphrase-of-the-database")
    settings.EMAIL_BACKEND = "directory.accounts.mail.OutboxBackend"
    settings.EMAIL_HOST_PASSWORD = "passphrase-of-the-mail"
    network = make_network("north")
    make_membership(network, make_city("bergen-no"))
    nils = make_staff(network, email="nils@bergen.example", password=PASSWORD)
    EmailAddress.objects.create(user=nils, email=nils.email, verified=True, primary=True)
    _token, secret = issue_token(actor=nils, office=network, name="Mirror", days=30)
    secrets = {WRONG, PASSWORD, secret, nils.email, ADDRESS, ADDRESS_V6, settings.SECRET_KEY}
    secrets |= {"passphrase-of-the-database", "passphrase-of-the-mail", *WORDS.split()}

    # Signing up and in, a mailed link.
    site.post("/account/signup/", {"email": "grace@oslo.example", "password1": PASSWORD})
    link = path_in(last_mail())
    site.get(link)
    site.post("/account/password/reset/", {"email": nils.email})
    reset = path_in(last_mail())
    site.get(reset, follow=True)
    sign_in(site, nils, password=WRONG)
    assert sign_in(site, nils).status_code == 302
    secrets |= {"grace@oslo.example", site.session.session_key, link.strip("/").split("/")[-1]}
    secrets |= {reset.strip("/").split("/")[-1], *map(str, site.cookies.values())}

    # Searches, tokens, what a program and a person send, errors in each of them.
    site.get("/search/", {"q": WORDS})
    site.get("/api/v1/search/", {"q": WORDS, "page": WORDS})
    for bearer in (secret, secret[:-1]):
        headers = {"authorization": f"Bearer {bearer}", "x-forwarded-for": ADDRESS_V6}
        site.post("/api/v1/memberships/", {"city": WORDS}, JSON, headers=headers)
        secrets.add(bearer)
    table = {"text": f"city\n{WORDS}\n"}
    assert site.post("/account/networks/north/uploads/", table).status_code == 302
    site.get("/networks/", headers={"host": ADDRESS})
    Client(enforce_csrf_checks=True).post("/account/login/", {"login": nils.email})
    site.post("/test/broken/", {"login": nils.email, "password": PASSWORD})
    site.get(f"/test/link/{secret}/", {"q": WORDS})
    monkeypatch.setattr(Membership.objects, "public", lambda: 1 / len(WORDS[:0]))
    headers = {"authorization": f"Bearer {secret}"}
    assert site.get("/api/v1/memberships/", {"city": WORDS}, headers=headers).status_code == 500

    # Mail that its server refuses.
    def refuse(message):
        raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})

    assert mail.send_waiting(deliver=refuse)[1] > 0
    logging.getLogger("some.library").debug("connected to %s as %s", ADDRESS_V6, nils.email)

    text = written.getvalue()
    assert text.count("Internal Server Error") == 2
    assert "Internal server error" in text
    assert "RuntimeError: no way with" in text
    assert [each for each in secrets if each in text] == []


@both_forms
@pytest.mark.django_db
def test_each_finished_request_is_a_line_without_its_address(written, site):
    site.get("/contact/?q=secret", headers={"x-request-id": "from-the-proxy-1"})
    (line,) = written.getvalue().splitlines()
    assert "GET contact 200 in " in line
    assert "from-the-proxy-1" in line
    assert "secret" not in line


@pytest.mark.parametrize("written", ["json"], indirect=True)
@pytest.mark.django_db
def test_a_line_of_json_has_its_fields(written, site):
    site.get("/test/fine/?q=x")
    line = json.loads(written.getvalue())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("milliseconds") >= 0
    assert re.fullmatch(r"[0-9a-f]{32}", line.pop("request_id"))
    assert re.fullmatch(r"GET .* 200 in [0-9.]+ ms", line.pop("message"))
    assert line.pop("view").endswith("<lambda>")
    assert line == {"level": "INFO", "logger": "citynet.access", "method": "GET", "status": 200}


def test_nobody_writes_a_line_of_their_own(written):
    logging.getLogger("citynet").warning("Odd name: %s", "x\n2026-01-01 ERROR forged\u2028")
    assert len(written.getvalue().splitlines()) == 1


def test_what_cannot_be_made_discreet_is_left_out(written, monkeypatch):
    monkeypatch.setattr(logs, "discreet", lambda *_args: 1 / 0)
    logging.getLogger("citynet").error("secret")
    assert logs.LOST in written.getvalue()
    assert "secret" not in written.getvalue()


def test_statements_and_what_pages_are_given_are_never_logged():
    ours = logs.configuration(form="text", level="debug", every_request=False, debug=True)
    assert ours["loggers"]["django.db.backends"]["level"] == "WARNING"
    assert ours["loggers"]["django.template"]["level"] == "WARNING"
    assert ours["root"]["level"] == "WARNING"


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("mail to ada@bergen.example failed", "mail to […] failed"),
        ("from 10.0.0.7, port 5432", "from […], port 5432"),
        ("from ::1 and fe80::1%eth0", "from […] and […]%eth0"),
        ("at 06:30:00 in 3.11.7", "at 06:30:00 in 3.11.7"),
        ("postgresql://citynet:p/w@db.example/x", "postgresql://[…]@db.example/x"),
        ("redis://:pw@cache.example", "redis://[…]@cache.example"),
        ("Key (name)=(Sigrid) already exists.", "Key (name)=([…]) already exists."),
        ("key 0123456789abcdefghij0123", "key […]"),
        ("the search index of the directory", "the search index of the directory"),
    ],
)
def test_what_looks_like_an_address_or_a_key_is_left_out(said, logged):
    assert discreet(said, None) == logged
