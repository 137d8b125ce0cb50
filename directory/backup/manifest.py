"""What a backup says of itself, and how its file is built.

A tar file, compressed with gzip: ``manifest.json``, one JSON object per line in a file per table,
and last ``END`` with the SHA-256 of the manifest, which in turn has that of every table.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self

FORMAT = "citynet-backup"
VERSION = 1
MANIFEST, END = "manifest.json", "END"


class BackupRefusedError(Exception):
    """Raised, with what to do, where nothing can be backed up or restored; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """One table's file in a backup; ``last_number`` is the last one given to a row by counting."""

    name: str
    columns: list[str]
    rows: int
    sha256: str
    last_number: int | None

    @property
    def path(self) -> str:
        """Its name in the tar file."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds, of which system, in which state."""

    build: str
    made_at: str
    revision: int
    with_gazetteer: bool
    migrations: dict[str, list[str]]
    tables: list[TableFile] = field(default_factory=list)
    format: str = FORMAT
    version: int = VERSION

    def to_bytes(self) -> bytes:
        """Return the text of ``manifest.json``."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> Self:
        """Read ``manifest.json``; raises BackupRefusedError where it is none of this version."""
        try:
            read: dict[str, Any] = json.loads(text)
            if read["format"] != FORMAT:
                raise ValueError
            version = read["version"]
        except (ValueError, KeyError, TypeError):
            raise BackupRefusedError(
                f"{MANIFEST}: this is no backup of CityNet; give a file that `backup` wrote."
            ) from None
        if version != VERSION:
            raise BackupRefusedError(
                f"{MANIFEST}: the backup has format {version}, this system reads {VERSION}; "
                f"restore it with the build that made it ({read.get('build', 'not named')})."
            )
        try:
            return cls(**read | {"tables": [TableFile(**table) for table in read["tables"]]})
        except (KeyError, TypeError):
            raise BackupRefusedError(
                f"{MANIFEST}: its parts are not those of format {VERSION}, so the file was "
                "altered; take another backup."
            ) from None

    @property
    def rows(self) -> int:
        """How many rows the backup holds."""
        return sum(table.rows for table in self.tables)


def digest(text: bytes) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()
