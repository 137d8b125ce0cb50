"""The networks of a city: its memberships by the issue that each network works on most."""

import datetime
from dataclasses import dataclass

from directory.insights.statements import words_of
from directory.models import City, FocusArea, Membership, Network
from directory.models.as_of import AsOf
from directory.models.membership import MembershipQuerySet
from directory.models.network import NetworkQuerySet
from directory.search.known import known_networks


@dataclass(frozen=True)
class AreaMemberships:
    """Memberships in networks whose first focus area is, or lies under, ``area``."""

    area: FocusArea | None
    memberships: list[Membership]


@dataclass(frozen=True)
class CityMemberships:
    """A city's memberships on a day: current ones by focus area, the others by network."""

    current: list[AreaMemberships]
    coming: list[Membership]
    past: list[Membership]

    @property
    def all_current(self) -> list[Membership]:
        """The current memberships, whatever their focus area."""
        return [membership for group in self.current for membership in group.memberships]

    @property
    def count(self) -> int:
        """How many current memberships there are."""
        return len(self.all_current)


def memberships_of(city: City, *, day: datetime.date, as_of: AsOf | None = None) -> CityMemberships:
    """Return the memberships of a city, each given its network and ``words``; two queries.

    As of a date, they are those of that day alone, each with its ``as_of_answer``.
    """
    memberships = Membership.objects.public().filter(city=city)
    if as_of:
        then = _with_networks(city, memberships.as_of(as_of.day, strict=as_of.strict))
        return CityMemberships(current=_by_area(then), coming=[], past=[])
    rows = _with_networks(city, memberships)
    others = [row for row in rows if not row.is_current_on(day)]
    return CityMemberships(
        current=_by_area([row for row in rows if row.is_current_on(day)]),
        coming=[row for row in others if row.joined_first_day > day],
        past=[row for row in others if row.joined_first_day <= day],
    )


def _with_networks(city: City, memberships: MembershipQuerySet) -> list[Membership]:
    """Return memberships of a city with their networks, by these, and what they rest on."""
    networks = known_networks().by_key
    rows = list(memberships.order_by())
    words = words_of([row.pk for row in rows])
    for row in rows:
        row.city, row.network = city, networks[row.network_id]
        row.words = words.get(row.pk, ())
    return sorted(
        rows,
        key=lambda row: (row.network.name_key, row.network.slug, row.joined_first_day, row.pk),
    )


def _by_area(memberships: list[Membership]) -> list[AreaMemberships]:
    groups: dict[FocusArea | None, list[Membership]] = {}
    for membership in memberships:
        groups.setdefault(_top_area(membership), []).append(membership)
    ordered = sorted(groups, key=lambda area: (area is None, area.position if area else 0))
    return [AreaMemberships(area, groups[area]) for area in ordered]


def _top_area(membership: Membership) -> FocusArea | None:
    links = membership.network.focus_area_links.all()
    area = links[0].focus_area if links else None
    return area.parent or area if area else None


def networks_of(city: City, *, day: datetime.date) -> NetworkQuerySet:
    """Return the networks of which a city is a member on ``day``, by name."""
    current = Membership.objects.public().current(day).filter(city=city).order_by()
    return Network.objects.public().filter(pk__in=current.values("network")).by_name()
