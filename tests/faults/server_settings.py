"""The site's own settings but for one: counts of allowances are kept in memory.

On the database they would be transactions of their own, and a kill that struck nothing but one of
those would be counted among those that struck somebody's work.
"""

from citynet.settings import *  # noqa: F403

CACHES["default"] = {  # noqa: F405
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "faults",
}
