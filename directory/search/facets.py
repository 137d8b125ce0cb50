"""Facets: which networks have which value, as sets of bits, counted in one pass.

The table is computed once per revision and day. A set of networks is one Python integer with a
bit for each; every filter is an AND, every count a population count, so that counts are exact
under any combination and cost microseconds.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.models import (
    Country,
    FocusArea,
    Funder,
    Membership,
    Network,
    NetworkFocusArea,
    Region,
)
from directory.models.choices import Fee, Joining, Kind, NetworkStanding, NetworkStatus, Scope
from directory.models.membership import MembershipQuerySet
from directory.search.names import lazily_named
from directory.search.per_revision import PerRevision

Label = str | Promise


class Value(NamedTuple):
    """A value of a facet: its label, its depth in a tree, its networks as bits."""

    label: Label
    depth: int
    bits: int


class Row(NamedTuple):
    """What of a network is compared, sorted by or weighed."""

    pk: int
    slug: str
    name_key: str
    status: str
    founded: int | None
    listed: int
    stated: int


@dataclass(frozen=True)
class NetworkTable:
    """All networks with their facet values; bit ``i`` of every set stands for ``rows[i]``."""

    rows: list[Row]
    position: Mapping[int, int]
    values: Mapping[str, Mapping[str, Value]] = field(repr=False)
    members: Mapping[int, int] = field(repr=False)
    # As of a date: those that existed, and who may have been a member where `members` surely were.
    existing: int | None = None
    possible_members: Mapping[int, int] | None = field(default=None, repr=False)

    @property
    def everything(self) -> int:
        """The set of all networks."""
        return (1 << len(self.rows)) - 1

    def without_member(self, city: int) -> int:
        """Return the networks in which a city is not listed, not even as a possible member."""
        listed = self.members if self.possible_members is None else self.possible_members
        return self.everything & ~listed.get(city, 0)

    def bits(self, ids: Iterable[int]) -> int:
        """Return the set of the networks with these primary keys."""
        found = 0
        for pk in ids:
            if pk in self.position:
                found |= 1 << self.position[pk]
        return found

    def within(self, column: str, least: int | None, most: int | None) -> int:
        """Return the networks whose number in ``column`` is known and lies in the range."""
        found = 0
        for index, row in enumerate(self.rows):
            number = getattr(row, column)
            if number is None:
                continue
            if (least is None or number >= least) and (most is None or number <= most):
                found |= 1 << index
        return found

    def members_of(self, bits: int) -> Iterable[Row]:
        """Return the rows of a set."""
        return (row for index, row in enumerate(self.rows) if bits >> index & 1)


FACETS: dict[str, Label] = {
    "focus_area": _("Focus area"),
    "scope": _("Scope"),
    "region": _("Region"),
    "member_country": _("Country of members"),
    "status": _("Status"),
    "kind": _("Kind"),
    "joining": _("How to join"),
    "fee": _("Fee"),
    "funder": _("Funder"),
    "standing": _("Standing"),
}
RANGES: dict[str, Label] = {"founded": _("Founded"), "members": _("Listed members")}
RANGE_COLUMNS = {"founded": "founded", "members": "listed"}
CLOSED_LISTS: dict[str, type[TextChoices]] = {
    "scope": Scope,
    "status": NetworkStatus,
    "kind": Kind,
    "joining": Joining,
    "fee": Fee,
    "standing": NetworkStanding,
}


def compute_table(day: datetime.date) -> NetworkTable:
    """Read the table from the database; a fixed number of queries."""
    columns = ["pk", "slug", "name_key", "founded", "stated_members", *CLOSED_LISTS]
    networks = list(Network.objects.public().order_by("pk").values(*columns))
    position = {network["pk"]: index for index, network in enumerate(networks)}
    counted = members(Membership.objects.public().current(day), position)
    rows = [
        Row(
            pk=network["pk"],
            slug=network["slug"],
            name_key=network["name_key"],
            status=network["status"],
            founded=network["founded"],
            listed=counted.listed[network["pk"]],
            stated=network["stated_members"] or 0,
        )
        for network in networks
    ]
    values = {
        "focus_area": _focus_areas(position),
        "region": _regions(position),
        "member_country": counted.countries,
        "funder": _funders(position),
        **{name: _closed_list(name, networks) for name in CLOSED_LISTS},
    }
    return NetworkTable(rows, position, {name: values[name] for name in FACETS}, counted.by_city)


network_table: PerRevision[datetime.date, NetworkTable] = PerRevision(compute_table)


class Members(NamedTuple):
    """Networks by member city, values by country of members, listed cities by network."""

    by_city: dict[int, int]
    countries: dict[str, Value]
    listed: dict[int, int]


def members(memberships: MembershipQuerySet, position: Mapping[int, int]) -> Members:
    """Return what some memberships say of networks; two queries."""
    by_city: dict[int, int] = defaultdict(int)
    by_country: dict[str, int] = defaultdict(int)
    listed: dict[int, int] = defaultdict(int)
    rows = (
        memberships.order_by().values_list("network_id", "city_id", "city__country_id").distinct()
    )
    for network, city, country in rows.iterator(chunk_size=5000):
        if network not in position:
            # Added since the networks were read: the table will be computed anew.
            continue
        bit = 1 << position[network]
        by_city[city] |= bit
        by_country[country] |= bit
        listed[network] += 1
    countries = {
        country.code: Value(lazily_named(country), 0, by_country[country.code])
        for country in Country.objects.order_by("name_key", "code")
        if country.code in by_country
    }
    return Members(dict(by_city), countries, listed)


def _closed_list(name: str, networks: list[dict]) -> dict[str, Value]:
    found: dict[str, int] = defaultdict(int)
    for index, network in enumerate(networks):
        found[network[name]] |= 1 << index
    choices = CLOSED_LISTS[name]
    return {choice.value: Value(choice.label, 0, found[choice.value]) for choice in choices}


def _focus_areas(position: Mapping[int, int]) -> dict[str, Value]:
    """Return values by area; a parent has the networks of its children too."""
    areas = list(FocusArea.objects.public().in_display_order().select_related("parent"))
    own = _own_bits(NetworkFocusArea.objects.values_list("focus_area_id", "network_id"), position)
    below = _bits_below(((area.pk, area.parent_id) for area in areas), own)
    return {
        area.slug: Value(lazily_named(area), 1 if area.parent_id else 0, below[area.pk])
        for area in areas
    }


def _regions(position: Mapping[int, int]) -> dict[str, Value]:
    """Return values by region; a continent has the networks of its parts too.

    The world has only those that name it: "worldwide" is a statement of its own.
    """
    world = Region.objects.public().filter(parent=None).values_list("pk", flat=True)
    regions = list(Region.objects.public().order_by("name_key", "slug"))
    own = _own_bits(
        Network.regions.through.objects.values_list("region_id", "network_id"), position
    )
    below = _bits_below(
        (
            (region.pk, None if region.parent_id in world else region.parent_id)
            for region in regions
        ),
        own,
    )
    parts = defaultdict(list)
    for region in regions:
        parts[region.parent_id].append(region)
    values = {}
    for top in parts[None]:
        values[top.slug] = Value(lazily_named(top), 0, own[top.pk])
        for continent in parts[top.pk]:
            values[continent.slug] = Value(lazily_named(continent), 0, below[continent.pk])
            for part in parts[continent.pk]:
                values[part.slug] = Value(lazily_named(part), 1, below[part.pk])
    return values


def _own_bits(links: Iterable[tuple[int, int]], position: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for value, network in links:
        if network in position:
            found[value] |= 1 << position[network]
    return found


def _bits_below(tree: Iterable[tuple[int, int | None]], own: Mapping[int, int]) -> dict[int, int]:
    """Return each node's own networks and its children's (the trees are two levels deep)."""
    below: dict[int, int] = defaultdict(int)
    for node, parent in tree:
        below[node] |= own[node]
        if parent is not None:
            below[parent] |= own[node]
    return below


def _funders(position: Mapping[int, int]) -> dict[str, Value]:
    found = _own_bits(
        Network.funders.through.objects.values_list("funder_id", "network_id"), position
    )
    funders = Funder.objects.public().order_by("name_key", "slug").values_list("pk", "slug", "name")
    return {slug: Value(name, 0, found[pk]) for pk, slug, name in funders}
