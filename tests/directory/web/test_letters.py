"""Every address that a mail of registration names leads to a page."""

import pytest
from django.urls import resolve

from directory.registration import letters

ADDRESSES = {
    name: value
    for name, value in vars(letters).items()
    if name.isupper() and isinstance(value, str) and value.startswith("/")
}
PARTS = {"token": "eyJ.abc:1x:-_z", "table": "cities", "slug": "bergen-no", "public_id": "m00001"}


def test_there_are_addresses():
    assert {"CLAIMS", "CLAIM_LINK", "HAND_ON_LINK", "SUBMISSIONS"} <= set(ADDRESSES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_leads_to_a_page_for_people_who_are_signed_in(client, name):
    path = ADDRESSES[name].format(**PARTS)
    assert resolve(path).func.__module__.startswith("directory.web.views")
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/?next=")
