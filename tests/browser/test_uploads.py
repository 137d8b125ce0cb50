"""A secretariat uploads its list in a real browser, on a phone too, on pages for everyone."""

from tests.browser.usability import unusable

BASE = "/account/networks/eurocities/uploads/"
TABLE = (
    "city;country;since\nGent;BE;1995\nNewcastle;;2001\nBarcelonna;Spain;1986\nZzyzx;NO;\n"
    "Oslo;NO;31.31.2001\nMilano;Italie;1986\n"
)


def test_a_list_is_uploaded_chosen_for_and_published_on_pages_for_everyone(
    signed_in, site, axe, vnu, tmp_path
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
    found = unusable(page, [path.removeprefix(site) for path in paths], axe, vnu, tmp_path)
    assert not found, "\n".join(found)

    page.goto(f"{there}?show=ambiguous")
    page.get_by_role("group", name="Newcastle").get_by_label("Newcastle upon Tyne").check()
    page.get_by_role("button", name="Keep these choices").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("2 rows cannot be used yet").wait_for()
    page.get_by_label("Publish without the 2 rows").check()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("This upload is published.").wait_for()
