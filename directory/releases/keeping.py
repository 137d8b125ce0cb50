"""The files of releases where they are kept: reading parts of them, and proving them whole."""

from collections.abc import Iterator

from django.core.files.storage import Storage, storages

from directory.models import ReleaseFile
from directory.releases.frozen import sha256_of_blocks

ALIAS = "releases"
BLOCK = 65_536


class FileMissing(Exception):
    """Raised where the storage lacks a file of a release that is listed."""


def read_part(file: ReleaseFile, start: int, length: int) -> Iterator[bytes]:
    """Return the bytes of a file from ``start`` on, ``length`` of them, block by block.

    Raises FileMissing at once, not only when the first block is asked for.
    """
    try:
        opened = storages[ALIAS].open(file.stored_as, "rb")
    except FileNotFoundError:
        raise FileMissing(file.stored_as) from None
    return _blocks(opened, start, length)


def _blocks(opened: object, start: int, length: int) -> Iterator[bytes]:
    with opened as file:
        file.seek(start)
        while length and (block := file.read(min(BLOCK, length))):
            length -= len(block)
            yield block


def stored_sha256(storage: Storage, name: str) -> str:
    """Return the SHA-256 of a file as it lies in the storage; empty where it is missing."""
    try:
        with storage.open(name, "rb") as file:
            return sha256_of_blocks(iter(lambda: file.read(BLOCK), b""))
    except FileNotFoundError:
        return ""
