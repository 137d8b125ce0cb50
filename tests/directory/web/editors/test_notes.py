"""A note of an office is read; there is nothing to publish."""

import pytest

from directory.models import ReviewItem
from directory.models.review import ReviewState
from directory.registration import memberships
from tests.directory.registration.people import make_staff
from tests.directory.web.editors.browsers import editor_with_browser, post
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


def test_a_note_is_read_and_closed(client):
    city = make_city("bergen-no")
    staff = make_staff(city)
    memberships.add_membership(
        actor=staff,
        office=city,
        city=city,
        network=make_network("north"),
        note="The contract is with the region.",
    )
    item = ReviewItem.objects.get()
    _editor, browser = editor_with_browser()
    page = f"/editors/items/{item.pk}/"
    assert "note to the editors" in browser.get("/editors/").content.decode()
    post(browser, f"{page}take/")
    shown = browser.get(page).content.decode()
    assert "The contract is with the region." in shown
    assert "Approve and publish" not in shown
    assert "The note is read" in post(browser, f"{page}read/", note="Known")
    item.refresh_from_db()
    assert (item.state, item.note) == (ReviewState.APPROVED, "Known")
    client.force_login(staff)
    shown = client.get(f"/account/suggestions/{item.submission.pk}/").content.decode()
    assert "An editor has read it." in shown
