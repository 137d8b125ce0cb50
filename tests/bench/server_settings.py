"""The site's own settings, with the yardsticks' addresses, for a server that is put under load.

The load comes from many connections, told apart as behind a proxy: one alone would be asked to
come more slowly.
"""

from citynet.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.addresses"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "bench" / "templates")  # noqa: F405
ALLAUTH_TRUSTED_PROXY_COUNT = 1
