"""Names records to the open change set by itself whenever public data are written.

Whoever logs the rows of a table with ``changes.record``, as bulk loads do, has named them already.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from directory.history.change_sets import current_changes
from directory.models import Network, NetworkFocusArea
from directory.models.columns import Table
from directory.models.public import bulk_created, bulk_writing
from directory.models.tables import TABLES

TABLE_OF_MODEL: dict[type[models.Model], Table] = {table.model: table for table in TABLES.values()}


def connect() -> None:
    """Listen to the writes of every public model; called once, when the app is ready."""
    for model in (*TABLE_OF_MODEL, NetworkFocusArea):
        pre_save.connect(_before_saving, sender=model)
        post_save.connect(_after_saving, sender=model)
        pre_delete.connect(_before_deleting, sender=model)
        bulk_writing.connect(_before_bulk_writing, sender=model)
        bulk_created.connect(_after_bulk_creating, sender=model)
    for field in Network._meta.many_to_many:
        m2m_changed.connect(_before_linking, sender=field.remote_field.through)


def _before_saving(sender: type[models.Model], instance: Any, **signal: Any) -> None:
    changes = current_changes()
    if changes and (sender is NetworkFocusArea or not instance._state.adding):
        changes.touch(*_named(instance))


def _after_saving(
    sender: type[models.Model], instance: Any, *, created: bool, **signal: Any
) -> None:
    changes = current_changes()
    if changes and created and sender is not NetworkFocusArea:
        changes.add(*_named(instance))


def _before_deleting(sender: type[models.Model], instance: Any, **signal: Any) -> None:
    changes = current_changes()
    if changes:
        changes.touch(*_named(instance))


def _before_bulk_writing(
    sender: type[models.Model], rows: models.QuerySet | list[Any], **signal: Any
) -> None:
    changes, table = current_changes(), _table_of(sender)
    if changes and not changes.logs_rows_of(table.name):
        if isinstance(rows, models.QuerySet):
            related = ("network",) if sender is NetworkFocusArea else table.related
            rows = rows.select_related(*related)
        changes.touch(table.name, _all_named(rows))


def _after_bulk_creating(sender: type[models.Model], rows: list[Any], **signal: Any) -> None:
    changes, table = current_changes(), _table_of(sender)
    if changes and not changes.logs_rows_of(table.name):
        changes.add(table.name, _all_named(rows))


def _all_named(rows: Iterable[Any]) -> list[str]:
    return [public_id for row in rows for public_id in _named(row)[1]]


def _table_of(model: type[models.Model]) -> Table:
    return TABLE_OF_MODEL[Network if model is NetworkFocusArea else model]


def _before_linking(
    sender: type[models.Model],
    instance: Any,
    *,
    action: str,
    reverse: bool,
    pk_set: set[Any] | None,
    **signal: Any,
) -> None:
    changes = current_changes()
    if not changes or not action.startswith("pre_"):
        return
    if not reverse:
        changes.touch("networks", [instance.slug])
    elif pk_set is None:
        raise RuntimeError("Clear the list of each network instead of this record's.")
    else:
        slugs = Network.objects.filter(pk__in=pk_set).values_list("slug", flat=True)
        changes.touch("networks", list(slugs))


def _named(instance: Any) -> tuple[str, list[str]]:
    """Return the table and the public id of the record that an instance belongs to."""
    if isinstance(instance, NetworkFocusArea):
        instance = instance.network
    table = TABLE_OF_MODEL[type(instance)]
    return table.name, [table.record_id(table.key_row(instance))]
