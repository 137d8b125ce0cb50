"""A secretariat uploads its list in a real browser, on a phone too, on pages for everyone."""

from tests.browser.conftest import DESKTOP, NARROWEST, PHONE
from tests.browser.test_accessibility import keep_picture

BASE = "/account/networks/eurocities/uploads/"
TABLE = (
    "city;country;since\nGent;BE;1995\nNewcastle;;2001\nBarcelonna;Spain;1986\nZzyzx;NO;\n"
    "Oslo;NO;31.31.2001\nMilano;Italie;1986\n"
)


def test_a_list_is_uploaded_chosen_for_and_published_on_pages_for_everyone(
    signed_in, axe, vnu, tmp_path
):
    """No axe violation, valid HTML, nothing sideways on the narrowest phone."""
    page = signed_in(BASE, "networks/eurocities")
    file = {"name": "members.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("This is the complete list").check()
    page.get_by_role("button", name="Show the preview").click()
    there = page.url
    shown = ("error", "ambiguous", "unknown", "changed", "gone")
    paths = [BASE, *(f"{there}?show={verdict}" for verdict in shown)]
    problems, pages = [], {}
    for path in paths:
        pages[path] = page.goto(path).text()
        for size in (DESKTOP, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            keep_picture(page, path.removeprefix(there) or path, f"{size[0]}-light")
            problems += [f"{path} at {size[0]}: {found}" for found in axe(page)]
        page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > NARROWEST[0]:
            problems.append(f"{path} is {width} px wide")
    for path, found in vnu(pages, tmp_path).items():
        problems += [f"{path}: {message}" for message in found]
    assert not problems, "\n".join(problems)

    page.goto(f"{there}?show=ambiguous")
    page.get_by_role("group", name="Newcastle").get_by_label("Newcastle upon Tyne").check()
    page.get_by_role("button", name="Keep these choices").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("2 rows cannot be used yet").wait_for()
    page.get_by_label("Publish without the 2 rows").check()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("This upload is published.").wait_for()
