"""Every kind of page is usable by everyone: no axe violation in any look, no sideways scrolling."""

import os
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, NARROWEST, PHONE
from tests.browser.pages import PAGES


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
@pytest.mark.parametrize("path", PAGES)
def test_no_axe_violation_in_light_and_dark(visit, axe, path, size):
    page = visit(path, size=size).page
    keep_picture(page, path, f"{size[0]}-light")
    violations = axe(page)
    keep_picture(page, path, f"{size[0]}-dark")
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_phone(visit, path):
    page = visit(path, size=NARROWEST).page
    keep_picture(page, path, str(NARROWEST[0]))
    too_wide = page.evaluate(
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
    assert not too_wide, "\n".join(too_wide)


@pytest.mark.parametrize("path", PAGES)
def test_page_reads_without_javascript(visit, path):
    page = visit(path, javascript=False).page
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.title()


def keep_picture(page, path, name):
    """With SCREENSHOTS=folder, save what the page looks like, for a person to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        slug = "".join(letter if letter.isalnum() else "-" for letter in path).strip("-") or "home"
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{slug}-{name}.png", full_page=True)
