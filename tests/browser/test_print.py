"""On paper the main pages hold the facts and the addresses they rest on, and nothing to press."""

import pytest

from tests.browser.conftest import opening
from tests.browser.pages import MAIN_PAGES

# What an A4 sheet leaves between the margins of print.css: 210 mm less twice 16 mm.
PAPER = (round((210 - 2 * 16) / 25.4 * 96), 1000)
TO_PRESS = (
    "nav, search, form, button, input, select, textarea, .skip-link, details:not([open]) > summary"
)
READS_ON_PAPER = """() => {
    const isShown = element => element.checkVisibility() && !element.closest(".visually-hidden");
    const described = element => element.outerHTML.slice(0, 90);
    const all = selector => [...document.querySelectorAll(selector)].filter(isShown);
    const after = link => getComputedStyle(link, "::after").content;
    return {
        toPress: all("TO_PRESS").map(described),
        heading: all("h1").length,
        tooWide: all("body *:not(svg *)")
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(described),
        cited: all('main a[href^="http"]:not(.share-link *)')
            .map(link => [link.getAttribute("href"), after(link)]),
        inside: all('main a[href^="/"]').map(after),
        ground: getComputedStyle(document.body).backgroundColor,
    };
}""".replace("TO_PRESS", TO_PRESS)


@pytest.fixture(scope="module")
def printer(site, browser):
    """A page of the browser as it would be printed on A4, in the dark."""
    with opening(site, browser) as open_page:
        page = open_page("/about/", size=PAPER, scheme="dark").page
        page.emulate_media(media="print", color_scheme="dark")
        yield page


@pytest.fixture(scope="module", params=MAIN_PAGES)
def paper(request, printer):
    """What a main page shows on paper."""
    printer.goto(request.param, wait_until="load")
    return printer.evaluate(READS_ON_PAPER)


def test_nothing_is_there_to_press(paper):
    assert not paper["toPress"]
    assert paper["heading"] == 1


def test_nothing_is_cut_off(paper):
    assert not paper["tooWide"], "\n".join(paper["tooWide"])


def test_it_is_printed_on_white_whatever_the_screen(paper):
    assert paper["ground"] == "rgb(255, 255, 255)"


def test_links_to_other_sites_show_their_address_and_others_none(paper):
    for address, shown in paper["cited"]:
        assert address in shown
    assert set(paper["inside"]) <= {"none", "normal"}


def test_a_network_names_the_pages_that_its_facts_rest_on(printer):
    printer.goto("/networks/eurocities/", wait_until="load")
    cited = [address for address, shown in printer.evaluate(READS_ON_PAPER)["cited"]]
    assert "https://eurocities.eu/" in cited
    assert printer.locator(".sources a").count() >= 1


def test_a_comparison_shows_its_own_address_once(printer):
    printer.goto(MAIN_PAGES[8], wait_until="load")
    link = printer.locator(".share-link a")
    assert link.inner_text().endswith(MAIN_PAGES[8])
    assert link.evaluate("link => getComputedStyle(link, '::after').content") == "none"


def test_a_sheet_comes_out(site, browser):
    with opening(site, browser) as open_page:
        page = open_page("/coverage/").page
        assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF-")
