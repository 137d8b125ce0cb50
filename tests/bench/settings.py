"""The settings of the tests, and the yardstick's address."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.addresses"
ALLOWED_HOSTS = ["testserver"]
