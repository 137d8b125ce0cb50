"""The kinds of columns that the tables of the data package are made of."""

import datetime
from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any

from django.db import models

from directory.models.columns import Column, Keys
from directory.models.fields import FIRST_YEAR, LAST_YEAR, SLUG
from directory.models.membership import public_id

PARTIAL_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
# The largest number that both databases hold in an integer column.
LARGEST_INTEGER = 2_147_483_647

Writer = Callable[[Any, Any, Keys], None]


def _setter(attribute: str) -> Writer:
    def write(instance: Any, value: Any, keys: Keys) -> None:
        setattr(instance, attribute, value)

    return write


def plain(name: str, description: str, *, attribute: str = "", **schema: Any) -> Column:
    """Return a column that stands in the model as it stands in the file."""
    attribute = attribute or name
    return Column(
        name=name,
        description=description,
        read=attrgetter(attribute),
        write=_setter(attribute),
        lookup=attribute,
        fields=(attribute,),
        **schema,
    )


def slug(name: str, description: str, **schema: Any) -> Column:
    """Return a column that holds the public id of its own record."""
    return plain(
        name,
        description,
        attribute="slug",
        required=True,
        unique=True,
        pattern=SLUG,
        max_length=80,
        **schema,
    )


def numbered(name: str, description: str, *, letter: str) -> Column:
    """Return a column that holds a permanent numbered id, such as ``m00001``."""

    def write(instance: Any, value: str, keys: Keys) -> None:
        instance.pk = int(value[1:])

    return Column(
        name=name,
        description=description,
        read=attrgetter("public_id"),
        write=write,
        lookup="id",
        from_stored=(letter + "{:05d}").format,
        fields=("id",),
        required=True,
        unique=True,
        # Five digits or more, no needless zero in front, never the number zero.
        pattern=f"{letter}(?!00000$)([0-9]{{5}}|[1-9][0-9]{{5,11}})",
    )


def choice(name: str, description: str, choices: type[models.TextChoices]) -> Column:
    """Return a column that holds one of a closed list of values."""
    return plain(name, description, choices=choices, required=True)


def year(name: str, description: str) -> Column:
    """Return a column that holds a calendar year, or nothing."""
    return plain(name, description, type="integer", minimum=FIRST_YEAR, maximum=LAST_YEAR)


def partial_date(name: str, description: str) -> Column:
    """Return a column that holds a year, a month or a day as written, or nothing."""
    return plain(name, description, pattern=PARTIAL_DATE)


def day(name: str, description: str) -> Column:
    """Return a column that holds a day of the calendar."""

    def write(instance: Any, value: str, keys: Keys) -> None:
        setattr(instance, name, datetime.date.fromisoformat(value))

    return Column(
        name=name,
        description=description,
        type="date",
        read=lambda instance: getattr(instance, name).isoformat(),
        write=write,
        lookup=name,
        from_stored=datetime.date.isoformat,
        fields=(name,),
        required=True,
    )


def flag(name: str, description: str) -> Column:
    """Return a column that holds yes or no."""
    return plain(name, description, type="boolean", required=True)


def address(name: str, description: str, *, max_length: int = 300) -> Column:
    """Return a column that holds the address of a page, or nothing."""
    return plain(name, description, format="uri", max_length=max_length)


def reference(
    name: str, description: str, table: str, *, attribute: str = "", required: bool = False
) -> Column:
    """Return a column that holds the public id of another record, or nothing."""
    attribute = attribute or name
    # A country's code is its primary key: no need to fetch the country.
    path = f"{attribute}_id" if table == "countries" else attribute
    related = attrgetter(path)

    def read(instance: Any) -> str:
        found = related(instance)
        if found is None:
            return ""
        if isinstance(found, str):
            return found
        return found.public_id if table == "memberships" else found.slug

    def write(instance: Any, value: str, keys: Keys) -> None:
        setattr(instance, f"{attribute}_id", keys[table][value] if value else None)

    return Column(
        name=name,
        description=description,
        read=read,
        write=write,
        **_stored(attribute, table),
        fields=(attribute,),
        references=table,
        required=required,
    )


def _stored(attribute: str, table: str) -> dict[str, Any]:
    """Return where the database holds the public id of another record."""
    match table:
        case "countries":
            return {"lookup": f"{attribute}_id", "from_stored": lambda code: code or ""}
        case "memberships":
            return {"lookup": f"{attribute}_id", "from_stored": public_id}
        case _:
            return {"lookup": f"{attribute}__slug", "from_stored": lambda slug: slug or ""}


def texts(name: str, description: str, **schema: Any) -> Column:
    """Return a column that holds a list of texts in an order that is kept."""

    def write(instance: Any, value: list[str], keys: Keys) -> None:
        setattr(instance, name, list(value))

    return Column(
        name=name,
        description=description,
        type="list",
        read=lambda instance: list(getattr(instance, name)),
        write=write,
        fields=(name,),
        **schema,
    )


def links(
    name: str,
    description: str,
    table: str,
    read: Callable[[Any], list[str]],
    *,
    is_ranked: bool = False,
    required: bool = False,
) -> Column:
    """Return a column that holds a list of public ids of other records.

    Unless it ranks them, the list is a set, and ``read`` returns it in its one order.
    """
    return Column(
        name=name,
        description=description,
        type="list",
        read=read,
        fields=(name,),
        references=table,
        is_ranked=is_ranked,
        required=required,
        is_linked=True,
    )


def by_slug(ids: Collection[str]) -> models.Q:
    """Return the condition that finds records by their slugs."""
    return models.Q(slug__in=ids)


def by_number(ids: Collection[str]) -> models.Q:
    """Return the condition that finds records by numbered ids such as ``m00001``."""
    return models.Q(pk__in=[int(public_id[1:]) for public_id in ids])
