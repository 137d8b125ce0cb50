"""Editors at work in a real browser: without scripts, by everyone, on phones."""

from tests.browser.test_accounts import arrive
from tests.browser.usability import go, unusable

SOURCE = "https://example.org/minutes"


def suggest(visit, slug, website):
    """A visitor suggests another website for a city."""
    page = visit(f"/corrections/cities/{slug}/", javascript=False).page
    page.locator("input[name=website]").fill(website)
    page.locator("input[name=source]").fill(SOURCE)
    page.get_by_role("button", name="Send to the editors").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def test_a_suggestion_is_approved_with_changes_and_taken_back_without_scripts(visit, signed_in):
    suggest(visit, "hamar-no", "https://hamar.example/")
    page = signed_in("/editors/", editor=True, javascript=False)
    page.get_by_label("Words").fill("hamar")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Hamar").click()
    page.get_by_role("button", name="Take it").click()
    page.get_by_label("The city's own website").fill("https://www.hamar.example/")
    page.get_by_role("button", name="Approve and publish").click()
    page.locator(".errorlist").get_by_text("Say why").first.wait_for()
    page.locator("#approve-reason").fill("Its own name for itself.")
    page.get_by_role("button", name="Approve and publish").click()
    page.get_by_role("status").get_by_text("It is published.").wait_for()
    go(page, "/cities/hamar-no/")
    assert page.get_by_role("link", name="hamar.example").count()

    go(page, "/editors/changes/")
    page.get_by_role("row", name="Its own name for itself.").get_by_role("link").click()
    assert page.get_by_role("link", name="Hamar").count()
    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Reason").fill("It was not.")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("status").get_by_text("It is taken back").wait_for()
    go(page, "/cities/hamar-no/")
    assert not page.get_by_role("link", name="hamar.example").count()


def test_two_networks_become_one_by_their_typed_names(signed_in):
    page = signed_in("/editors/records/networks/new/", editor=True)
    page.get_by_label("Name of the network").fill("Cities of the Northern Lights")
    page.get_by_label("What sort of body it is").select_option("association")
    page.get_by_label("How far it reaches").select_option("regional")
    page.get_by_label("Regions of UN M49").fill("Northern Europe")
    page.get_by_label("The issues it works on").fill("Rights and inclusion")
    page.get_by_label("Who may be a member").select_option("cities")
    page.get_by_label("What it does").fill("It looks at the sky.")
    page.get_by_label("Addresses of the pages").fill(SOURCE)
    page.get_by_label("Reason").fill("It was missing.")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("status").get_by_text("It is published.").wait_for()
    go(page, "/editors/records/networks/union-of-the-baltic-cities/merge/")
    page.get_by_label("The duplicate, by its name").fill("Cities of the Northern Lights")
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Which value of “What it does").select_option("kept")
    page.get_by_label("Reason").fill("One and the same.")
    page.get_by_role("button", name="Merge them").click()
    page.get_by_role("status").get_by_text("They are one record now").wait_for()
    go(page, "/networks/cities-of-the-northern-lights/")
    arrive(page, "**/networks/union-of-the-baltic-cities/")


PAGES = [
    "/editors/",
    "/editors/?kind=claim&text=nothing",
    "/editors/together/",
    "/editors/records/?table=cities&text=Bergen",
    "/editors/records/focus_areas/new/",
    "/editors/records/networks/eurocities/",
    "/editors/records/cities/oslo-no/",
    "/editors/records/networks/eurocities/rename/",
    "/editors/records/cities/oslo-no/end/",
    "/editors/records/cities/oslo-no/merge/",
    "/editors/records/networks/eurocities/merge/?other=c40-cities",
    "/editors/changes/",
    "/editors/changes/1/",
    "/editors/changes/1/revert/",
    "/editors/claims/",
    "/editors/people/",
    "/editors/people/appoint/",
]


def test_pages_of_editors_are_usable_by_everyone(visit, signed_in, axe, vnu, tmp_path):
    """No axe violation, valid HTML, nothing sideways on the narrowest phone."""
    suggest(visit, "lillehammer-no", "https://lillehammer.example/")
    page = signed_in("/editors/?text=lillehammer", editor=True)
    item = page.get_by_role("link", name="Lillehammer").get_attribute("href")
    chosen = page.get_by_role("checkbox").get_attribute("value")
    go(page, item)
    page.get_by_role("button", name="Take it").click()
    found = unusable(
        page,
        [
            item,
            *(f"{path}?item={chosen}" if path.endswith("together/") else path for path in PAGES),
        ],
        axe,
        vnu,
        tmp_path,
    )
    assert not found, "\n".join(found)
