"""Every kind of page is usable by everyone: no axe violation in any look, no sideways scrolling.

A page is opened once, on a phone, and then looked at in every size: a visit costs seconds.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, NARROWEST, PHONE, opening
from tests.browser.pages import PAGES


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
        resize(visit.page, DESKTOP)
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


def axe_in(page, axe, path, size):
    """What axe finds in light and dark at this size, with a picture of each."""
    keep_picture(page, path, f"{size[0]}-light")
    violations = axe(page)
    keep_picture(page, path, f"{size[0]}-dark")
    page.emulate_media(color_scheme="light")
    return violations


def resize(page, size):
    """Make the page so large."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def sticking_out(page):
    """What makes the page scroll sideways."""
    return page.evaluate(
        """() => {
            const limit = document.documentElement.clientWidth;
            const width = document.scrollingElement.scrollWidth;
            if (width <= limit) return [];
            const sticksOut = element =>
                element.getBoundingClientRect().right > limit + 0.5 ||
                (element.scrollWidth > limit && getComputedStyle(element).overflowX === "visible");
            return [`${width} px wide on a screen of ${limit} px`].concat(
                [...document.querySelectorAll("main *, header *, footer *")]
                    .filter(sticksOut)
                    .slice(-5)
                    .map(element => element.outerHTML.slice(0, 120)));
        }"""
    )


def keep_picture(page, path, name):
    """With SCREENSHOTS=folder, save what the page looks like, for a person to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        slug = "".join(letter if letter.isalnum() else "-" for letter in path).strip("-") or "home"
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{slug}-{name}.png", full_page=True)
