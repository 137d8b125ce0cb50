"""The counts that stand beside records in a file, added to many of them at once."""

import datetime
from collections.abc import Callable, Sequence

from django.db.models import Model

from directory.insights.members import count_listed_members, count_networks
from directory.search.facets import network_table

Records = Sequence[Model]


def _members_of_networks(networks: Records, day: datetime.date) -> None:
    count_listed_members(networks, day=day)


def _networks_of_cities(cities: Records, day: datetime.date) -> None:
    for city in count_networks(cities, day=day):
        city.listed_networks = city.network_count


def _networks_by(facet: str) -> Callable[[Records, datetime.date], None]:
    """Return what adds how many networks have each record as their value of a facet."""

    def add(records: Records, day: datetime.date) -> None:
        values = network_table.get(day).values[facet]
        for record in records:
            value = values.get(getattr(record, "slug", None) or record.pk)
            record.listed_networks = value.bits.bit_count() if value else 0

    return add


ADD_COUNTS: dict[str, Callable[[Records, datetime.date], None]] = {
    "networks": _members_of_networks,
    "cities": _networks_of_cities,
    "focus-areas": _networks_by("focus_area"),
    "countries": _networks_by("member_country"),
    "funders": _networks_by("funder"),
}
"""What adds the counted columns to records of a list, by list."""
