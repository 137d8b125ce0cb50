"""What django-allauth counts of attempts to sign in and the like, told as our own limits are.

How often is in the settings, ``ACCOUNT_RATE_LIMITS``; the counts lie in the cache.
"""

import math
import time

from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest

from directory.accounts.limits import Spent, note

APP = "allauth.account"


def note_attempts(request: HttpRequest, action: str, *, key: str = "") -> None:
    """Note for the headers what is left of an action; call it once the action was counted.

    ``key`` stands for whoever is tried, such as an address. What is left for it is told only once
    that is nothing: otherwise strangers could watch when its owner comes and goes.
    """
    for rate in get_rates(app=APP, action=action):
        if rate.per == "key" and not key:
            continue
        if rate.per == "user" and not request.user.is_authenticated:
            continue
        place = get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        now = time.time()
        counted = [each for each in cache.get(place, []) if each > now - rate.duration]
        left = max(0, rate.amount - len(counted))
        oldest = min(counted, default=now)
        if rate.per != "key" or not left:
            note(
                Spent(
                    name=f"{action.replace('_', '-')}-{rate.per}",
                    quota=rate.amount,
                    window=int(rate.duration),
                    left=left,
                    seconds=max(1, math.ceil(oldest + rate.duration - now)),
                )
            )


def longest_wait(action: str) -> int:
    """Return after how many seconds an action may surely be tried again."""
    return max((int(rate.duration) for rate in get_rates(app=APP, action=action)), default=1)
