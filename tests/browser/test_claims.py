"""From finding one's city to the editors' desk in a real browser, and suggestions by anyone."""

import time

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import link_in, mail_to, sign_in, sign_up
from tests.browser.usability import go, unusable


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_city_is_claimed_by_the_link_that_is_mailed(visit, javascript):
    page = visit("/cities/trondheim-no/", javascript=javascript).page
    address = f"kari-{javascript}@trondheim.example".lower()
    page.get_by_role("link", name="Register its memberships").click()
    page.wait_for_url("**/account/login/?next=/account/claims/new/cities/trondheim-no/")
    sign_up(page, address)
    go(page, "/account/")
    sign_in(page, address)
    page.get_by_role("link", name="I work for a city or a network").click()
    page.get_by_label("Name, in any language").fill("Trondhjem")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="I work for Trondheim").click()
    page.get_by_label("Your role").fill("Adviser")
    before = time.time() - 1
    page.get_by_role("button", name="Mail me the link").click()
    page.wait_for_url("**/account/claims/*/")
    assert page.get_by_text(f"Open the link that was mailed to {address}").count()
    go(page, link_in(mail_to(address, after=before)))
    page.get_by_role("button", name="Yes, it is mine").click()
    page.get_by_text("An editor decides next").wait_for()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("You do not act for Trondheim").wait_for()
    assert page.get_by_text("Ask again to act for Trondheim").count()


def test_a_visitor_suggests_a_membership_with_a_namesake_and_without_scripts(visit):
    page = visit("/networks/eurocities/", size=PHONE, javascript=False).page
    page.get_by_role("link", name="Suggest it").click()
    page.get_by_label("City", exact=True).fill("Santiago")
    page.get_by_label("Joined").fill("2019")
    page.get_by_label("Where can this be read?").fill("https://example.org/members")
    page.get_by_role("button", name="Send to the editors").click()
    assert page.get_by_label("Joined").input_value() == "2019"
    page.get_by_role("group", name="Which one do you mean?").get_by_role("radio").first.check()
    page.get_by_role("button", name="Send to the editors").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def test_a_suggestion_under_the_field_names_one_city_for_sure(visit):
    page = visit("/corrections/memberships/new/").page
    page.get_by_label("City", exact=True).press_sequentially("berge")
    page.get_by_role("option", name="Bergen Vestland").click()
    assert page.get_by_label("City", exact=True).input_value() == (
        "Bergen, Vestland, Norway [bergen-no]"
    )


PAGES = [
    "/account/",
    "/account/claims/",
    "/account/claims/1/",
    "/account/claims/new/?q=bergen",
    "/account/claims/new/cities/oslo-no/",
    "/account/claims/open/no-such-link/",
    "/account/suggestions/",
    "/account/proposals/cities/new/?q=bergen",
    "/account/proposals/cities/new/?place=none&q=Voss",
    "/account/proposals/networks/new/?name=Harbour",
]


def test_pages_of_claims_and_suggestions_are_usable_by_everyone(signed_in, axe, vnu, tmp_path):
    page = signed_in("/account/claims/", "cities/stavanger-no", size=PHONE)
    own = page.locator("main li a").first.get_attribute("href")
    paths = [own if path == "/account/claims/1/" else path for path in PAGES]
    found = unusable(page, paths, axe, vnu, tmp_path)
    assert not found, "\n".join(found)
