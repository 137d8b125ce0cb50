"""Networks related to a network, each with the reason why."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Membership, Network
from directory.models.choices import NetworkStatus
from directory.search.known import known_networks
from directory.search.names import named
from directory.search.per_revision import PerRevision

# What each tie is worth. A shared first focus area outweighs a handful of shared members.
SHARED_FOCUS = 3.0
SAME_COUNTRY = 2.0
SAME_SCOPE = 0.5
SAME_PARENT = 4.0
MOST_FOR_MEMBERS = 8.0
HALF_TIED = 25
AT_WORK = (NetworkStatus.ACTIVE, NetworkStatus.DORMANT)
# So many are ranked of a network, and that is kept of so many networks.
MOST_RANKED = 20
NETWORKS_KEPT = 500


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
    known = known_networks()
    networks, areas = known.by_key, known.ranks[network.pk]
    return [
        RelatedNetwork(networks[pk], _reason(network, networks[pk], areas, members))
        for pk, members in _ranked.get(_Asked(network.pk, day))[:limit]
    ]


class _Asked(NamedTuple):
    network: int
    day: datetime.date


def _rank(asked: _Asked) -> list[tuple[int, int]]:
    """Return the related networks, best first, each with the number of members in common."""
    known = known_networks()
    network, ranks = known.by_key[asked.network], known.ranks[asked.network]
    countries = known.countries[asked.network]
    shared_members = _count_shared_members(network, asked.day)
    scored = []
    for other in known.by_key.values():
        if not _may_be_related(network, other):
            continue
        areas = _shared_areas(known.ranks[other.pk], ranks)
        members = shared_members.get(other.pk, 0)
        is_sister = _is_sister(network, other)
        if not areas and not members and not is_sister:
            continue
        score = (
            areas
            + MOST_FOR_MEMBERS * _share(members)
            + SAME_COUNTRY * (not countries.isdisjoint(known.countries[other.pk]))
            + SAME_SCOPE * (other.scope == network.scope)
            + SAME_PARENT * is_sister
        )
        scored.append((-round(score, 9), other.name_key, other.slug, other.pk, members))
    return [(pk, members) for *_key, pk, members in sorted(scored)[:MOST_RANKED]]


_ranked = PerRevision(
    _rank, keeps=NETWORKS_KEPT, of=("memberships", "networks", "focus_areas", "countries")
)


def _may_be_related(network: Network, other: Network) -> bool:
    if other.status not in AT_WORK:
        return False
    return other.pk not in (network.pk, network.parent_id) and other.parent_id != network.pk


def _is_sister(network: Network, other: Network) -> bool:
    """Tell whether both are sections of one network."""
    return network.parent_id is not None and other.parent_id == network.parent_id


def _shared_areas(others: Mapping[int, int], ranks: Mapping[int, int]) -> float:
    """Return what focus areas in common are worth: the higher ranked, the more."""
    return sum(
        SHARED_FOCUS / (ranks[area] * rank) ** 0.5 for area, rank in others.items() if area in ranks
    )


def _count_shared_members(network: Network, day: datetime.date) -> Mapping[int, int]:
    """Return by network how many current member cities it has in common with one."""
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


def _reason(network: Network, other: Network, areas: Collection[int], members: int) -> str:
    reasons = []
    if _is_sister(network, other):
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
