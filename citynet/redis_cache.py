"""A Redis that many processes count in, and that may be away like any database.

Where it does not answer, that is what a database that is away is to every page: it says so (503),
and nothing breaks. What only counts reads goes on (``directory.accounts.limits``).
"""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import OperationalError

# Seconds until a Redis that is gone without a word counts as gone.
WAITS = {"socket_connect_timeout": 2, "socket_timeout": 2}


class Client:
    """Django's client of a Redis, which says in Django's words that there is none."""

    def __init__(self, client: RedisCacheClient) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        return _told_plainly(found) if callable(found) else found


class SharedCache(RedisCache):
    """Django's cache in a Redis, with failures that pages know."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": WAITS | params.get("OPTIONS", {})})

    @cached_property
    def _cache(self) -> Client:
        return Client(self._class(self._servers, **self._options))


def _told_plainly(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return ask(*args, **kwargs)
        except redis.RedisError as error:
            # The address, which may hold a password, stands in no message.
            raise OperationalError(f"The cache does not answer: {type(error).__name__}") from None

    return told
