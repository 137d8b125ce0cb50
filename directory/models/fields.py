"""Column types that behave the same on SQLite and PostgreSQL."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from directory.models.text import validate_plain_text


class KeyField(models.CharField):
    """Text ordered and compared by code point: slugs, sort keys, search terms.

    PostgreSQL would otherwise order by the language of its cluster, SQLite by bytes.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PlainTextField(models.CharField):
    """One line of text from the world: Unicode, bounded, without control characters."""

    default_validators = [validate_plain_text]


class SlugKeyField(KeyField):
    """A permanent public id in an address: lower-case letters, digits and hyphens."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)


def bounded(model: str, **lengths: int) -> list[models.CheckConstraint]:
    """Return constraints that keep text columns within their lengths (SQLite ignores varchar's).

    ``bounded("city", name=200)`` → ``CHECK (length(name) <= 200)`` named ``city_name_length``.
    """
    return [
        models.CheckConstraint(
            condition=LessThanOrEqual(Length(column), length), name=f"{model}_{column}_length"
        )
        for column, length in lengths.items()
    ]


def one_of(model: str, **choices: type[models.TextChoices]) -> list[models.CheckConstraint]:
    """Return constraints that allow a column its choices alone."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{column}__in": values.values}), name=f"{model}_{column}_known"
        )
        for column, values in choices.items()
    ]


def filled(model: str, *columns: str) -> list[models.CheckConstraint]:
    """Return constraints that forbid empty text in the columns."""
    return [
        models.CheckConstraint(condition=~models.Q(**{column: ""}), name=f"{model}_{column}_filled")
        for column in columns
    ]


FIRST_YEAR, LAST_YEAR = 1800, 2100


def plausible_year(model: str, *columns: str) -> list[models.CheckConstraint]:
    """Return constraints that keep years (or NULL: not known) between 1800 and 2100."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{column}__isnull": True})
            | models.Q(**{f"{column}__range": (FIRST_YEAR, LAST_YEAR)}),
            name=f"{model}_{column}_plausible",
        )
        for column in columns
    ]
