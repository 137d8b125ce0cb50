"""Each test begins without attempts counted, and its mail goes where the site's goes."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _as_on_the_site(settings, db):
    # Django's test runner puts a way out of its own in its place.
    settings.EMAIL_BACKEND = "directory.accounts.mail.OutboxBackend"
    cache.clear()
