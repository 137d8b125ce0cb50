"""The counts that stand beside the records of short lists, added to many of them at once."""

import datetime
from collections.abc import Callable, Iterable

from django.db.models import Model

from directory.search.facets import network_table


def networks_by(facet: str, day: datetime.date) -> Callable[[Iterable[Model]], None]:
    """Return what gives records ``listed_networks``: how many have each as value of a facet."""

    def complete(records: Iterable[Model]) -> None:
        values = network_table.get(day).values[facet]
        for record in records:
            value = values.get(getattr(record, "slug", None) or record.pk)
            record.listed_networks = value.bits.bit_count() if value else 0

    return complete
