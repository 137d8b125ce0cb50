"""Focus areas with their networks: the tree with counts, and who works on one of them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Min, Q

from directory.insights.members import count_listed_members
from directory.models import FocusArea, Network, NetworkFocusArea
from directory.models.choices import NetworkStatus

STATUS_ORDER = NetworkStatus.values


@dataclass(frozen=True)
class AreaCount:
    """A focus area and how many networks work on it; a parent counts those of its children."""

    area: FocusArea
    networks: int
    children: list["AreaCount"] = field(default_factory=list)


def focus_area_tree() -> list[AreaCount]:
    """Return the top areas in display order, each with its children; two queries."""
    own: dict[int, set[int]] = defaultdict(set)
    for area, network in NetworkFocusArea.objects.values_list("focus_area_id", "network_id"):
        own[area].add(network)
    areas = list(FocusArea.objects.public().in_display_order())
    children: dict[int | None, list[FocusArea]] = defaultdict(list)
    for area in areas:
        children[area.parent_id].append(area)
    return [
        AreaCount(
            top,
            len(own[top.pk].union(*(own[child.pk] for child in children[top.pk]))),
            [AreaCount(child, len(own[child.pk])) for child in children[top.pk]],
        )
        for top in children[None]
    ]


def children_with_counts(area: FocusArea) -> list[AreaCount]:
    """Return the parts of a focus area with their counts; none for an area that is a part."""
    if area.parent_id is not None:
        return []
    return next(top.children for top in focus_area_tree() if top.area.pk == area.pk)


def works_on(area: FocusArea) -> Q:
    """Return the condition on networks that they work on an area or a part of it."""
    return Q(focus_area_links__focus_area=area) | Q(focus_area_links__focus_area__parent=area)


def networks_on(area: FocusArea, *, day: datetime.date) -> list[Network]:
    """Return networks that work on an area or a part of it: active ones first, then by rank.

    Each has ``rank`` (1: what it works on most) and ``listed_members``; among equals those with
    more listed members come first.
    """
    networks = (
        Network.objects.public()
        .filter(works_on(area))
        .annotate(rank=Min("focus_area_links__rank"))
        .with_facts()
    )
    return sorted(count_listed_members(networks, day=day), key=_by_use)


def _by_use(network: Network) -> tuple:
    """Return what orders networks for someone who looks for one to join; total."""
    at_work = STATUS_ORDER.index(network.status)
    return (at_work, network.rank, -network.listed_members, network.name_key, network.slug)
