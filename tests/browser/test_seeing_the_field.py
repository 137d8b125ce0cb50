"""Coverage, comparisons, networks that fit, years and neighbours, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_journeys import tab_to

MANY = 150


def focused(page):
    """The accessible name of what has the focus."""
    return page.evaluate(
        "document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()"
    )


def press_on(page, locator, key="Enter"):
    """Go to an element by Tab, and press a key on it."""
    tab_to(page, locator, most=MANY)
    page.keyboard.press(key)


# Coverage


def test_the_slider_moves_the_year_and_the_choice_follows(visit):
    page = visit("/coverage/").page
    slider = page.get_by_role("slider", name="As of the end of")
    choice = page.get_by_role("combobox", name="As of the end of")
    press_on(page, slider, "ArrowLeft")
    page.keyboard.press("ArrowLeft")
    year = choice.input_value()
    assert re.fullmatch(r"20\d\d", year)
    expect(slider).to_have_attribute("aria-valuetext", year)
    press_on(page, page.get_by_role("button", name="Show"))
    expect(page).to_have_url(re.compile(f"year={year}"))
    expect(page.get_by_role("note")).to_contain_text(f"As of the end of {year}.")


def test_a_year_and_a_region_are_chosen_without_the_slider(visit):
    page = visit("/coverage/").page
    region = page.get_by_role("combobox", name="Region")
    tab_to(page, region, most=MANY)
    page.keyboard.type("Asia")
    expect(region).to_have_value("asia")
    tab_to(page, page.get_by_role("combobox", name="As of the end of"))
    page.keyboard.type("2010")
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "2010")
    page.keyboard.press("Enter")
    press_on(page, page.get_by_role("button", name="Show"))
    expect(page).to_have_url(re.compile(r"region=asia&year=2010$"))
    expect(page.get_by_role("columnheader", name="Southern Asia")).to_be_visible()


def test_a_cell_opens_what_is_behind_its_figures(visit):
    page = visit("/coverage/").page
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Climate"))
    cell = row.get_by_role("cell").first.get_by_role("link")
    count = re.match(r"\d+", cell.inner_text())[0]
    press_on(page, cell)
    expect(page).to_have_url(re.compile(r"/coverage/[a-z-]+/africa/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("in Africa")
    expect(page.locator("p.lead")).to_contain_text(f"{count} networks have listed members there")


def test_a_matrix_wider_than_the_screen_is_moved_by_arrows(visit):
    page = visit("/coverage/", size=PHONE).page
    tab_to(page, page.locator(".scrolls"), most=MANY)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


# Comparison


@pytest.fixture
def comparison(visit):
    """A comparison of two networks, put together from a suggestion and from a typed name."""
    page = visit("/compare/networks/").page
    tab_to(page, page.get_by_role("combobox", name="Name or acronym of a network"))
    page.keyboard.type("c40")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?network=c40-cities$"))
    tab_to(page, page.get_by_role("combobox", name="Name or acronym of a network"))
    page.keyboard.type("Eurocities")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?network=c40-cities&network=eurocities$"))
    return page


def test_networks_are_added_by_suggestion_and_by_name(comparison):
    expect(comparison.get_by_role("heading", level=1)).to_contain_text("and Eurocities, compared")
    expect(comparison.get_by_role("rowheader", name="Founded")).to_be_visible()


def test_a_network_is_taken_out_again(comparison):
    press_on(comparison, comparison.get_by_role("link", name=re.compile("^leave out C40")))
    expect(comparison).to_have_url(re.compile(r"/compare/networks/\?network=eurocities$"))
    expect(comparison.get_by_role("heading", name="Chosen so far")).to_be_visible()


def test_the_whole_of_a_cut_list_is_opened_and_left_again(comparison):
    link = comparison.get_by_role("link", name=re.compile(r"^Show all \d+ ?: Only in Eurocities"))
    count = int(re.search(r"\d+", link.inner_text())[0])
    # Two hundred links stand before it.
    tab_to(comparison, link, most=300)
    comparison.keyboard.press("Enter")
    expect(comparison.get_by_role("heading", level=1)).to_have_text("Only in Eurocities")
    expect(comparison.locator(".overlap-list > li")).to_have_count(count)
    press_on(comparison, comparison.get_by_role("link", name=re.compile("compared$")))
    expect(comparison).to_have_url(re.compile(r"\?network=c40-cities&network=eurocities$"))


# What fits


def test_a_focus_area_that_matters_ranks_the_networks_anew(visit):
    page = visit("/for/bergen-no/").page
    first = page.locator(".result-list > li").first
    expect(first).not_to_contain_text("works on Rights and inclusion")
    area = page.get_by_role("checkbox", name="Rights and inclusion")
    press_on(page, area, "Space")
    expect(area).to_be_checked()
    press_on(page, page.get_by_role("button", name="Rank by these"))
    expect(page).to_have_url(re.compile(r"\?focus_area=inclusion$"))
    expect(first).to_contain_text("works on Rights and inclusion")
    press_on(page, page.get_by_role("link", name="Choose none"))
    expect(page).to_have_url(re.compile(r"/for/bergen-no/$"))


# Years


def test_years_of_one_issue_are_chosen_and_read_as_a_table(visit):
    page = visit("/timelines/").page
    issue = page.get_by_role("combobox", name="Focus area")
    press_on(page, issue, "ArrowDown")
    slug = issue.input_value()
    assert slug
    press_on(page, page.get_by_role("button", name="Show"))
    expect(page).to_have_url(re.compile(f"focus_area={slug}$"))
    expect(page.get_by_role("img", name=re.compile("^Bars by year"))).to_be_visible()
    table = page.get_by_role("table")
    expect(table).to_be_hidden()
    press_on(page, page.locator("summary", has_text="The years as a table"))
    expect(table).to_be_visible()
    expect(table.get_by_role("columnheader", name="Founded")).to_be_visible()


# Neighbours


@pytest.fixture
def neighbours(visit):
    """The neighbourhood of Bergen, opened from its page."""
    page = visit("/cities/bergen-no/").page
    press_on(page, page.get_by_role("link", name="Draw the most similar and their ties"))
    expect(page).to_have_url(re.compile("/cities/bergen-no/neighbours/$"))
    return page


def marks(page):
    return page.locator(".neighbour-drawing a")


def test_more_neighbours_with_more_in_common_are_asked_for(neighbours):
    expect(marks(neighbours)).to_have_count(20)
    tab_to(neighbours, neighbours.get_by_role("combobox", name="Networks in common, at least"))
    neighbours.keyboard.press("ArrowDown")
    tab_to(neighbours, neighbours.get_by_role("combobox", name="Shown at most"))
    neighbours.keyboard.press("ArrowDown")
    press_on(neighbours, neighbours.get_by_role("button", name="Show"))
    expect(neighbours).to_have_url(re.compile(r"\?least=3&nodes=40$"))
    expect(marks(neighbours)).to_have_count(40)
    expect(neighbours.locator(".neighbour-table tbody tr")).to_have_count(40)


def test_marks_have_the_focus_in_the_order_of_the_table_and_open(neighbours):
    tab_to(neighbours, marks(neighbours).first)
    names = []
    for _each in range(20):
        names.append(focused(neighbours))
        neighbours.keyboard.press("Tab")
    cities = neighbours.locator(".neighbour-table th[scope=row] a").all_inner_texts()
    assert [re.match(r"\d+\. ([^,]+),", name)[1] for name in names] == cities
    assert names[0] == "1. Kraków, Poland: 6 networks in common"
    for _each in range(19):
        neighbours.keyboard.press("Shift+Tab")
    neighbours.keyboard.press("Enter")
    expect(neighbours.get_by_role("heading", level=1)).to_have_text(cities[1])


def test_the_mark_with_the_focus_shows_its_ties(neighbours):
    drawing = neighbours.locator(".neighbour-drawing")
    tab_to(neighbours, marks(neighbours).first)
    tied = neighbours.locator(".neighbour-lines path.is-tied")
    ends = tied.evaluate_all("lines => lines.map((line) => line.dataset.ends.split(' '))")
    assert ends
    assert all("1" in pair for pair in ends)
    near = neighbours.locator(".neighbour-drawing a.is-near").evaluate_all(
        "marks => marks.map((mark) => mark.dataset.rank)"
    )
    assert set(near) == {end for pair in ends for end in pair}
    expect(drawing).to_have_class(re.compile("has-chosen"))
    neighbours.keyboard.press("Shift+Tab")
    expect(drawing).not_to_have_class(re.compile("has-chosen"))


def test_the_focus_on_a_mark_can_be_seen(neighbours):
    circle = marks(neighbours).first.locator("circle")
    look = "element => [getComputedStyle(element).fill, getComputedStyle(element).strokeWidth]"
    before = circle.evaluate(look)
    tab_to(neighbours, marks(neighbours).first)
    after = circle.evaluate(look)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_drawing_can_be_skipped(neighbours):
    press_on(neighbours, neighbours.get_by_role("link", name=re.compile("^Skip the drawing")))
    expect(neighbours.get_by_role("heading", name="The same as a table")).to_be_focused()
    neighbours.keyboard.press("Tab")
    assert focused(neighbours) == "likeness"


def test_the_table_is_sorted_and_leads_to_a_comparison(neighbours):
    press_on(neighbours, neighbours.get_by_role("link", name="number in common"))
    expect(neighbours).to_have_url(re.compile(r"\?sort=shared#table$"))
    press_on(neighbours, neighbours.get_by_role("link", name="Compare with Kraków"))
    expect(neighbours).to_have_url(re.compile(r"/compare/cities/\?city=bergen-no&city=krakow-pl$"))


def test_a_used_drawing_violates_nothing(neighbours, axe):
    tab_to(neighbours, marks(neighbours).first)
    assert not axe(neighbours)


def test_no_name_lies_over_another(visit):
    page = visit("/networks/eurocities/neighbours/?nodes=60").page
    overlapping = page.evaluate(
        """() => {
            // Each name as a line along its direction: all begin on one circle.
            const names = [...document.querySelectorAll(".neighbour-name")];
            const starts = names.map((name) => {
                const point = name.getStartPositionOfChar(0).matrixTransform(name.getCTM());
                const end = name.getEndPositionOfChar(name.getNumberOfChars() - 1)
                    .matrixTransform(name.getCTM());
                return [point, end];
            });
            const height = 14;
            const close = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < height;
            return names.filter((name, i) =>
                starts.some((other, j) => j !== i && starts[i].some((p) => other.some((q) =>
                    close(p, q))))).map((name) => name.textContent);
        }"""
    )
    assert overlapping == []


def test_on_a_phone_numbers_stand_for_names_and_the_page_is_not_wider(visit):
    page = visit("/cities/bergen-no/neighbours/?nodes=60", size=PHONE).page
    expect(page.locator(".neighbour-name").first).to_be_hidden()
    expect(page.locator(".neighbour-rank").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE[0]
    tab_to(page, page.get_by_role("region", name=re.compile("^Drawing")))
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def test_without_scripts_all_is_there(visit):
    page = visit("/cities/bergen-no/neighbours/", javascript=False).page
    mark = page.get_by_role("link", name="1. Kraków, Poland: 6 networks in common")
    mark.locator("circle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kraków")
