"""The journey of an account in a real browser: sign up, mail, password, passkey, codes, delete."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.usability import go, unusable

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session", autouse=True)
def mails(site):
    """The folder into which the server of these tests delivers."""
    return settings.MAIL_DIR


def mail_to(address, *, after=0, seconds=20):
    """The text of the newest mail to an address, as `make serve` delivers it into a file."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for file in sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True):
            text = file.read_text(encoding="utf-8")
            if f"To: {address}" in text and file.stat().st_mtime > after:
                return text
        time.sleep(0.3)
    pytest.fail(f"No mail to {address} came into {settings.MAIL_DIR}.")


def link_in(text):
    return next(word for word in text.split() if word.startswith("http") and "/account/" in word)


def add_authenticator(page):
    """A phone or computer that makes passkeys and always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def arrive(page, url):
    """Wait until the page of an address stands, with all that it loads."""
    page.wait_for_url(url)
    page.wait_for_load_state("networkidle")


def sign_up(page, address):
    """Make an account and confirm its address by the mailed link."""
    before = time.time() - 1
    go(page, "/account/signup/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    arrive(page, "**/account/confirm-email/")
    go(page, link_in(mail_to(address, after=before)))
    page.get_by_role("button", name="Yes, confirm").click()
    arrive(page, "**/account/login/")


def sign_in(page, address):
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def address(request):
    """An address that no other test has."""
    return f"{request.node.name.replace('_', '-')[:40]}-{os.getpid()}@bergen.example"


def test_from_signing_up_to_a_passkey_and_to_the_end(visit, address):
    page = visit("/").page
    page.get_by_role("link", name="Sign in").click()
    arrive(page, "**/account/login/?next=/account/")
    sign_up(page, address)
    sign_in(page, address)
    arrive(page, "**/account/")
    assert page.locator("main").get_by_text(address).is_visible()

    # A passkey, which is also a second factor and brings recovery codes.
    add_authenticator(page)
    page.get_by_role("link", name="Second factors and passkeys").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Sign me in without the password").check()
    page.get_by_role("button", name="Add").click()
    arrive(page, "**/account/2fa/recovery-codes/")
    assert page.locator(".codes li").count() == 10

    # Signing out: the way back shows nothing that was private.
    go(page, "/account/")
    page.get_by_role("button", name="Sign out").click()
    arrive(page, lambda url: url.endswith("/"))
    page.go_back()
    page.wait_for_load_state()
    assert not page.get_by_text(address).count()

    # By the passkey alone.
    go(page, "/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrive(page, "**/account/")
    assert page.locator("main").get_by_text(address).is_visible()
    page.get_by_role("button", name="Sign out").click()

    # By password, with the passkey as the second factor.
    go(page, "/account/login/")
    sign_in(page, address)
    arrive(page, "**/account/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey or security key").click()
    arrive(page, "**/account/")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert address in Path(download.value.path()).read_text(encoding="utf-8")

    page.get_by_role("link", name="Delete your account").click()
    page.get_by_role("button", name="Use a passkey").or_(
        page.get_by_label("Password")
    ).first.wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Delete my account").click()
    arrive(page, "**/account/deleted/")
    go(page, "/account/")
    assert "/account/login/" in page.url


PRIVATE_PAGES = [
    "/account/",
    "/account/profile/",
    "/account/email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/tokens/",
    "/account/logout/",
    "/account/delete/",
    "/account/reauthenticate/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
]


def test_private_pages_are_usable_by_everyone(visit, axe, vnu, address, tmp_path):
    """Signed in: no axe violation, valid HTML, nothing sideways on the narrowest phone."""
    page = visit("/account/signup/").page
    sign_up(page, address)
    sign_in(page, address)
    arrive(page, "**/account/")
    go(page, "/account/reauthenticate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    found = unusable(page, PRIVATE_PAGES, axe, vnu, tmp_path)
    assert not found, "\n".join(found)
