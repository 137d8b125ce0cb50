"""Facts about the layout of the main pages, at three sizes, in both schemes and both directions.

Facts, not pictures: a picture says that something moved, a fact says what is wrong. Each page is
opened once in each direction, and measured as it is made larger.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import draw_everything, opening
from tests.browser.pages import MAIN_PAGES

SIZES = ((360, 740), (768, 1024), (1280, 800))
DIRECTIONS = {"left to right": "", "right to left": "/ar"}
# So many keys are really pressed; the order of the others is that of the document all the same.
KEYS = 12

FACTS = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")


@dataclass
class Layout:
    """What is wrong with a page, by size; its order of focus, as it is and as keys find it."""

    overflow: list[str] = field(default_factory=list)
    overlaps: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    jumps: list[str] = field(default_factory=list)
    moved_in_the_dark: list[int] = field(default_factory=list)
    without_focus_ring: list[str] = field(default_factory=list)
    tab_indexes: list[int] = field(default_factory=list)
    by_keys: list[int] = field(default_factory=list)


@pytest.fixture(
    scope="module",
    params=[(prefix, page) for page in MAIN_PAGES for prefix in DIRECTIONS.values()],
    ids=[f"{page} {direction}" for page in MAIN_PAGES for direction in DIRECTIONS],
)
def layout(request, site, browser):
    """One page in one direction, measured in all sizes and in light and dark."""
    prefix, path = request.param
    with opening(site, browser) as open_page:
        page = open_page(prefix + path, size=SIZES[0]).page
        assert page.locator("html").get_attribute("dir") == ("rtl" if prefix else None)
        draw_everything(page)
        measured = Layout()
        measured.tab_indexes = facts(page, "tabbable")
        for _press in range(KEYS):
            page.keyboard.press("Tab")
            measured.by_keys.append(facts(page, "focused"))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for name, found in facts(page, "layout").items():
                getattr(measured, name).extend(f"at {width} px: {each}" for each in found)
            light = facts(page, "places")
            page.emulate_media(color_scheme="dark")
            if facts(page, "places") != light:
                measured.moved_in_the_dark.append(width)
            page.emulate_media(color_scheme="light")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            measured.without_focus_ring += facts(page, "withoutFocusRing")
        yield measured


def facts(page: Any, what: str) -> Any:
    """Ask the page for a kind of facts (layout.js)."""
    return page.evaluate(FACTS, what)


def test_nothing_scrolls_sideways(layout):
    assert not layout.overflow, "\n".join(layout.overflow)


def test_no_text_or_control_lies_over_another(layout):
    assert not layout.overlaps, "\n".join(layout.overlaps)


def test_what_is_tapped_is_large_enough_or_has_room_around_it(layout):
    assert not layout.small, "\n".join(layout.small)


def test_what_comes_later_stands_below_or_further_on(layout):
    assert not layout.jumps, "\n".join(layout.jumps)


def test_darkness_changes_colours_and_moves_nothing(layout):
    assert not layout.moved_in_the_dark


def test_keys_go_through_the_page_in_its_own_order(layout):
    assert set(layout.tab_indexes) == {0}
    assert layout.by_keys == list(range(KEYS))


def test_focus_is_seen_wherever_it_is(layout):
    assert not layout.without_focus_ring, "\n".join(layout.without_focus_ring)
