"""Column types that behave the same on SQLite and PostgreSQL, and constraints they share."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from directory.models.text import validate_plain_text

# Addresses below /networks/, /cities/ and their like that are no record's.
RESERVED_SLUGS = frozenset({"search", "page", "compare", "feed", "new"})
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
LONGEST_SLUG = 80


def validate_slug(slug: str) -> None:
    """Raise ValidationError for a slug that no record may have."""
    if not re.fullmatch(SLUG, slug, re.ASCII):
        raise ValidationError(
            _("“%(slug)s” is not an id; write lower-case letters and digits, hyphens between."),
            code="not_a_slug",
            params={"slug": slug},
        )
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is reserved for an address of the site."),
            code="reserved_slug",
            params={"slug": slug},
        )


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

    default_validators = [validate_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_SLUG)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)


LONGEST_LIST_ITEM = 500


def validate_text_list(items: list[str]) -> None:
    """Raise ValidationError for anything but a list of short lines of text.

    A semicolon would end an item in the data package: an address writes it ``%3B``.
    """
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValidationError(_("This must be a list of texts."), code="not_a_list")
    for item in items:
        validate_plain_text(item)
        if not item.strip() or ";" in item or len(item) > LONGEST_LIST_ITEM:
            raise ValidationError(
                _("“%(item)s”: an item is 1 to %(longest)d characters long, without semicolon."),
                code="list_item",
                params={"item": item[:50], "longest": LONGEST_LIST_ITEM},
            )


class TextListField(models.JSONField):
    """A list of short lines of text: other names, synonyms, addresses of sources."""

    default_validators = [validate_text_list]


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


def public_slug(model: str) -> list[models.CheckConstraint]:
    """Return constraints that keep a slug short, lower-case and off the reserved words."""
    return [
        *bounded(model, slug=LONGEST_SLUG),
        models.CheckConstraint(
            condition=models.Q(slug=Lower("slug")) & ~models.Q(slug__in=sorted(RESERVED_SLUGS)),
            name=f"{model}_slug_allowed",
        ),
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
