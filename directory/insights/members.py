"""Members of a network: who is, who was, who will be, and how many are listed.

The order of a network's members is worked out once while the data stand; a page of them is read by
its keys, so that it costs the same however many there are.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count

from directory.insights.statements import last_confirmed_in, newest_year_in, words_of
from directory.models import City, Country, Membership, Network
from directory.models.as_of import AsOf
from directory.models.membership import MembershipQuerySet, counted_on, is_current
from directory.search.facets import network_table
from directory.search.known import known_countries
from directory.search.names import of_cities_called
from directory.search.per_revision import PerRevision

# Networks of which the order of the members is kept.
NETWORKS_KEPT = 500
OWN = ("city_id", "role", "founder", "joined", "left", "ended", "standing")
OF_CITY = ("city__slug", "city__name", "city__country_id", "city__ended", "city__successor_id")
LIVES = ("left", "ended", "joined_first_day", "left_last_day")


class _Keys(NamedTuple):
    """The primary keys of a network's memberships, by country and name of the city."""

    current: Sequence[int]
    coming: Sequence[int]
    past: Sequence[int]


class _Asked(NamedTuple):
    network: int
    day: datetime.date


class MemberCity(NamedTuple):
    """The city of a membership."""

    pk: int
    slug: str
    name: str
    country: Country
    ended: int | None
    has_ended: bool


class Member(NamedTuple):
    """A membership as lists of members show it: plain values, of which a page has hundreds."""

    pk: int
    city: MemberCity
    role: str
    founder: bool
    joined: str
    left: str
    ended: bool
    standing: str
    # As of a date: whether it was then, or may have been.
    as_of_answer: str | None
    # Of its newest word, and of the last one by which city or network confirms it.
    newest_year: int | None
    last_confirmed: datetime.date | None


@dataclass(frozen=True)
class MemberList:
    """Memberships of a network by country and name of the city, read a page at a time."""

    keys: Sequence[int]
    # With what they answer, as of a date.
    memberships: MembershipQuerySet

    def __len__(self) -> int:
        return len(self.keys)

    def page(self, start: int = 0, stop: int | None = None) -> list[Member]:
        """Return some of them; two queries, or none."""
        keys = self.keys[start:stop]
        if not keys:
            return []
        answers = [name for name in ("as_of_answer",) if name in self.memberships.query.annotations]
        rows = self.memberships.filter(pk__in=keys).order_by()
        found = {
            row.pk: row for row in rows.values_list("pk", *OWN, *OF_CITY, *answers, named=True)
        }
        words = words_of(keys)
        countries = known_countries()
        return [
            _member(found[key], words.get(key, ()), countries[found[key].city__country_id])
            for key in keys
            if key in found
        ]


@dataclass(frozen=True)
class MemberLists:
    """A network's memberships on a day."""

    current: MemberList
    coming: MemberList
    past: MemberList


def members_of(
    network: Network, *, day: datetime.date, find: str = "", as_of: AsOf | None = None
) -> MemberLists:
    """Return the members of a network; ``find`` keeps cities or countries whose name holds it.

    As of a date, they are those of that day alone, each with its ``as_of_answer``.
    """
    memberships = Membership.objects.public().filter(network=network)
    if find:
        memberships = of_cities_called(memberships, find)
    if as_of:
        memberships = memberships.as_of(as_of.day, strict=as_of.strict)
        keys = _Keys(_in_order(memberships).values_list("pk", flat=True), (), ())
    elif find:
        keys = _sorted_out(memberships, day)
    else:
        keys = _kept_keys.get(_Asked(network.pk, day))
    return MemberLists(*(MemberList(list(each), memberships) for each in keys))


def _member(row: Any, words: Sequence[Any], country: Country) -> Member:
    return Member(
        pk=row.pk,
        city=MemberCity(
            row.city_id,
            row.city__slug,
            row.city__name,
            country,
            row.city__ended,
            row.city__ended is not None or row.city__successor_id is not None,
        ),
        role=row.role,
        founder=row.founder,
        joined=row.joined,
        left=row.left,
        ended=row.ended,
        standing=row.standing,
        as_of_answer=getattr(row, "as_of_answer", None),
        newest_year=newest_year_in(words),
        last_confirmed=last_confirmed_in(words),
    )


def _in_order(memberships: MembershipQuerySet) -> MembershipQuerySet:
    return memberships.order_by(
        "city__country__name_key", "city__name_key", "city__slug", "joined_first_day", "pk"
    )


def _sorted_out(memberships: MembershipQuerySet, day: datetime.date) -> _Keys:
    """Return which memberships are current on a day, which are to come, which are past."""
    rows = list(_in_order(memberships).values_list("pk", *LIVES, named=True))
    current = {row.pk for row in rows if is_current(row, day)}
    others = [row for row in rows if row.pk not in current]
    return _Keys(
        current=[row.pk for row in rows if row.pk in current],
        coming=[row.pk for row in others if row.joined_first_day > day],
        past=[row.pk for row in others if row.joined_first_day <= day],
    )


def _read_keys(asked: _Asked) -> _Keys:
    return _sorted_out(Membership.objects.public().filter(network=asked.network), asked.day)


_kept_keys = PerRevision(_read_keys, keeps=NETWORKS_KEPT, of=("memberships", "cities", "countries"))


def listed_members(day: datetime.date) -> dict[int, int]:
    """Return how many cities are listed as current members, by primary key of the network.

    From the table of facets, without counting again.
    """
    return {row.pk: row.listed for row in network_table.get(day).rows}


def count_listed_members(
    networks: Iterable[Network], *, day: datetime.date, as_of: AsOf | None = None
) -> list[Network]:
    """Return the networks, each given ``listed_members``: its cities on ``day``.

    As of a date with one query, else without any.
    """
    networks = list(networks)
    counts = listed_members(day) if as_of is None else _members_then(networks, day, as_of)
    for network in networks:
        network.listed_members = counts.get(network.pk, 0)
    return networks


def _members_then(networks: list[Network], day: datetime.date, as_of: AsOf) -> dict[int, int]:
    return dict(
        Membership.objects.public()
        .filter(counted_on(day, as_of))
        .filter(network__in=[network.pk for network in networks])
        .order_by()
        .values_list("network")
        .annotate(Count("city", distinct=True))
    )


def count_networks(cities: Iterable[City], *, day: datetime.date) -> list[City]:
    """Return the cities, each given ``network_count``: its networks on ``day``; one query."""
    cities = list(cities)
    counts = dict(
        Membership.objects.public()
        .current(day)
        .filter(city__in=[city.pk for city in cities])
        .order_by()
        .values_list("city")
        .annotate(Count("network", distinct=True))
    )
    for city in cities:
        city.network_count = counts.get(city.pk, 0)
    return cities
