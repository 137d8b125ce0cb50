"""Each test begins without attempts counted: editors sign in with password and code."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_attempts_counted(db):
    cache.clear()
