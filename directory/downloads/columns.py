"""The columns of every list that can be taken whole: those of the data package, and more.

One registry for the form on pages, the parameter ``columns``, the files and the data dictionary.
Beside the columns of the package stand those that save a researcher a join, and counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from directory.models.choices import Answer
from directory.models.columns import Column, Table
from directory.models.tables import TABLES

# What a list says of its records only where it is asked as of a day.
ANSWER = "as_of_answer"


class UnknownColumns(ValueError):
    """Raised for names that are no columns of a list; ``names`` holds them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = list(names)


@dataclass(frozen=True, kw_only=True)
class ColumnSet:
    """The columns of one list: ``own`` stand in the data package, ``beside`` only in downloads.

    ``completed`` names those of ``beside`` that many records are given at a time, such as counts.
    """

    table: Table
    beside: tuple[Column, ...] = ()
    completed: frozenset[str] = frozenset()
    related: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns of the data package, in its order."""
        return self.table.columns

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Every column of the list by name, in the order of a file with all of them."""
        return {column.name: column for column in (*self.own, *self.beside)}

    @property
    def has_places(self) -> bool:
        """Whether each row lies somewhere on the map."""
        return {"latitude", "longitude"} <= self.by_name.keys()

    @property
    def identifier(self) -> str:
        """The column that holds the public id of the row's record."""
        return self.table.key[0]

    def chosen(self, names: Iterable[str]) -> tuple[Column, ...]:
        """Return the columns of these names in this order, each once; all where none is named.

        Raises UnknownColumns.
        """
        wanted = list(dict.fromkeys(names))
        unknown = [name for name in wanted if name not in self.by_name]
        if unknown:
            raise UnknownColumns(unknown)
        return tuple(self.by_name[name] for name in wanted or self.by_name)

    def needed(self, columns: Iterable[Column]) -> list[Column]:
        """Return what a row holds in which these columns are wanted: its id and its place, too."""
        needed = {column.name: column for column in columns}
        for name in (self.identifier, *(("latitude", "longitude") if self.has_places else ())):
            needed.setdefault(name, self.by_name[name])
        return list(needed.values())


def _beside(name: str, description: str, path: str, **schema: Any) -> Column:
    lookup = path.replace(".", "__")
    return Column(
        name=name, description=description, read=attrgetter(path), lookup=lookup, **schema
    )


def _count(name: str, description: str) -> Column:
    return _beside(name, description, name, type="integer", required=True, minimum=0)


def _answer(question: str) -> Column:
    return Column(
        name=ANSWER,
        description=f"{question} on the day of as_of: surely (yes) or possibly, by what years and "
        "dates leave open; empty without as_of.",
        read=lambda record: getattr(record, ANSWER, ""),
        lookup=ANSWER,
        choices=Answer,
    )


COLUMN_SETS: dict[str, ColumnSet] = {
    "networks": ColumnSet(
        table=TABLES["networks"],
        beside=(
            _count(
                "listed_members",
                "Number of its current member cities listed here, or of those on the day of as_of.",
            ),
            _answer("Whether it existed, with the members asked for,"),
        ),
        completed=frozenset({"listed_members", "as_of_answer"}),
    ),
    "cities": ColumnSet(
        table=TABLES["cities"],
        beside=(
            _beside("country_name", "Name of the country or territory.", "country.name"),
            _count(
                "listed_networks",
                "Number of networks that it is listed in today, or on the day of as_of.",
            ),
            _answer("Whether what was asked of it was so"),
        ),
        completed=frozenset({"listed_networks", "as_of_answer"}),
        related=("country",),
    ),
    "memberships": ColumnSet(
        table=TABLES["memberships"],
        beside=(
            _beside("network_name", "Name of the network.", "network.name"),
            _beside("city_name", "Name of the city.", "city.name"),
            _beside("country", "Country of the city.", "city.country_id", references="countries"),
            _beside(
                "latitude",
                "Degrees north of the city (WGS 84).",
                "city.latitude",
                type="number",
                minimum=-90,
                maximum=90,
            ),
            _beside(
                "longitude",
                "Degrees east of the city (WGS 84).",
                "city.longitude",
                type="number",
                minimum=-180,
                maximum=180,
            ),
            _answer("Whether it lasted"),
        ),
    ),
    "statements": ColumnSet(
        table=TABLES["statements"],
        beside=(
            _beside("network", "The network.", "membership.network.slug", references="networks"),
            _beside("city", "The city.", "membership.city.slug", references="cities"),
        ),
    ),
    "focus-areas": ColumnSet(
        table=TABLES["focus_areas"],
        beside=(_count("listed_networks", "Number of networks that work on it or its parts."),),
        completed=frozenset({"listed_networks"}),
    ),
    "countries": ColumnSet(
        table=TABLES["countries"],
        beside=(_count("listed_networks", "Number of networks with a member city there today."),),
        completed=frozenset({"listed_networks"}),
    ),
    "funders": ColumnSet(
        table=TABLES["funders"],
        beside=(_count("listed_networks", "Number of networks listed here that it pays for."),),
        completed=frozenset({"listed_networks"}),
    ),
    "labels": ColumnSet(table=TABLES["labels"]),
    "redirects": ColumnSet(table=TABLES["redirects"]),
}
"""The columns by list, named as in addresses."""
