"""Takes out of what is logged whatever tells of a visitor or lets somebody in.

Three nets, one behind the other: what the request itself brought, whatever it is; the secrets of
the settings; and what looks like an address or a token, wherever it came from.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

LEFT_OUT = "[…]"
# Shorter ones would be found in every other word.
SHORTEST_VALUE = 3
SHORTEST_WORD = 4
SHORTEST_SECRET = 4
MOST_VALUES = 500
HEADERS = (
    *("HTTP_COOKIE", "HTTP_FORWARDED", "HTTP_IDEMPOTENCY_KEY", "HTTP_ORIGIN", "HTTP_REFERER"),
    *("HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP"),
    *("QUERY_STRING", "RAW_URI", "REMOTE_ADDR", "REMOTE_HOST", "REQUEST_URI"),
)

_LOGIN_IN_URL = re.compile(r"(?<=://)[^\s@]+(?=@)")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*")
_IPV4 = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w.]*[0-9])")
_MAYBE_IPV6 = re.compile(r"[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
# Long, with letters and digits: keys of sessions, of mailed links, of forms, access tokens.
_TOKEN = re.compile(r"(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{20,}", re.ASCII)
_VALUES_OF_A_ROW = re.compile(r"(?<=\)=\().*(?=\))")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def discreet(text: str, request: HttpRequest | None) -> str:
    """Return a text in one line and without secrets and addresses."""
    if request is not None:
        text = _without(text, _sent_with(request))
    text = _without(text, _own_secrets())
    text = _LOGIN_IN_URL.sub(LEFT_OUT, text)
    text = _EMAIL.sub(LEFT_OUT, text)
    text = _IPV4.sub(LEFT_OUT, text)
    text = _MAYBE_IPV6.sub(_unless_no_address, text)
    text = _TOKEN.sub(LEFT_OUT, text)
    # As PostgreSQL tells of a row that is there already: Key (column)=(value).
    text = _VALUES_OF_A_ROW.sub(LEFT_OUT, text)
    # No visitor begins a line of their own.
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _sent_with(request: HttpRequest) -> Iterator[str]:
    """Everything that the request brought, whole and word by word."""
    # Paths of mailed links let in.
    yield request.path
    # Never parsed for the sake of a log: what nobody has read cannot stand in a message.
    for values in (vars(request).get("GET"), vars(request).get("_post")):
        with suppress(AttributeError, SuspiciousOperation):
            for _name, each in values.lists():
                for value in each:
                    yield from _whole_and_in_words(value)
    for value in vars(request).get("COOKIES", {}).values():
        yield value
    for name in HEADERS:
        yield request.META.get(name) or ""
    yield from _whole_and_in_words(request.META.get("HTTP_AUTHORIZATION") or "")
    session = getattr(request, "session", None)
    if session is not None and session.session_key:
        yield session.session_key


def _whole_and_in_words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from (word for word in value.split() if len(word) >= SHORTEST_WORD)


def _own_secrets() -> Iterator[str]:
    passwords = [database.get("PASSWORD") for database in settings.DATABASES.values()]
    places = [str(cache.get("LOCATION", "")) for cache in settings.CACHES.values()]
    passwords += [urlsplit(place).password for place in places if "://" in place]
    passwords += [settings.SECRET_KEY, settings.EMAIL_HOST_PASSWORD, settings.METRICS_TOKEN]
    for secret in passwords:
        if secret and len(secret) >= SHORTEST_SECRET:
            yield secret


def _without(text: str, values: Iterable[str]) -> str:
    """Leave the values out, the longest first, however they are written."""
    found = {value for value in values if len(value) >= SHORTEST_VALUE}
    if not found:
        return text
    longest_first = sorted(found, key=len, reverse=True)[:MOST_VALUES]
    return re.sub("|".join(map(re.escape, longest_first)), LEFT_OUT, text, flags=re.IGNORECASE)


def _unless_no_address(found: re.Match[str]) -> str:
    try:
        ipaddress.ip_address(found[0].rstrip(".:") or found[0])
    except ValueError:
        return found[0]
    return LEFT_OUT
