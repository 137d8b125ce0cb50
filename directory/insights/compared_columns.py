"""A comparison as a table: a row for each city or network that any of those compared has."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.insights.comparing import Overlap, Sharing
from directory.models import Network
from directory.models.columns import Column, Row


def columns_of(sharing: Sharing) -> list[Column]:
    """Return the columns: what the row is of, then one for each record compared."""
    is_of_networks = isinstance(sharing.compared[0], Network)
    item, holds = ("city", "in_") if is_of_networks else ("network", "has_")
    columns = [
        Column(name=item, description=_("Permanent id."), read=lambda line: line[0].slug),
        Column(name="name", description=_("What it is called."), read=lambda line: line[0].name),
    ]
    if is_of_networks:
        columns.append(
            Column(
                name="country",
                description=_("ISO 3166-1 alpha-2 code, or XK."),
                read=lambda line: line[0].country.code,
            )
        )
    return [*columns, *(_holding(record, holds) for record in sharing.compared)]


def rows_of(sharing: Sharing) -> Iterator[Row]:
    """Yield a row for each item that any of the records compared has, those of all first."""
    columns = columns_of(sharing)
    for overlap in sharing.overlaps:
        for item in overlap.items:
            yield {column.name: column.read((item, overlap)) for column in columns}


def _holding(record: Any, prefix: str) -> Column:
    def is_held(line: tuple[Any, Overlap]) -> bool:
        return record in line[1].holders

    return Column(
        name=f"{prefix}{record.slug}",
        description=_("Whether the record of this id has it."),
        read=is_held,
        type="boolean",
    )
