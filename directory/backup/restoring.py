"""Restoring a backup into an empty system: all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction

from directory.backup.contents import columns, migrations, tables
from directory.backup.manifest import MANIFEST, BackupRefusedError, Manifest
from directory.backup.reading import check_tables, open_backup
from directory.history import current_revision
from directory.insights import likeness
from directory.models import ChangeSet, Revision
from directory.models.choices import Origin
from directory.models.counters import continue_from
from directory.models.inserting import refresh_statistics
from directory.models.locking import lock_against_writers
from directory.search import index

Progress = Callable[[Iterable[Any], str], Iterable[Any]]
BATCH = 1000


def restore_backup(
    path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> Manifest:
    """Make this empty system the one that was backed up, and return what the backup says.

    The file is read twice: all of it is checked before the first row is written. Rows go past
    the models as they were stored, change log and revision included, so restoring is no change
    of its own; only the search index and the likeness of cities are built anew. ``dry_run``
    checks alone. Raises BackupRefusedError, having written nothing.
    """
    require_empty()
    manifest = check_backup(path, progress)
    if not dry_run:
        try:
            with transaction.atomic():
                _lock()
                require_empty()
                _write(path, manifest, progress)
        except (IntegrityError, DataError, OverflowError) as error:
            raise BackupRefusedError(
                f"{path}: a row is not one that this system could have written ({error}); take "
                "another backup."
            ) from error
    return manifest


def require_empty() -> None:
    """Refuse a system with rows of anybody; what ``migrate`` makes does not count."""
    found = [
        f"{model._meta.label} ({model._base_manager.count():,})"
        for model in tables(with_gazetteer=True)
        if model is not Revision and model._base_manager.exists()
    ]
    if current_revision():
        found.append(f"revision {current_revision()}")
    if found:
        raise BackupRefusedError(
            f"This system is not empty: it has rows in {', '.join(found)}. Restore into a new "
            "database: name one in DATABASE_URL, run `manage.py migrate`, then restore."
        )


def check_backup(path: Path, progress: Progress | None = None) -> Manifest:
    """Read a backup to its end; raises BackupRefusedError for the first thing that is wrong."""
    with open_backup(path) as backup:
        _check_migrations(backup.manifest)
        check_tables(tables(with_gazetteer=backup.manifest.with_gazetteer), backup.manifest)
        for table, rows in backup.tables():
            for _ in progress(rows, f"check {table.name}") if progress else rows:
                pass
        return backup.manifest


def _check_migrations(manifest: Manifest) -> None:
    """Refuse a backup of other tables than those that this system has."""
    here, there = (
        {f"{app}.{name}" for app, names in applied.items() for name in names}
        for applied in (migrations(), manifest.migrations)
    )
    if lacking := sorted(there - here):
        raise BackupRefusedError(
            f"{MANIFEST}: this system has not gone through {', '.join(lacking)}. Run `manage.py "
            f"migrate`; if it knows none of these, restore with the build {manifest.build}."
        )
    if newer := sorted(here - there):
        raise BackupRefusedError(
            f"{MANIFEST}: the backup is older than {', '.join(newer)}. Restore it with the build "
            f"that made it ({manifest.build}), then install this one and run `manage.py migrate`."
        )


def _lock() -> None:
    lock_against_writers(*tables(with_gazetteer=True))


def _write(path: Path, checked: Manifest, progress: Progress | None) -> None:
    # The one row that migrate makes; the backup has its own.
    Revision._base_manager.all().delete()
    with open_backup(path) as backup:
        if backup.manifest != checked:
            raise BackupRefusedError(f"{path}: another file took its place; restore again.")
        for table, rows in backup.tables():
            shown = progress(rows, f"restore {table.name}") if progress else rows
            _insert(apps.get_model(table.name), iter(shown))
    for table in checked.tables:
        if table.last_number is not None:
            continue_from(apps.get_model(table.name), table.last_number)
    written = tables(with_gazetteer=checked.with_gazetteer)
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise BackupRefusedError(
            f"{path}: a row refers to one that is not in it ({error}); take another backup."
        ) from error
    index.rebuild()
    likeness.rebuild()
    refresh_statistics(*written)


def _insert(model: type[models.Model], rows: Iterator[list[Any]]) -> None:
    """Insert rows as they were stored: no defaults, no signals, no change set."""
    fields = columns(model)
    names = [field.attname for field in fields]
    while batch := list(islice(rows, BATCH)):
        instances = [model(**dict(zip(names, row, strict=True))) for row in batch]
        # SQLite takes a bounded number of values in one statement.
        size = min(BATCH, connection.ops.bulk_batch_size(fields, instances))
        for start in range(0, len(instances), size):
            model._base_manager._insert(
                instances[start : start + size], fields=fields, raw=True, using=connection.alias
            )


def gazetteer_before() -> str:
    """Return where the places came from that the restored system had; empty for none."""
    loads = ChangeSet.objects.filter(origin=Origin.GAZETTEER).order_by("-revision")
    return loads.values_list("reason", flat=True).first() or ""
