"""The site's own settings, as behind a proxy: the load tells its many people apart by that."""

from citynet.settings import *  # noqa: F403

ALLAUTH_TRUSTED_PROXY_COUNT = 1
