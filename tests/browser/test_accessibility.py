"""Every kind of page is usable by everyone: no axe violation in any look, no sideways scrolling.

A page is opened once, on a phone, and then looked at in every size: a visit costs seconds. One of
each kind is looked at in Arabic too, where everything is the other way round.
"""

from dataclasses import dataclass

import pytest

from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, opening
from tests.browser.pages import PAGES, of_each_kind
from tests.browser.usability import axe_in, keep_picture, resize, sticking_out

# Of the pages that are there in every language.
IN_ARABIC = [
    page for page in of_each_kind(PAGES) if not page.startswith(("/ar/", "/fr/", "/styleguide/"))
]


@dataclass
class Look:
    """What was wrong with a page, by its size where that matters."""

    on_a_phone: list[str]
    on_a_desktop: list[str]
    too_wide: list[str]
    problems: list[str]


@pytest.fixture(scope="module", params=PAGES)
def look(request, site, browser, axe):
    """One page, looked at in light and dark, at 360, 320 and 1280 px."""
    path = request.param
    with opening(site, browser) as open_page:
        visit = open_page(path, size=PHONE)
        on_a_phone = axe_in(visit.page, axe, path, PHONE)
        resize(visit.page, NARROWEST)
        keep_picture(visit.page, path, str(NARROWEST[0]))
        too_wide = sticking_out(visit.page)
        on_a_desktop = axe_in(visit.page, axe, path, DESKTOP)
        visit.page.wait_for_load_state("networkidle")
        yield Look(on_a_phone, on_a_desktop, too_wide, visit.problems)


def test_no_axe_violation_on_a_phone_in_light_and_dark(look):
    assert not look.on_a_phone, "\n".join(look.on_a_phone)


def test_no_axe_violation_on_a_desktop_in_light_and_dark(look):
    assert not look.on_a_desktop, "\n".join(look.on_a_desktop)


def test_nothing_scrolls_sideways_on_the_narrowest_phone(look):
    assert not look.too_wide, "\n".join(look.too_wide)


def test_no_console_error_and_no_other_host(look):
    assert not look.problems, "\n".join(look.problems)


@pytest.mark.parametrize("path", IN_ARABIC)
def test_no_axe_violation_in_arabic(path, visit, axe):
    page = visit(f"/ar{path}", size=PHONE).page
    assert page.locator("html").get_attribute("lang") == "ar"
    found = axe_in(page, axe, f"/ar{path}", PHONE)
    assert not found, "\n".join(found)
    resize(page, NARROWEST)
    stuck = sticking_out(page)
    assert not stuck, "\n".join(stuck)


@pytest.fixture(scope="module")
def without_javascript(site, browser):
    """A page of the browser in which no script runs."""
    with opening(site, browser) as open_page:
        yield open_page("/", javascript=False).page


@pytest.mark.parametrize("path", PAGES)
def test_page_reads_without_javascript(without_javascript, path):
    without_javascript.goto(path, wait_until="load")
    assert without_javascript.locator("h1").count() == 1
    assert without_javascript.locator("main").count() == 1
    assert without_javascript.title()
