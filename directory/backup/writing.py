"""Writing a backup: all tables as they were at one moment in one file, complete or not at all."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from directory.backup.contents import columns, migrations, tables
from directory.backup.manifest import END, MANIFEST, BackupRefusedError, Manifest, TableFile, digest
from directory.backup.values import to_json
from directory.history import current_revision
from directory.history.moment import one_moment
from directory.models.counters import last_number

Progress = Callable[[Iterable[Any], str], Iterable[Any]]
ROWS_PER_FETCH = 2000
COMPRESSION = 6


def write_backup(
    path: Path, *, with_gazetteer: bool = False, progress: Progress | None = None
) -> Manifest:
    """Write all tables into a new file that only its owner may read, and return its manifest.

    Writers go on meanwhile. The rows pass through nameless temporary files beside the backup (a
    tar file states sizes first), so that memory stays flat and nothing personal lies around
    after a crash. Raises BackupRefusedError where the path is taken, OSError where it cannot be
    written.
    """
    if path.exists():
        raise BackupRefusedError(
            f"{path} exists already; name a new file, such as one with the day in its name."
        )
    with ExitStack() as files:
        spooled: list[tuple[TableFile, IO[bytes]]] = []
        with one_moment():
            about = {
                "made_at": timezone.now().isoformat(),
                "revision": current_revision(),
                "migrations": migrations(),
            }
            for model in tables(with_gazetteer=with_gazetteer):
                file = files.enter_context(tempfile.TemporaryFile(dir=path.parent))
                spooled.append((_write_table(file, model, progress), file))
        manifest = Manifest(
            build=str(settings.BUILD),
            with_gazetteer=with_gazetteer,
            tables=[table for table, _ in spooled],
            **about,
        )
        _write_file(path, manifest, spooled)
    return manifest


def _write_table(
    file: IO[bytes], model: type[models.Model], progress: Progress | None
) -> TableFile:
    names = [field.attname for field in columns(model)]
    rows: Iterable[Any] = (
        model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=ROWS_PER_FETCH)
    )
    if progress:
        rows = progress(rows, model._meta.label)
    checksum, count = hashlib.sha256(), 0
    for row in rows:
        said = dict(zip(names, map(to_json, row), strict=True))
        line = (json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        checksum.update(line)
        file.write(line)
        count += 1
    return TableFile(
        name=model._meta.label,
        columns=names,
        rows=count,
        sha256=checksum.hexdigest(),
        last_number=last_number(model),
    )


def _write_file(
    path: Path, manifest: Manifest, spooled: Iterable[tuple[TableFile, IO[bytes]]]
) -> None:
    """Write the tar file under another name, and give it its own once it is safely on disk."""
    # Readable by its owner alone from the first byte on: mkstemp sees to that.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with (
                gzip.GzipFile(
                    fileobj=file, mode="wb", filename="", compresslevel=COMPRESSION
                ) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                _add(tar, MANIFEST, io.BytesIO(manifest.to_bytes()))
                for table, rows in spooled:
                    _add(tar, table.path, rows)
                _add(tar, END, io.BytesIO(digest(manifest.to_bytes()).encode()))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _keep_name(path.parent)


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = file.seek(0, io.SEEK_END)
    member.mode = 0o600
    member.mtime = int(timezone.now().timestamp())
    file.seek(0)
    tar.addfile(member, file)


def _keep_name(folder: Path) -> None:
    """Have the folder itself written, so that the new name survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
