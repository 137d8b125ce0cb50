"""When networks were founded and ended, and how one network grew, as far as dates are known."""

import datetime
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from django.db.models import Q

from directory.models import FocusArea, Membership, Network
from directory.models.choices import NetworkStatus
from directory.search.per_revision import PerRevision

OVER = (NetworkStatus.ENDED, NetworkStatus.MERGED)
# Networks of which the growth is kept.
NETWORKS_KEPT = 500


@dataclass(frozen=True)
class YearOfNetworks:
    """How many networks were founded, and ended or merged, in a year."""

    year: int
    founded: int
    ended: int


@dataclass(frozen=True)
class Timeline:
    """Every year from the first to the last that is known, and what no year is known of."""

    years: list[YearOfNetworks]
    networks: int
    founded_unknown: int
    ended_unknown: int


@dataclass(frozen=True)
class YearOfMembers:
    """Members at the end of a year: surely, and possibly by what their dates leave open."""

    year: int
    sure: int
    possible: int


@dataclass(frozen=True)
class Growth:
    """The members of a network by year; ``undated`` of all memberships have no joining date."""

    years: list[YearOfMembers]
    memberships: int
    undated: int


def timeline(area: FocusArea | None = None) -> Timeline:
    """Return when the networks on a focus area (with its parts), or all, began and ended.

    One query.
    """
    networks = Network.objects.public()
    if area is not None:
        networks = networks.filter(Q(focus_areas=area) | Q(focus_areas__parent=area)).distinct()
    rows = list(networks.order_by("pk").values_list("pk", "founded", "ended", "status"))
    founded = Counter(began for _pk, began, _ended, _status in rows if began)
    over = Counter(ended for _pk, _began, ended, _status in rows if ended)
    known = founded.keys() | over.keys()
    return Timeline(
        years=[
            YearOfNetworks(year, founded[year], over[year])
            for year in (range(min(known), max(known) + 1) if known else ())
        ],
        networks=len(rows),
        founded_unknown=sum(1 for _pk, began, _ended, _status in rows if not began),
        ended_unknown=sum(1 for _pk, _began, ended, status in rows if status in OVER and not ended),
    )


def growth(network: Network, *, day: datetime.date) -> Growth:
    """Return how many members a network had at the end of each year, the last being ``day``.

    From the first year in which a city is known to have joined. Worked out once while the data
    stand, with one query.
    """
    return _kept_growth.get(_Asked(network.pk, day))


class _Asked(NamedTuple):
    network: int
    day: datetime.date


def _work_out_growth(asked: _Asked) -> Growth:
    day = asked.day
    memberships = Membership.objects.public().filter(network=asked.network)
    rows = list(
        memberships.order_by().values_list(
            "joined", "joined_first_day", "joined_last_day", "left_first_day", "left_last_day"
        )
    )
    first = min((int(row[0][:4]) for row in rows if row[0]), default=day.year + 1)
    ends = [min(datetime.date(year, 12, 31), day) for year in range(first, day.year + 1)]
    sure = _lasting(ends, ((joined, left) for _, _, joined, left, _ in rows))
    possible = _lasting(ends, ((joined, left) for _, joined, _, _, left in rows))
    years = [
        YearOfMembers(end.year, surely, possibly - surely)
        for end, surely, possibly in zip(ends, sure, possible, strict=True)
    ]
    return Growth(years, memberships=len(rows), undated=sum(1 for row in rows if not row[0]))


def _lasting(
    days: Sequence[datetime.date], periods: Iterable[tuple[datetime.date, datetime.date]]
) -> list[int]:
    """Return of how many periods each of the days is one; days in order, periods inclusive."""
    changes = [0] * (len(days) + 1)
    for first, last in periods:
        start, stop = bisect_left(days, first), bisect_right(days, last)
        if start < stop:
            changes[start] += 1
            changes[stop] -= 1
    return list(accumulate(changes))[: len(days)]


_kept_growth = PerRevision(_work_out_growth, keeps=NETWORKS_KEPT, of=("memberships",))
