"""What the environment says of a content delivery network in front of the site; off by default."""

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from citynet import environment

LONGEST = 24 * 3600
# How each kind of network calls the keys of an answer, and in the body of a purge.
SURROGATE_KEY, CACHE_TAG = "Surrogate-Key", "Cache-Tag"
BODY_FIELDS = {SURROGATE_KEY: "surrogate_keys", CACHE_TAG: "tags"}


@dataclass(frozen=True)
class Cdn:
    """How long a CDN may give an answer again without asking, and how it is told of changes.

    ``purge_header`` is name and value, a secret.
    """

    seconds: int = 0
    keys_header: str = SURROGATE_KEY
    purge_url: str = ""
    purge_header: tuple[str, str] | None = field(default=None, repr=False)

    def joined(self, keys: list[str]) -> str:
        """Return keys as the header holds them."""
        return ("," if self.keys_header == CACHE_TAG else " ").join(keys)

    def body(self, keys: list[str]) -> dict[str, list[str]]:
        """Return what is sent to purge keys."""
        return {BODY_FIELDS[self.keys_header]: keys}


def described() -> Cdn:
    """Return what the environment says."""
    seconds = environment.integer(os.environ, "CDN_SECONDS", default=0, minimum=0, maximum=LONGEST)
    header = environment.text(os.environ, "CDN_KEYS_HEADER", default=SURROGATE_KEY)
    if header not in BODY_FIELDS:
        raise ImproperlyConfigured(
            f"CDN_KEYS_HEADER is {header[:200]!r}: use one of {', '.join(BODY_FIELDS)}."
        )
    url = environment.text(os.environ, "CDN_PURGE_URL")
    if url and not _is_safe(url):
        raise ImproperlyConfigured(
            "CDN_PURGE_URL is not understood: use an https:// address without user and password "
            "(http:// for this machine alone); what is secret goes into CDN_PURGE_SECRET."
        )
    if url and not seconds:
        raise ImproperlyConfigured(
            "CDN_PURGE_URL is set and CDN_SECONDS is not: nothing is kept that could be purged."
        )
    secret = environment.secret(os.environ, "CDN_PURGE_SECRET")
    return Cdn(seconds, header, url, _header(secret) if secret else None)


def _header(secret: str) -> tuple[str, str]:
    name, _colon, value = secret.partition(":")
    value = value.strip()
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", name) or not re.fullmatch("[ -~]+", value):
        raise ImproperlyConfigured(
            "CDN_PURGE_SECRET is not understood: write a header, such as “Fastly-Key: …” or "
            "“Authorization: Bearer …”."
        )
    return name, value


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        known = parts.port != 0 and bool(host) and "@" not in parts.netloc and not parts.fragment
    except ValueError:
        return False
    is_local = parts.scheme == "http" and host in environment.LOOPBACK_HOSTS
    return known and (parts.scheme == "https" or is_local)
