"""Reading a backup from its beginning to its end, refusing whatever is not as it was written."""

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from directory.backup.contents import columns
from directory.backup.manifest import END, MANIFEST, BackupRefusedError, Manifest, TableFile, digest
from directory.backup.values import from_json

LONGEST_MANIFEST = 10_000_000
# No row is as long; without an end a line would fill the memory before its checksum is known.
LONGEST_ROW = 10_000_000
ANOTHER = "take another backup, or fetch this one again from where it is kept"


class Backup:
    """An open backup. Its rows come once, in the order of the file, each checked as it comes."""

    def __init__(self, tar: tarfile.TarFile, packed: IO[bytes]) -> None:
        self._tar, self._packed = tar, packed
        self._manifest_text = self._member(MANIFEST).read(LONGEST_MANIFEST)
        self.manifest = Manifest.from_bytes(self._manifest_text)

    def tables(self) -> Iterator[tuple[TableFile, Iterator[list[Any]]]]:
        """Yield each table with its rows: values in the order of the columns.

        Rows that the caller leaves are read all the same, for their checksum. Ends only at the
        end marker; raises BackupRefusedError before it where anything is not as it was written.
        """
        for table in self.manifest.tables:
            rows = self._rows(table)
            yield table, rows
            for _ in rows:
                pass
        if self._member(END).read(100).decode("ascii", "replace") != digest(self._manifest_text):
            raise BackupRefusedError(f"{MANIFEST}: it was altered; {ANOTHER}.")
        # To the last byte, where gzip has its own checksum.
        while self._packed.read(1_000_000):
            pass

    def _member(self, name: str) -> IO[bytes]:
        member = self._tar.next()
        file = self._tar.extractfile(member) if member else None
        if file is None or member.name != name:
            found = f"“{member.name}” stands" if member else "nothing stands"
            raise BackupRefusedError(f"{name}: {found} in its place; {ANOTHER}.")
        return file

    def _rows(self, table: TableFile) -> Iterator[list[Any]]:
        fields = columns(_model(table))
        checksum, count = hashlib.sha256(), 0
        file = self._member(table.path)
        for count, line in enumerate(iter(lambda: file.readline(LONGEST_ROW), b""), start=1):
            checksum.update(line)
            try:
                if not line.endswith(b"\n"):
                    raise ValueError
                said = json.loads(line)
                yield [from_json(field, said[field.attname]) for field in fields]
            except (ValueError, KeyError, TypeError, ValidationError, RecursionError):
                raise BackupRefusedError(
                    f"{table.path}, line {count}: it was altered and is no row of "
                    f"{table.name} any more; {ANOTHER}."
                ) from None
        if count != table.rows:
            raise BackupRefusedError(
                f"{table.path}: it has {count} rows and should have {table.rows}; {ANOTHER}."
            )
        if checksum.hexdigest() != table.sha256:
            raise BackupRefusedError(
                f"{table.path}: its SHA-256 is not that of the manifest, so it was altered; "
                f"{ANOTHER}."
            )


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup; raises BackupRefusedError for a file that is none, or is cut off."""
    try:
        with (
            gzip.open(path, "rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            yield Backup(tar, packed)
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError) as error:
        raise BackupRefusedError(
            f"{path}: no whole backup of CityNet; it is cut off, altered or something else "
            f"({error}); {ANOTHER}."
        ) from error
    except BackupRefusedError as refusal:
        raise BackupRefusedError(f"{path}: {refusal}") from None


def check_tables(expected: Iterable[type[models.Model]], manifest: Manifest) -> None:
    """Refuse a manifest whose tables or columns are not exactly those of this system."""
    here = {model._meta.label: [field.attname for field in columns(model)] for model in expected}
    there = {table.name: table.columns for table in manifest.tables}
    different = sorted(
        name for name in here.keys() | there.keys() if here.get(name) != there.get(name)
    )
    if different:
        raise BackupRefusedError(
            f"{MANIFEST}: the backup and this system differ in the tables {', '.join(different)}; "
            f"restore with the build that made it ({manifest.build})."
        )


def _model(table: TableFile) -> type[models.Model]:
    return apps.get_model(table.name)
