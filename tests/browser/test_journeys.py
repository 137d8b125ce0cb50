"""What people come for, done as they do it: by keyboard, by touch, without scripts."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def tab_to(page, locator, *, most=40):
    """Press Tab until the element has the focus, as a person without a mouse does."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{most} times Tab did not lead to {locator}")


def test_search_by_keyboard_alone_with_a_typo(page):
    tab_to(page, page.get_by_label("Search for an issue"))
    page.keyboard.type("accessibilty")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=accessibilty$"))
    expect(page.get_by_text("Showing results for accessibility.")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Search instead for “accessibilty”"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("exact=true"))
    expect(page.get_by_text("Showing results for")).to_have_count(0)


def test_the_first_tab_offers_to_skip_to_the_content(page):
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_suggestion_is_chosen_by_keyboard(page):
    box = page.get_by_role("combobox", name="Search for an issue")
    box.press_sequentially("women")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/focus-areas/womens-safety/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Women's safety")


def test_suggestions_close_on_escape_and_keep_what_was_typed(page):
    box = page.get_by_role("combobox", name="Search for an issue")
    box.press_sequentially("barcel")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("barcel")
    expect(box).to_be_focused()


def test_suggestions_violate_nothing(page, axe):
    page.get_by_role("combobox", name="Search for an issue").press_sequentially("safe")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert not axe(page)


def test_filters_answer_at_once_keep_the_focus_and_can_be_taken_off(visit):
    page = visit("/search/?q=climate").page
    before = page.locator(".results-count").inner_text()
    box = page.get_by_role("checkbox", name=re.compile("^national"))
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("scope=national"))
    expect(page.locator(".results-count")).not_to_have_text(before)
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    count = page.locator(".results-count").inner_text()
    expect(page.locator("#results-said")).to_have_text(count)
    page.get_by_role("link", name="Remove filter Scope: national").click()
    expect(page).not_to_have_url(re.compile("scope="))
    expect(page.locator(".results-count")).to_have_text(before)


def test_back_undoes_a_filter(visit):
    page = visit("/networks/").page
    before = page.locator(".results-count").inner_text()
    page.get_by_role("checkbox", name=re.compile("^national")).check()
    expect(page.locator(".results-count")).not_to_have_text(before)
    page.go_back()
    expect(page.locator(".results-count")).to_have_text(before)
    expect(page.get_by_role("checkbox", name=re.compile("^national"))).not_to_be_checked()


def test_networks_in_which_my_city_is_not(visit):
    page = visit("/networks/").page
    page.locator("summary", has_text="My city").click()
    box = page.get_by_role("combobox", name="is not a member")
    box.press_sequentially("bergen")
    expect(page.get_by_role("option").first).to_contain_text("Norway")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("not_member=bergen-no"))
    expect(page.get_by_role("link", name="My city is not a member")).to_be_visible()


def test_filters_work_without_scripts(visit):
    page = visit("/search/?q=climate", javascript=False).page
    page.get_by_role("checkbox", name=re.compile("^national")).check()
    page.get_by_role("button", name="Apply filters").click()
    assert "scope=national" in page.url
    assert "q=climate" in page.url
    assert page.get_by_role("link", name="Remove filter Scope: national").is_visible()


def test_a_city_typed_without_scripts_is_offered(visit):
    page = visit("/networks/?member=Bergen", javascript=False).page
    page.get_by_role("link", name="Bergen, Norway").click()
    assert page.url.endswith("/networks/?member=bergen-no")


def test_a_member_is_found_in_a_long_list_and_asked_who_says_so(visit):
    page = visit("/networks/eurocities/").page
    page.get_by_label("Find a city or country in this list").fill("oslo")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page).to_have_url(re.compile("find=oslo"))
    row = page.get_by_role("row", name=re.compile("Oslo"))
    expect(row).to_have_count(1)
    row.get_by_role("link", name="who says so?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Oslo in Eurocities")
    expect(page.get_by_role("heading", name="Who says so?")).to_be_visible()


def test_a_list_of_one_page_narrows_while_typing(visit):
    page = visit("/networks/c40-cities/").page
    rows = page.locator("#current-members tbody tr:not(.group)")
    everyone = rows.count()
    page.get_by_label("Find a city or country in this list").press_sequentially("lond")
    expect(page.locator("#current-members tbody tr:not(.group):visible")).to_have_count(1)
    assert everyone > 1
    expect(page.get_by_role("status").filter(has_text="1 row shows")).to_be_visible()


def test_from_an_issue_to_how_to_join_on_a_phone(phone):
    phone.get_by_role("link", name="Disability access").first.tap()
    phone.locator(".result h3 a").first.tap()
    expect(phone.get_by_role("heading", name="How to join")).to_be_visible()
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]


def test_on_paper_there_is_nothing_to_press(visit):
    page = visit("/networks/c40-cities/").page
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Members", exact=True)).to_be_visible()
    expect(page.locator(".find-in-list")).to_be_hidden()
    expect(page.locator(".site-nav")).to_be_hidden()
