"""Counts that stand beside records, read from the table of facets and not counted again."""

import datetime

from directory.search.facets import network_table


def networks_by(facet: str, day: datetime.date) -> dict[str, int]:
    """Return how many networks have each value of a facet, such as ``focus_area``."""
    values = network_table.get(day).values[facet]
    return {key: value.bits.bit_count() for key, value in values.items()}
