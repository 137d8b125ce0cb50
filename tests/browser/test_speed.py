"""The main pages are light, and stand still while they load: what Lighthouse would find, as facts.

`make lighthouse` measures the rest, which depends on the machine.
"""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PHONE, opening
from tests.browser.pages import MAIN_PAGES, MOST_BYTES
from tests.browser.trickling import pieces, trickling

IMAGES = (".svg", ".png", ".ico")
LOADED = """async () => {
    const shifts = await new Promise(resolve => {
        const found = [];
        new PerformanceObserver(list => found.push(...list.getEntries()))
            .observe({ type: "layout-shift", buffered: true });
        // Two frames for what is on its way, then all that was noticed.
        const end = () => setTimeout(() => resolve(found), 100);
        requestAnimationFrame(() => requestAnimationFrame(end));
    });
    const entries = ["navigation", "resource"].flatMap(type => performance.getEntriesByType(type));
    return {
        files: entries.map(({ name, transferSize }) => [name, transferSize]),
        shifts: shifts.map(({ value, sources }) =>
            `${value.toFixed(4)}: ${sources.map(({ node, previousRect: from, currentRect: to }) =>
                `${node?.nodeName} ${node?.className ?? ""} in ${node?.parentElement?.className}`
                + ` from ${from.x}, ${from.y} to ${to.x}, ${to.y}`)}`),
    };
}"""


@pytest.fixture(scope="module", params=MAIN_PAGES)
def loaded(request, site, browser):
    """A main page as a phone gets it for the first time: its files, and what moved."""
    with opening(site, browser) as open_page:
        page = open_page(request.param, size=PHONE, has_touch=True, is_mobile=True).page
        page.wait_for_load_state("networkidle")
        yield page.evaluate(LOADED)


def test_a_page_is_light(loaded):
    weights = {
        urlsplit(address).path: size
        for address, size in loaded["files"]
        if not urlsplit(address).path.endswith(IMAGES)
    }
    # A file from a cache would weigh nothing.
    assert all(weights.values()), weights
    assert sum(weights.values()) < MOST_BYTES, weights


def test_nothing_moves_while_a_page_loads(loaded):
    assert not loaded["shifts"], "\n".join(loaded["shifts"])


@pytest.fixture(scope="module")
def slow_line(site):
    with trickling(site) as address:
        yield address


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_nothing_moves_on_a_slow_line_wherever_the_page_breaks_off_for_a_moment(
    path, slow_line, browser
):
    with opening(slow_line, browser) as open_page:
        page = open_page(path, size=PHONE, has_touch=True, is_mobile=True).page
        shifts = page.evaluate(LOADED)["shifts"]
    assert not shifts, "\n".join(shifts)


def test_a_page_is_cut_at_the_tags_of_its_body():
    page = b"<head><title>A</title></head><body><p>Hello <b>you</b>"
    assert list(pieces(page)) == [
        b"<head><title>A</title></head><body>",
        b"<p>",
        b"Hello ",
        b"<b>",
        b"you",
        b"</b>",
        b"",
    ]
