"""Addresses that ask for what cannot be."""

from django.core.exceptions import BadRequest


class BadAddress(BadRequest):
    """Raised by a value in an address that means nothing; its message is for the visitor."""
