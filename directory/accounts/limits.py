"""How often one person, or one connection, may do what costs others time: kept in the shared cache.

The table below is the only place that says how often.
"""

import math
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle

LIMITS = {
    "visitor submission": "20/hour",
    "submission": "120/hour",
    "claim": "20/hour",
    "claim mail": "20/day",
    "write": "1200/hour",
    "upload": "60/hour",
    "token": "30/hour",
}


class TooOften(Exception):
    """Somebody did something more often than allowed; ``wait``: seconds until it may be again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} seconds")
        self.wait = wait


def spend(action: str, *, key: str) -> None:
    """Count one ``action`` of ``LIMITS`` for whoever ``key`` stands for; raises ``TooOften``."""
    throttle = _Throttle(action, key)
    if not throttle.allow_request(None, None):
        raise TooOften(max(1, math.ceil(throttle.wait() or 1)))


def key_of(request: HttpRequest) -> str:
    """Return who asks: the account where there is one, else the connection (never its address)."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person:{user.pk}"
    return f"connection:{salted_hmac('citynet.limits', get_ip(request)).hexdigest()}"


class _Throttle(SimpleRateThrottle):
    """DRF's count of moments per window, for pages and API alike."""

    cache_format = "limit:%(scope)s:%(ident)s"

    def __init__(self, action: str, key: str) -> None:
        self.scope, self.rate, self.ident = action.replace(" ", "-"), LIMITS[action], key
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.ident}
