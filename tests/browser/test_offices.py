"""City staff keep their memberships in a real browser: by keyboard, without scripts, on phones."""

import pytest

from tests.browser.conftest import NARROWEST
from tests.browser.usability import unusable

HOME = "/account/cities/tromso-no/"


def press_until(page, name, most=80):
    """Press Tab until the field of that id, or the link or button of that name, has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const element = document.activeElement;
                return element.id || element.innerText || "";
            }"""
        )
        if focused.startswith(name):
            return
    pytest.fail(f"“{name}” cannot be reached by keyboard on {page.url}.")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_three_memberships_are_added_by_keyboard_alone(signed_in, javascript):
    city = "drammen-no" if javascript else "kristiansand-no"
    home = f"/account/cities/{city}/"
    page = signed_in(home, f"cities/{city}", javascript=javascript)
    press_until(page, "Add a membership")
    page.keyboard.press("Enter")
    page.wait_for_url("**/memberships/add/")
    for network in ("Mayors for Peace", "RCN", "eurocities"):
        press_until(page, "id_network")
        page.keyboard.type(network)
        press_until(page, "id_joined")
        page.keyboard.type("2019-05")
        press_until(page, "Publish and add another")
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text("It is published.").wait_for()
        page.wait_for_load_state("networkidle")
    page.goto(home)
    assert page.locator("#memberships .rows li", has_text="since 2019-05").count() == 3


def test_one_press_after_another_goes_down_the_list(signed_in):
    page = signed_in(HOME, "cities/tromso-no", javascript=False)
    rows = page.locator("#due .rows > li")
    first, second = (rows.nth(number).get_attribute("id") for number in (0, 1))
    press_until(page, "Still true")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/account/cities/tromso-no/#{second}")
    assert not page.locator(f"#{first}").count()
    # What has the focus next lies in the row that came next.
    press_until(page, "Still true", most=2)
    assert page.evaluate("document.activeElement.closest('li').id") == second


def test_office_pages_are_usable_by_everyone(signed_in, axe, vnu, tmp_path):
    """No axe violation, valid HTML, nothing sideways on the narrowest phone."""
    page = signed_in(HOME, "cities/tromso-no", "networks/eurocities")
    row = page.locator("#memberships .rows > li").first.get_attribute("id")
    membership = row.removeprefix("memberships-")
    paths = [HOME, "/account/networks/eurocities/", "/account/networks/eurocities/facts/"]
    paths += [f"{HOME}facts/", f"{HOME}memberships/add/?network=c40-cities"]
    paths += [
        f"{HOME}memberships/{membership}/{act}/"
        for act in ("change", "end", "withdraw", "dispute", "confirm")
    ]
    found = unusable(page, paths, axe, vnu, tmp_path)
    assert not found, "\n".join(found)


def test_a_mistake_is_told_in_the_title_and_leads_to_its_field(signed_in, axe, vnu, tmp_path):
    add = f"{HOME}memberships/add/"
    page = signed_in(add, "cities/tromso-no")
    page.get_by_label("Network", exact=True).fill("Association of Cloudy Towns")
    page.get_by_label("Link to a source").fill("not an address")
    page.wait_for_load_state("networkidle")
    with page.expect_navigation() as sent:
        page.get_by_role("button", name="Publish", exact=True).click()
    assert page.title().startswith("Error: Add a membership")
    focused = page.locator(":focus")
    assert focused.get_attribute("role") == "alert"
    focused.get_by_role("link", name="Network").click()
    assert page.url.endswith("#id_network")
    assert page.locator("#id_network").get_attribute("aria-invalid") == "true"
    assert "id_network_error" in page.locator("#id_network").get_attribute("aria-describedby")
    found = [
        message
        for messages in vnu({add: sent.value.text()}, tmp_path).values()
        for message in messages
    ]
    assert not axe(page) + found
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROWEST[0]
