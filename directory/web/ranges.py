"""Which part of a file a request wants: the header ``Range`` of RFC 9110, one part at a time."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.ASCII | re.IGNORECASE)


class OutOfRange(Exception):
    """Raised where the wanted part lies behind the end of the file."""


@dataclass(frozen=True)
class Part:
    """Bytes ``first`` to ``last`` of a file, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it is."""
        return self.last - self.first + 1


def wanted_part(header: str, size: int) -> Part | None:
    """Return the part that a ``Range`` header wants of a file of ``size`` bytes.

    None where the whole file is to be sent: without a header, with one that is not understood,
    or with several ranges, which the standard lets a server pass over. Raises OutOfRange.
    """
    found = _ONE_RANGE.fullmatch(header)
    if not found or found[1] == found[2] == "":
        return None
    if found[1] == "":
        return _last_bytes(int(found[2]), size)
    first = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if found[2] and last < first:
        return None
    if first >= size:
        raise OutOfRange
    return Part(first, min(last, size - 1))


def _last_bytes(count: int, size: int) -> Part:
    if count == 0 or size == 0:
        raise OutOfRange
    return Part(max(size - count, 0), size - 1)
