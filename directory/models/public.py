"""What all public records share: they change inside a change set, or not at all."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.db import models
from django.dispatch import Signal

from directory.models.text import sort_key

# Django sends no signals for bulk writes. ``rows``: a queryset or a list of instances.
bulk_writing = Signal()
bulk_created = Signal()
change_set_is_open: ContextVar[bool] = ContextVar("change_set_is_open", default=False)


class OutsideChangeSet(RuntimeError):
    """Raised by a write to public data outside ``directory.history.change_set``."""


def _require_change_set(model: type[models.Model]) -> None:
    if not change_set_is_open.get():
        raise OutsideChangeSet(
            f"{model.__name__} is public data: write it inside directory.history.change_set(), "
            "so that the change log, the revision and the search index follow."
        )


class PublicQuerySet(models.QuerySet):
    """Rows that anyone may read; every way to write them asks for an open change set."""

    def public(self) -> Self:
        """Return what anonymous eyes may see: proposals and drafts live in other tables."""
        return self.all()

    def update(self, **values: Any) -> int:
        """Update rows; raises ValueError where that would leave a derived column behind."""
        _require_change_set(self.model)
        behind = self.model.with_derived(values) - values.keys()
        if behind:
            raise ValueError(
                f"{', '.join(sorted(behind))} would no longer fit: write it too, or save each row."
            )
        bulk_writing.send(self.model, rows=self)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_change_set(self.model)
        bulk_writing.send(self.model, rows=self)
        return super().delete()

    def bulk_create(self, objs: Iterable[models.Model], *args: Any, **kwargs: Any) -> list:
        _require_change_set(self.model)
        objs = list(objs)
        for record in objs:
            record.derive()
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            # Some may be there already: what they say now must be known.
            bulk_writing.send(self.model, rows=objs)
        created = super().bulk_create(objs, *args, **kwargs)
        bulk_created.send(self.model, rows=created)
        return created

    def bulk_update(
        self, objs: Iterable[models.Model], fields: Iterable[str], **kwargs: Any
    ) -> int:
        _require_change_set(self.model)
        objs = list(objs)
        for record in objs:
            record.derive()
        bulk_writing.send(self.model, rows=objs)
        return super().bulk_update(objs, sorted(self.model.with_derived(fields)), **kwargs)


class PublicRecord(models.Model):
    """A row of public data.

    ``derived`` names the columns that ``derive`` sets, by the column that they follow from.
    """

    derived: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Set the columns that follow from others of this row (sort keys, period bounds)."""

    @classmethod
    def with_derived(cls, fields: Iterable[str]) -> set[str]:
        """Return the columns together with those derived from them."""
        named = set(fields)
        return named.union(*(cls.derived.get(name, ()) for name in named))

    def save(self, *args: Any, **kwargs: Any) -> None:
        _require_change_set(type(self))
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = self.with_derived(kwargs["update_fields"])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _require_change_set(type(self))
        return super().delete(*args, **kwargs)


class NamedRecord(PublicRecord):
    """A public record that people look for by name."""

    derived = {"name": ("name_key",)}

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        self.name_key = sort_key(self.name)
