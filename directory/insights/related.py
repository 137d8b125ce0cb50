"""Networks related to a network, each with the reason why."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Membership, Network, NetworkFocusArea
from directory.models.choices import NetworkStatus

# What each tie is worth. A shared first focus area outweighs a handful of shared members.
SHARED_FOCUS = 3.0
SAME_COUNTRY = 2.0
SAME_SCOPE = 0.5
FAMILY = 20.0
MOST_FOR_MEMBERS = 8.0


@dataclass(frozen=True)
class RelatedNetwork:
    """A network, and why it is related, in words."""

    network: Network
    reason: str


def related_networks(
    network: Network, *, day: datetime.date, limit: int = 6
) -> list[RelatedNetwork]:
    """Return the networks most related to ``network``: by family, issue, place and members."""
    ranks = dict(network.focus_area_links.values_list("focus_area_id", "rank"))
    countries = set(network.countries.values_list("pk", flat=True))
    shared_members = _shared_members(network, day)
    ties = _Ties(network, ranks, countries, shared_members)
    candidates = (
        Network.objects.public()
        .filter(status__in=[NetworkStatus.ACTIVE, NetworkStatus.DORMANT])
        .exclude(pk=network.pk)
        .filter(
            pk__in={
                *NetworkFocusArea.objects.filter(focus_area__in=ranks).values_list(
                    "network_id", flat=True
                ),
                *shared_members,
                *_family(network),
            }
        )
        .with_facts()
    )
    scored = sorted(
        ((-ties.score(other), other.name_key, other.slug, other) for other in candidates),
        key=lambda item: item[:3],
    )
    return [RelatedNetwork(other, ties.reason(other)) for *_key, other in scored[:limit]]


def _family(network: Network) -> Iterable[int]:
    family = set(network.sections.values_list("pk", flat=True))
    if network.parent_id:
        family |= set(network.parent.sections.values_list("pk", flat=True)) | {network.parent_id}
    return family


def _shared_members(network: Network, day: datetime.date) -> dict[int, int]:
    memberships = Membership.objects.public().current(day).order_by()
    cities = memberships.filter(network=network).values("city")
    rows = (
        memberships.filter(city__in=cities)
        .exclude(network=network)
        .values_list("network_id")
        .annotate(Count("city", distinct=True))
    )
    return dict(rows)


class _Ties:
    """What ties other networks to one."""

    def __init__(
        self,
        network: Network,
        ranks: dict[int, int],
        countries: set[str],
        shared_members: dict[int, int],
    ) -> None:
        self._network = network
        self._ranks = ranks
        self._countries = countries
        self._shared_members = shared_members

    def score(self, other: Network) -> float:
        total = sum(
            SHARED_FOCUS / (self._ranks[link.focus_area_id] * link.rank) ** 0.5
            for link in other.focus_area_links.all()
            if link.focus_area_id in self._ranks
        )
        if self._countries & {country.pk for country in other.countries.all()}:
            total += SAME_COUNTRY
        if self._network.scope == other.scope:
            total += SAME_SCOPE
        if self._is_family(other):
            total += FAMILY
        shared = self._shared_members.get(other.pk, 0)
        total += MOST_FOR_MEMBERS * shared / (shared + 25)
        return round(total, 9)

    def reason(self, other: Network) -> str:
        reasons = []
        if other.pk == self._network.parent_id:
            reasons.append(_("this network is a part of it"))
        elif other.parent_id == self._network.pk:
            reasons.append(_("a part of this network"))
        elif self._is_family(other):
            reasons.append(_("a part of %(parent)s too") % {"parent": other.parent.name})
        areas = [
            link.focus_area.name
            for link in other.focus_area_links.all()
            if link.focus_area_id in self._ranks
        ]
        if areas:
            reasons.append(
                _("works on %(areas)s too") % {"areas": get_text_list(areas[:3], _("and"))}
            )
        shared = self._shared_members.get(other.pk, 0)
        if shared:
            reasons.append(
                ngettext(
                    "%(count)d member city in common",
                    "%(count)d member cities in common",
                    shared,
                )
                % {"count": shared}
            )
        return "; ".join(reasons)

    def _is_family(self, other: Network) -> bool:
        return (
            other.parent_id == self._network.pk
            or other.pk == self._network.parent_id
            or (other.parent_id is not None and other.parent_id == self._network.parent_id)
        )
