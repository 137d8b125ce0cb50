"""The change log: change sets, their entries, and the revision of the public data."""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.choices import Origin
from directory.models.fields import KeyField, PlainTextField, one_of


class AppendOnlyError(RuntimeError):
    """Raised by an attempt to change or delete what is written once: the change log, releases."""


def _refuse() -> NoReturn:
    raise AppendOnlyError(
        "This is written once: instead of changing the log or a release, write a new one."
    )


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are written once."""

    def update(self, **values: Any) -> NoReturn:
        _refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()


class LogRow(models.Model):
    """A row that is written once, never changed or deleted: of the change log, of a release."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


class Revision(models.Model):
    """The one counter row: the number of the newest change set.

    ``stamp`` is new with every number, so that what a process keeps in memory is told apart
    also from the same number after a restored backup.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4)
    # By table, the beginning of the stamp of the last change set that touched it.
    tables = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="revision_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class ChangeSet(LogRow):
    """All changes of public data of one transaction; append-only.

    ``actor`` is an opaque id of a person (empty: a command), ``office`` what they acted for.
    """

    id = models.BigAutoField(primary_key=True)
    # NULL only inside the transaction that makes it: no reader ever sees one without.
    revision = models.PositiveBigIntegerField(_("revision"), unique=True, null=True)
    made_at = models.DateTimeField(_("made at"))
    origin = KeyField(_("origin"), max_length=20, choices=Origin.choices)
    actor = KeyField(max_length=40, blank=True)
    office = PlainTextField(_("office"), max_length=200, blank=True)
    reason = PlainTextField(_("reason"), max_length=500)
    # The change set whose records this one put back to what they said before it.
    reverts = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reverted_by"
    )

    class Meta:
        constraints = [*one_of("change_set", origin=Origin)]

    def __str__(self) -> str:
        return f"{self.revision}: {self.reason}"


class Entry(LogRow):
    """One record's change: what it said before and after, as rows of the data package.

    ``network``, ``city`` and ``membership`` are the public ids of those in whose history the
    entry stands (empty: in none); see ``directory.history.subjects``.
    """

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("removed")

    id = models.BigAutoField(primary_key=True)
    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="entries")
    table = KeyField(max_length=20)
    record = KeyField(max_length=120)
    action = KeyField(max_length=10, choices=Action.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    network = KeyField(max_length=80, blank=True, default="")
    city = KeyField(max_length=80, blank=True, default="")
    membership = KeyField(max_length=20, blank=True, default="")
    # The suggestion that it came from, by number. No reference: the log outlives suggestions.
    submission = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["change_set", "table", "record"], name="entry_once_per_record"
            ),
            models.CheckConstraint(
                condition=models.Q(action="added", before__isnull=True, after__isnull=False)
                | models.Q(action="changed", before__isnull=False, after__isnull=False)
                | models.Q(action="removed", before__isnull=False, after__isnull=True),
                name="entry_before_and_after",
            ),
        ]
        indexes = [
            models.Index(fields=["table", "record", "id"], name="entry_by_record"),
            models.Index(fields=["network", "change_set"], name="entry_by_network"),
            models.Index(fields=["city", "change_set"], name="entry_by_city"),
            models.Index(fields=["membership", "change_set"], name="entry_by_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.table}/{self.record}"
