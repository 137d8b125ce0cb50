"""Addresses of the pages of records: a page has dozens of them, mostly the same ones."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

ADDRESSES_KEPT = 20_000


def page_address(kind: str, public_id: str) -> str:
    """Return the address of a record's page, by the name of such pages, in the language at hand."""
    return _page(kind, public_id, get_language(), get_script_prefix())


@lru_cache(maxsize=ADDRESSES_KEPT)
def _page(kind: str, public_id: str, _language: str | None, _prefix: str) -> str:
    return reverse(kind, args=[public_id])
