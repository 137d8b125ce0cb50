"""A database as version 1.0.0 left it, made anew, and carried along by today's migrations."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from directory.backup.manifest import MANIFEST, Manifest
from directory.backup.values import from_json
from directory.models.counters import continue_from

FOLDER = Path(__file__).with_name("1.0.0")
EVERYTHING = FOLDER / "everything.tar.gz"
EXPORTED = FOLDER / "exported"

# Of the program that had a token, see `make_first_release.py`.
SECRET = "citynet_01234567_" + "8" * 64
PASS_PHRASE = "a long pass phrase"


@dataclass(frozen=True)
class Kept:
    """What was written down of one table: its rows, by column, as JSON has them."""

    label: str
    columns: list[str]
    last_number: int | None
    rows: list[dict[str, Any]] = field(default_factory=list)


@cache
def manifest() -> Manifest:
    """Return what was written down of the whole."""
    with tarfile.open(EVERYTHING) as tar:
        return Manifest.from_bytes(_read(tar, MANIFEST))


@cache
def tables() -> list[Kept]:
    """Return every table of the first release with its rows."""
    with tarfile.open(EVERYTHING) as tar:
        return [
            Kept(
                table.name,
                table.columns,
                table.last_number,
                [json.loads(line) for line in _read(tar, table.path).splitlines()],
            )
            for table in manifest().tables
        ]


def make_as_it_was() -> None:
    """Make the tables of the first release in an empty database, with their rows."""
    executor = MigrationExecutor(connection)
    targets = [
        node for app, names in manifest().migrations.items() for node in _last(executor, app, names)
    ]
    executor.migrate(targets)
    apps = MigrationExecutor(connection).loader.project_state(targets).apps
    with transaction.atomic():
        for kept in tables():
            model = apps.get_model(kept.label)
            # What migrations themselves put there is among the rows that were written down.
            model._base_manager.all()._raw_delete(using="default")
            _insert(model, kept)
    for kept in tables():
        if kept.last_number is not None:
            continue_from(apps.get_model(kept.label), kept.last_number)


def carry_along() -> None:
    """Do what a person does who installs this version: nothing but `migrate`."""
    call_command("migrate", interactive=False, verbosity=0)


def values(model: type[models.Model], kept: Kept) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that were written down as today's columns hold them, in their order."""
    fields = {each.attname: each for each in model._meta.local_concrete_fields}
    for row in kept.rows:
        yield tuple(from_json(fields[name], row[name]) for name in kept.columns)


def _last(executor: MigrationExecutor, app: str, names: list[str]) -> list[tuple[str, str]]:
    """Return the migrations of an app after which the first release had no others."""
    there = {(app, name) for name in names}
    followed = {
        parent.key
        for node in there
        for parent in executor.loader.graph.node_map[node].parents
        if parent.key in there
    }
    return sorted(there - followed)


def _insert(model: type[models.Model], kept: Kept) -> None:
    fields = [each for each in model._meta.local_concrete_fields if not each.generated]
    assert {each.attname for each in fields} == set(kept.columns), kept.label
    rows = [
        model(**{each.attname: from_json(each, row[each.attname]) for each in fields})
        for row in kept.rows
    ]
    if rows:
        model._base_manager._insert(rows, fields=fields, raw=True, using="default")


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    assert file is not None, name
    return file.read()
