"""What funders pay for: the broad focus areas of the networks that they fund."""

import datetime
from collections import Counter, defaultdict
from typing import NamedTuple

from directory.insights.coverage.counting import networks_on_day
from directory.models import FocusArea, Funder, Network, NetworkFocusArea


class AreaPaidFor(NamedTuple):
    """A broad focus area, and how many networks on it a funder pays for."""

    area: FocusArea
    networks: int


class PaidFor(NamedTuple):
    """A funder and what it pays for, that with most networks first."""

    funder: Funder
    areas: list[AreaPaidFor]


def paid_for(day: datetime.date) -> list[PaidFor]:
    """Return what each funder pays for, of networks at work on a day; four queries."""
    at_work = set(
        Network.objects.public().filter(networks_on_day(day)).values_list("pk", flat=True)
    )
    areas = {area.pk: area for area in FocusArea.objects.public().in_display_order()}
    broad: dict[int, set[int]] = defaultdict(set)
    for area, network in NetworkFocusArea.objects.values_list("focus_area_id", "network_id"):
        broad[network].add(areas[area].parent_id or area)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for funder, network in Network.funders.through.objects.values_list("funder_id", "network_id"):
        if network in at_work:
            counts[funder].update(broad[network])
    return [
        PaidFor(
            funder,
            [
                AreaPaidFor(areas[area], count)
                for area, count in sorted(
                    counts[funder.pk].items(),
                    key=lambda item: (-item[1], areas[item[0]].position, item[0]),
                )
            ],
        )
        for funder in Funder.objects.public().order_by("name_key", "slug")
        if funder.pk in counts
    ]
