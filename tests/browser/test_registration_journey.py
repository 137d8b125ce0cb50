"""The whole second use of the directory, by three people in three browsers.

Somebody who works for Bergen signs up and shows it; an editor grants it; memberships are added one
by one and by a table; a network's secretariat confirms one and disputes another; the editor settles
it; history, feed and API show what came of it.
"""

import re
import subprocess
import sys
import time
import uuid

import pytest
from django.conf import settings

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import (
    PASSWORD,
    add_authenticator,
    arrive,
    go,
    link_in,
    mail_to,
    sign_in,
    sign_up,
)

CITY = "bergen-no"
NAME = "Bergen"
DESK = f"/account/cities/{CITY}/"
# Two networks are called AMF, and no year is called so.
TABLE = """Network;Member since;Link
Energy Cities;2005;https://energy-cities.example/bergen
AMF;2017;https://arctic.example/bergen
Mayors for Peace;last year;https://mayors.example/bergen
"""


@pytest.fixture
def someone():
    """Makes addresses that no other run of these tests has."""
    mark = uuid.uuid4().hex[:8]
    return lambda name, domain="example.org": f"{name}-{mark}@{domain}"


def become_editor(page, address, environment):
    """Sign up, be appointed, and set up a passkey: without it no page of the editors opens."""
    sign_up(page, address)
    appointed = subprocess.run(
        [sys.executable, "manage.py", "appoint_editor", address],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert appointed.returncode == 0, appointed.stderr
    sign_in(page, address)
    arrive(page, "**/account/")
    add_authenticator(page)
    go(page, "/editors/")
    arrive(page, "**/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add").click()
    arrive(page, "**/account/2fa/recovery-codes/")
    # A session is as safe as the sign-in that began it: again, with the passkey.
    go(page, "/account/")
    page.get_by_role("button", name="Sign out").click()
    arrive(page, lambda url: url.endswith("/"))
    go(page, "/account/login/?next=/editors/")
    sign_in(page, address)
    arrive(page, "**/account/2fa/authenticate/**")
    page.get_by_role("button", name="Use a passkey or security key").click()
    arrive(page, "**/editors/")


def claim_office(page, table, slug, name, address):
    """Find the office, ask to act for it, and open the mailed link."""
    before = time.time() - 1
    go(page, "/account/claims/new/")
    page.get_by_label("Name, in any language").fill(name)
    page.get_by_role("button", name="Find").click()
    page.locator(f'a[href="/account/claims/new/{table}/{slug}/"]').click()
    page.get_by_label("Your role").fill("Adviser for international relations")
    page.get_by_label("Your work e-mail address").fill(address)
    page.get_by_label("How an editor can check this").fill("https://www.bergen.kommune.no/")
    page.get_by_role("button", name="Mail me the link").click()
    page.get_by_role("heading", name=f"Your claim for {name}").wait_for()
    go(page, link_in(mail_to(address, after=before)))
    page.get_by_role("button", name="Yes, it is mine").click()


def take(editor, name):
    """Open an item of the queue and take it."""
    go(editor, "/editors/")
    editor.get_by_role("link", name=name).last.click()
    editor.get_by_role("button", name="Take it").click()
    editor.get_by_role("button", name="Put it back").wait_for()


def add_membership(page, network, *, joined, source, another):
    page.get_by_label("Network", exact=True).fill(network)
    page.get_by_label("Joined").fill(joined)
    page.get_by_label("Link to a source").fill(source)
    page.get_by_role("button", name="Publish and add another" if another else "Publish").nth(
        0
    ).click()
    page.get_by_role("status").get_by_text("It is published.").wait_for()


def membership_id(page, network):
    """Read the permanent id of Bergen's membership from its public page."""
    go(page, f"/cities/{CITY}/")
    row = page.locator("tr, li").filter(has_text=network).filter(has=page.locator("a"))
    link = row.locator('a[href^="/memberships/"]').first.get_attribute("href")
    return re.fullmatch(r"/memberships/(m\d+)/", link)[1]


def test_from_signing_up_to_what_researchers_read(visit, signed_in, site_environment, someone):
    kari, editor = visit("/").page, visit("/").page
    address = someone("kari", "bergen.kommune.no")
    become_editor(editor, someone("editor"), site_environment)

    # Kari signs up and shows that she works for Bergen.
    kari.get_by_role("link", name="Sign in").click()
    arrive(kari, "**/account/login/?next=/account/")
    sign_up(kari, address)
    sign_in(kari, address)
    arrive(kari, "**/account/")
    claim_office(kari, "cities", CITY, NAME, address)
    kari.get_by_text("an editor").first.wait_for()
    assert kari.goto(DESK).status == 403

    # The first claim of a city is an editor's decision.
    take(editor, NAME)
    assert editor.get_by_text(address).first.is_visible()
    editor.get_by_label("Make bergen.kommune.no a verified domain").check()
    editor.get_by_role("button", name="Grant").click()
    editor.get_by_role("status").get_by_text("The claim is granted").wait_for()

    # Three memberships, one after the other.
    go(kari, f"{DESK}memberships/add/")
    add_membership(kari, "C40", joined="2019-05", source="https://c40.example/b", another=True)
    add_membership(kari, "AIVP", joined="2001", source="https://aivp.example/b", another=True)
    add_membership(kari, "ACR+", joined="2012-03-01", source="https://acr.example/b", another=False)
    arrive(kari, f"**{DESK}**")

    # Many at once: a row of two meanings is asked about, a wrong one is left out.
    kari.get_by_role("link", name="Upload many memberships at once").click()
    kari.get_by_label(re.compile("^File")).set_input_files(
        {"name": "bergen.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    kari.get_by_role("button", name="Show the preview").click()
    kari.get_by_role("heading", name="bergen.csv").wait_for()
    kari.get_by_role("link", name=re.compile("to choose", re.IGNORECASE)).click()
    kari.get_by_label("Arctic Mayors").check()
    kari.get_by_role("button", name="Keep these choices").click()
    kari.get_by_label("Publish without the 1 row").check()
    kari.get_by_role("button", name="Publish").click()
    kari.get_by_text("This upload is published.").wait_for()
    assert membership_id(kari, "Arctic Mayors") != membership_id(kari, "Energy Cities")

    # The secretariat of two of them confirms one and disputes the other.
    nils = signed_in("/account/networks/c40-cities/", "networks/c40-cities", "networks/aivp")
    nils.locator("#said").get_by_role("button", name=re.compile(f"Confirm.*{NAME}")).click()
    nils.get_by_role("status").get_by_text("It is published.").wait_for()
    go(nils, "/account/networks/aivp/")
    nils.locator("#said").get_by_role("link", name=re.compile(f"Dispute.*{NAME}")).click()
    nils.get_by_label("Reason").fill("Bergen left before our records begin.")
    nils.get_by_role("button", name="Publish that it is no membership").click()
    nils.get_by_role("status").get_by_text("An editor will look at it.").wait_for()

    # Both words are shown to everyone.
    disputed = membership_id(kari, "AIVP")
    go(kari, f"/memberships/{disputed}/")
    assert kari.locator("main").get_by_text("disputed").first.is_visible()
    assert kari.locator("main").get_by_text("City of Bergen").first.is_visible()

    # The editor settles it.
    take(editor, "AIVP")
    editor.get_by_label("The city is", exact=True).select_option("not a member")
    editor.locator("#settle-reason").fill("The minutes of 2001 name no membership.")
    editor.get_by_role("button", name="Settle").click()
    editor.get_by_role("status").get_by_text("The dispute is settled").wait_for()

    # History and feed show it, without a name; programs read it.
    go(kari, f"/memberships/{disputed}/history/")
    history = kari.locator("main").inner_text()
    assert "The minutes of 2001 name no membership." in history
    assert "City of Bergen" in history
    assert "kari" not in history
    feed = kari.request.get(f"/cities/{CITY}/feed/").text()
    assert "The minutes of 2001" in feed
    assert address not in feed
    confirmed = kari.request.get(f"/api/v1/memberships/{membership_id(kari, 'C40')}").json()
    assert confirmed["standing"] == "confirmed"
    assert confirmed["joined"] == "2019-05"
    assert {each["voice"] for each in confirmed["statements"]} == {"city", "network"}


def test_a_colleague_at_a_verified_domain_needs_no_editor_and_no_javascript(visit, someone):
    """After the journey above: on a phone, without scripts."""
    address = someone("per", "bergen.kommune.no")
    page = visit("/", size=PHONE, javascript=False).page
    sign_up(page, address)
    sign_in(page, address)
    arrive(page, "**/account/")
    claim_office(page, "cities", CITY, NAME, address)
    page.get_by_role("link", name=f"To the desk of {NAME}").click()
    page.get_by_role("heading", name=f"The desk of {NAME}").wait_for()
