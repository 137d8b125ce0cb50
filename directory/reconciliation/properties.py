"""The properties of entities: the columns of the data package, and what hangs on an entity.

Their values are read for data extension, and compared where a question names them.
"""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.models import Membership
from directory.models.columns import Column
from directory.models.membership import current_on
from directory.reconciliation.entities import Entity, entities
from directory.reconciliation.kinds import CITY, KIND_OF_TABLE, KINDS, NETWORK, Kind

LONGEST_ID = 80
Value = str | int | float | Entity
Values = Mapping[str, list[Value]]
"""The values of a property by slug."""


@dataclass(frozen=True)
class Property:
    """One property of a kind of entity.

    ``of`` is the kind of its values where they are entities. ``read`` returns the values for
    records of the kind; where ``is_unique``, a value belongs to one entity.
    """

    id: str
    name: str | Promise
    description: str | Promise
    kind: Kind
    read: Callable[[Collection[Any], datetime.date], Values]
    of: Kind | None = None
    column: Column | None = None

    @property
    def is_unique(self) -> bool:
        """Whether a value of it names one entity."""
        return self.column is not None and self.column.unique and self.column.name != "position"

    @property
    def path(self) -> str:
        """The field that holds the value of a property of a column."""
        return self.column.fields[0]

    def may_be(self, value: str | float) -> bool:
        """Return whether a value could be one of the column's, so that it is worth a query."""
        text = str(value)
        if self.column.type == "integer":
            # Python refuses to read thousands of digits.
            is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
            return is_number and int(text) <= (self.column.maximum or 0)
        return 0 < len(text) <= LONGEST_ID and text.isprintable()


def _of_column(kind: Kind, column: Column) -> Property:
    of = KIND_OF_TABLE.get(column.references)

    def read(records: Collection[Any], day: datetime.date) -> Values:
        said = {record.slug: _listed(column.read(record)) for record in records}
        if of is None:
            return said
        named = entities(of, {slug for slugs in said.values() for slug in slugs})
        return {
            owner: [named[slug] for slug in slugs if slug in named] for owner, slugs in said.items()
        }

    # The names of columns are words of the data package, the same in every language.
    name = column.name.replace("_", " ").capitalize()
    return Property(column.name, name, column.description, kind, read, of, column)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value in ("", None) else [value]


def _networks_of_cities(records: Collection[Any], day: datetime.date) -> Values:
    pairs = list(
        Membership.objects.public()
        .filter(current_on(day), city__in=[record.pk for record in records])
        .order_by("network__name_key", "network__slug")
        .values_list("city__slug", "network__slug")
    )
    named = entities(NETWORK, {network for _city, network in pairs})
    found: dict[str, dict[str, Value]] = {record.slug: {} for record in records}
    for city, network in pairs:
        found[city][network] = named[network]
    return {city: list(networks.values()) for city, networks in found.items()}


def _listed_members(records: Collection[Any], day: datetime.date) -> Values:
    counted = (
        NETWORK.model._default_manager.public()
        .filter(pk__in=[record.pk for record in records])
        .annotate(
            listed=Count(
                "memberships__city", distinct=True, filter=Q(current_on(day, "memberships__"))
            )
        )
    )
    return {slug: [count] for slug, count in counted.values_list("slug", "listed")}


MORE = (
    Property(
        "networks",
        _("Networks"),
        _("The networks that the city is listed in as a current member."),
        CITY,
        _networks_of_cities,
        NETWORK,
    ),
    Property(
        "listed_members",
        _("Listed members"),
        _("How many cities are listed in the network as current members."),
        NETWORK,
        _listed_members,
    ),
)
PROPERTIES: dict[str, dict[str, Property]] = {
    kind.id: {column.name: _of_column(kind, column) for column in kind.table.columns}
    | {one.id: one for one in MORE if one.kind is kind}
    for kind in KINDS.values()
}
"""The properties by kind and id."""


def values_of(
    kind: Kind, slugs: Collection[str], names: Collection[str], day: datetime.date
) -> dict[str, dict[str, list[Value]]]:
    """Return the values of some properties of some records, by slug and property."""
    records = list(kind.table.instances(sorted(slugs)))
    read = {name: PROPERTIES[kind.id][name].read(records, day) for name in names}
    return {
        record.slug: {name: list(values.get(record.slug, ())) for name, values in read.items()}
        for record in records
    }
