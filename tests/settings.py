"""The site's own settings with five differences that make tests quick and leave var/ alone."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests " * 5)

from citynet.settings import *  # noqa: F403

# One round: tests check that passwords are checked, not that guessing them takes long.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Served straight from static/, so that no test depends on an earlier collectstatic.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# In memory, so that no test leaves a release behind.
STORAGES["releases"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}  # noqa: F405

# A test that asks twice asks twice: what is kept has tests of its own.
KEPT_ANSWERS_BYTES = 0
