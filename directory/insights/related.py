"""Networks related to a network, each with the reason why."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Membership, Network, NetworkFocusArea
from directory.models.choices import NetworkStatus
from directory.search.names import named

# What each tie is worth. A shared first focus area outweighs a handful of shared members.
SHARED_FOCUS = 3.0
SAME_COUNTRY = 2.0
SAME_SCOPE = 0.5
SAME_PARENT = 4.0
MOST_FOR_MEMBERS = 8.0
HALF_TIED = 25


@dataclass(frozen=True)
class RelatedNetwork:
    """A network, and why it is related, in words."""

    network: Network
    reason: str


def related_networks(
    network: Network, *, day: datetime.date, limit: int = 6
) -> list[RelatedNetwork]:
    """Return the networks most related to ``network``: by issue, place, members and parent.

    Not its parent nor its own sections: those are facts of the network, not a recommendation.
    """
    ranks = dict(network.focus_area_links.values_list("focus_area_id", "rank"))
    sisters = _sisters(network)
    shared_areas = _shared_areas(network, ranks)
    shared_members = _shared_members(network, day)
    neighbours = set(
        Network.countries.through.objects.filter(
            country_id__in=network.countries.values("pk")
        ).values_list("network_id", flat=True)
    )
    rows = (
        Network.objects.public()
        .filter(status__in=[NetworkStatus.ACTIVE, NetworkStatus.DORMANT])
        .exclude(pk__in=[network.pk, network.parent_id or network.pk])
        .exclude(parent=network.pk)
        .values_list("pk", "scope", "name_key", "slug")
    )
    scored = []
    for pk, scope, *name in rows:
        if pk not in shared_areas and pk not in shared_members and pk not in sisters:
            continue
        score = shared_areas.get(pk, 0.0) + MOST_FOR_MEMBERS * _share(shared_members.get(pk, 0))
        score += (
            SAME_COUNTRY * (pk in neighbours)
            + SAME_SCOPE * (scope == network.scope)
            + SAME_PARENT * (pk in sisters)
        )
        scored.append((-round(score, 9), *name, pk))
    best = [pk for *_key, pk in sorted(scored)[:limit]]
    networks = Network.objects.public().with_facts().in_bulk(best)
    return [
        RelatedNetwork(
            networks[pk],
            _reason(network, networks[pk], set(ranks), shared_members.get(pk, 0)),
        )
        for pk in best
    ]


def _sisters(network: Network) -> set[int]:
    """Return the other sections of the network's parent."""
    if network.parent_id is None:
        return set()
    return set(Network.objects.filter(parent=network.parent_id).values_list("pk", flat=True))


def _shared_areas(network: Network, ranks: dict[int, int]) -> dict[int, float]:
    """Return by network what focus areas in common are worth: the higher ranked, the more."""
    worth: dict[int, float] = defaultdict(float)
    links = NetworkFocusArea.objects.filter(focus_area__in=ranks).exclude(network=network)
    for other, area, rank in links.values_list("network_id", "focus_area_id", "rank"):
        worth[other] += SHARED_FOCUS / (ranks[area] * rank) ** 0.5
    return worth


def _shared_members(network: Network, day: datetime.date) -> dict[int, int]:
    """Return by network how many current member cities it has in common."""
    memberships = Membership.objects.public().current(day).order_by()
    cities = memberships.filter(network=network).values("city")
    rows = (
        memberships.filter(city__in=cities)
        .exclude(network=network)
        .values_list("network_id")
        .annotate(Count("city", distinct=True))
    )
    return dict(rows)


def _share(members: int) -> float:
    """Return how far so many members in common tie (0 to 1): the first ones count most."""
    return members / (members + HALF_TIED)


def _reason(network: Network, other: Network, areas: set[int], members: int) -> str:
    reasons = []
    if other.parent_id is not None and other.parent_id == network.parent_id:
        reasons.append(_("a part of %(parent)s too") % {"parent": other.parent.name})
    shared = [
        named(link.focus_area)
        for link in other.focus_area_links.all()
        if link.focus_area_id in areas
    ]
    if shared:
        reasons.append(_("works on %(areas)s too") % {"areas": get_text_list(shared[:3], _("and"))})
    if members:
        reasons.append(
            ngettext(
                "%(count)d member city in common", "%(count)d member cities in common", members
            )
            % {"count": members}
        )
    return "; ".join(reasons)
