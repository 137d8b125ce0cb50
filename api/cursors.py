"""Cursors of keyset paging: the place in a list after (or before) which a page begins.

A cursor holds the sort key of a row, not a count of rows, so that rows added or removed while
somebody reads shift nothing. It is opaque: base64url of a checksum and JSON. The checksum is
no secret (the same answer must come from every machine, whatever its SECRET_KEY); it tells a
cut or edited cursor from a whole one, and what it holds is a place in public data, no right.
"""

import base64
import binascii
import hashlib
from typing import NamedTuple

import orjson

CHECKSUM_BYTES = 6
LONGEST_CURSOR = 2000
LARGEST_NUMBER = 2**63 - 1


class NotACursor(ValueError):
    """Raised for text that is no cursor, or one of another list."""


class Cursor(NamedTuple):
    """A place in a list: just after the row with this key, or just before it."""

    key: tuple[str | int, ...]
    backwards: bool = False


def encode(cursor: Cursor, order: str) -> str:
    """Return the cursor, good for lists in this order, as text that may stand in an address."""
    content = orjson.dumps([cursor.backwards, *cursor.key])
    whole = _checksum(order, content) + content
    return base64.urlsafe_b64encode(whole).rstrip(b"=").decode("ascii")


def decode(text: str, order: str, kinds: tuple[type, ...]) -> Cursor:
    """Return the cursor that ``encode`` made for this order, its key of these kinds.

    Raises NotACursor for anything else.
    """
    if len(text) > LONGEST_CURSOR or not text.isascii():
        raise NotACursor
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise NotACursor from error
    checksum, content = raw[:CHECKSUM_BYTES], raw[CHECKSUM_BYTES:]
    if checksum != _checksum(order, content):
        raise NotACursor
    # Only somebody who has read this file gets here with anything but a cursor of ours.
    try:
        values = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise NotACursor from error
    if not isinstance(values, list) or [type(value) for value in values] != [bool, *kinds]:
        raise NotACursor
    backwards, *key = values
    if not all(_is_storable(value) for value in key):
        raise NotACursor
    return Cursor(tuple(key), backwards)


def _checksum(order: str, content: bytes) -> bytes:
    whole = order.encode("utf-8") + b"\0" + content
    return hashlib.blake2s(whole, digest_size=CHECKSUM_BYTES, person=b"cursor").digest()


def _is_storable(value: str | int) -> bool:
    if isinstance(value, int):
        return abs(value) <= LARGEST_NUMBER
    return "\0" not in value
