"""A database that is not there, and other databases in the place of the usual one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Nothing listens there, and nothing is a folder there.
AWAY_ON_SQLITE = {"NAME": "/nowhere/at/all.sqlite3"}
AWAY_ON_POSTGRESQL = {"HOST": "127.0.0.1", "PORT": "9"}


@contextmanager
def instead(**changed: Any) -> Iterator[BaseDatabaseWrapper]:
    """Put a connection with other settings in the place of the usual one for the block."""
    usual = connections["default"]
    own = connections.create_connection("default")
    own.settings_dict = usual.settings_dict | {"TEST": usual.settings_dict["TEST"]} | changed
    connections["default"] = own
    try:
        yield own
    finally:
        connections["default"] = usual
        own.close()


def away() -> Any:
    """A database that cannot be reached, for the block."""
    return instead(**(AWAY_ON_SQLITE if settings.USES_SQLITE else AWAY_ON_POSTGRESQL))
