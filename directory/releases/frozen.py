"""The files of a release while it is made: a folder, and what is known of each file in it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.models.choices import ReleasePart
from directory.releases.edition import Edition

BLOCK = 1_000_000


@dataclass(frozen=True, kw_only=True)
class FrozenFile:
    """One written file; ``rows`` is None where it is no table."""

    name: str
    part: ReleasePart
    description: str
    media_type: str
    size: int
    sha256: str
    rows: int | None = None


@dataclass
class Frozen:
    """The folder of a release, and its files in the order in which they were added.

    ``rows`` counts records by table, ``changes`` what became of them since the release before.
    """

    folder: Path
    edition: Edition
    rows: dict[str, int] = field(default_factory=dict)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    files: list[FrozenFile] = field(default_factory=list)

    def path(self, name: str) -> Path:
        """Return where a file is to be written."""
        return self.folder / name

    def write(self, name: str, text: str) -> Path:
        """Write a text file in UTF-8 and return its path."""
        path = self.path(name)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def add(
        self,
        name: str,
        *,
        part: ReleasePart,
        description: str,
        media_type: str,
        rows: int | None = None,
    ) -> FrozenFile:
        """Take a written file into the release; raises OSError where it was not written."""
        path = self.path(name)
        added = FrozenFile(
            name=name,
            part=part,
            description=description,
            media_type=media_type,
            size=path.stat().st_size,
            sha256=sha256_of(path),
            rows=rows,
        )
        self.files.append(added)
        return added

    def file(self, name: str) -> FrozenFile:
        """Return a file by its name; raises KeyError where there is none."""
        for found in self.files:
            if found.name == name:
                return found
        raise KeyError(name)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return sha256_of_blocks(iter(lambda: file.read(BLOCK), b""))


def sha256_of_blocks(blocks: Iterator[bytes]) -> str:
    """Return the SHA-256 of what the blocks hold together, in hexadecimal."""
    checksum = hashlib.sha256()
    for block in blocks:
        checksum.update(block)
    return checksum.hexdigest()
