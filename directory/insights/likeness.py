"""How like two cities are, and the likest of each city: stored, and kept in step.

Likeness is the Jaccard index of current memberships: networks that both cities are in, over
networks that either is in (P. Jaccard, 1912, The New Phytologist 11(2)). What is stored holds for
the days between which no membership begins or ends; on others readers work it out themselves.
"""

import datetime
import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from directory.history import Changes
from directory.models import City, Likeness, LikenessDays, Membership
from directory.models.columns import Row
from directory.models.inserting import insert_rows
from directory.models.locking import share_row
from directory.models.membership import OPEN, is_current
from directory.models.period import FAR_FUTURE, FAR_PAST, membership_bounds
from directory.models.tables import TABLES
from directory.search.per_revision import PerRevision

# One network in common says little, whatever share it makes up.
LEAST_SHARED = 2
# How many are stored of each city.
MOST_STORED = 25
DIGITS = 9
BATCH = 500
LIVES = ("left", "ended", "joined_first_day", "left_last_day")
ONE_DAY = datetime.timedelta(days=1)


class Like(NamedTuple):
    """A city (its primary key) that is like another: how much (0 to 1), by how many networks."""

    other: int
    score: float
    shared: int


def jaccard(shared: int, own: int, others: int) -> float:
    """Return networks in common over networks of either, to nine digits."""
    return round(shared / (own + others - shared), DIGITS)


class Together:
    """Which cities are in which networks on a day, in memory; two queries."""

    def __init__(self, day: datetime.date) -> None:
        self.networks: dict[int, set[int]] = defaultdict(set)
        self.members: dict[int, set[int]] = defaultdict(set)
        rows = Membership.objects.public().current(day).order_by()
        for city, network in rows.values_list("city_id", "network_id"):
            self.networks[city].add(network)
            self.members[network].add(city)
        self._slugs = dict(City.objects.public().values_list("pk", "slug"))

    def shared_by(self, city: int) -> dict[int, int]:
        """Return the cities with two networks or more in common, and how many those are."""
        shared: Counter[int] = Counter()
        for network in self.networks.get(city, ()):
            shared.update(self.members[network])
        del shared[city]
        return {other: count for other, count in shared.items() if count >= LEAST_SHARED}

    def likest(self, city: int) -> list[Like]:
        """Return the cities most like one, the likest first, in a total order."""
        own = len(self.networks.get(city, ()))
        if own < LEAST_SHARED:
            return []
        likes = (
            Like(other, jaccard(count, own, len(self.networks[other])), count)
            for other, count in self.shared_by(city).items()
        )
        return heapq.nsmallest(MOST_STORED, likes, key=self._order)

    def _order(self, like: Like) -> tuple[float, int, str]:
        return (-like.score, -like.shared, self._slugs[like.other])


def stored_likest(city: City, *, day: datetime.date) -> list[Like] | None:
    """Return the stored cities most like one, the likest first; None where it is another day's."""
    # What is kept may be of yesterday: a new day moves no revision.
    if not any(days.first <= day <= days.last for days in _days_stored()):
        return None
    rows = Likeness.objects.filter(city=city).order_by("rank")
    return [Like(*row) for row in rows.values_list("other_id", "score", "shared")]


class _Days(NamedTuple):
    """From when to when what is stored holds; both ends inclusive."""

    first: datetime.date
    last: datetime.date


# Where nothing is stored.
NO_DAYS = _Days(FAR_FUTURE, FAR_PAST)


def _days_stored() -> Iterator[_Days]:
    """Yield the days as they are kept, then, where those are not right, as they are."""
    yield _kept_days.get(None)
    yield _read_days(None)


def _read_days(_key: None) -> _Days:
    days = LikenessDays.objects.filter(pk=1).values_list("first_day", "last_day")
    return next(itertools.starmap(_Days, days), NO_DAYS)


_kept_days = PerRevision(_read_days, of=("memberships", "cities"))


def unchanging_days(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day around ``day`` between which no membership begins or ends."""
    dated = Membership.objects.public().exclude(OPEN)
    found = dated.aggregate(
        began=Max("joined_first_day", filter=Q(joined_first_day__lte=day)),
        begins=Min("joined_first_day", filter=Q(joined_first_day__gt=day)),
        ended=Max("left_last_day", filter=Q(left_last_day__lt=day)),
        ends=Min("left_last_day", filter=Q(left_last_day__gte=day)),
    )
    first = [found["began"], found["ended"] and found["ended"] + ONE_DAY]
    last = [found["begins"] and found["begins"] - ONE_DAY, found["ends"]]
    return (
        max((each for each in first if each), default=FAR_PAST),
        min((each for each in last if each), default=FAR_FUTURE),
    )


def follow(changes: Changes) -> None:
    """Work out anew what a change set touched: its cities, and those that share networks with them.

    Called inside the change set's transaction. Whoever comes at the same time waits for the other
    to commit, and so sees what the other wrote; only what moves no city, such as a membership of
    years ago, waits for nobody.
    """
    if not (changes.touched.get("memberships") or changes.touched.get("cities")):
        return
    day = timezone.now().date()
    moved = _moved(changes, day)
    bounds = _bounds(changes)
    if moved or not _still_holds(day, bounds):
        _follow_alone(changes, moved, day)


def _follow_alone(changes: Changes, moved: Collection[str], day: datetime.date) -> None:
    days = LikenessDays.objects.select_for_update().filter(pk=1).first()
    if days is None or not days.first_day <= day <= days.last_day:
        rebuild(day=day)
        return
    together = Together(day)
    touched = _cities(moved)
    _store(together, touched | _resting_on(touched, together) | _left_behind(changes, together))
    _note_days(day)


def _still_holds(day: datetime.date, bounds: Collection[datetime.date]) -> bool:
    """Tell whether what is stored holds for the same days, whatever these bounds are of.

    One that begins or ends beside those days may be why they are no more. Where it holds, nobody
    works out anew for which days it does until the transaction ends.
    """
    with transaction.atomic():
        share_row(LikenessDays, 1)
        days = LikenessDays.objects.filter(pk=1).first()
        if days is not None and days.first_day <= day <= days.last_day:
            first, last = days.first_day.toordinal() - 1, days.last_day.toordinal() + 1
            if not any(first <= bound.toordinal() <= last for bound in bounds):
                return True
        # Let go before waiting to be alone: two that both wait for the other would wait for ever.
        transaction.set_rollback(True)
        return False


def _bounds(changes: Changes) -> set[datetime.date]:
    """Return on which days touched memberships began and ended, and do now, but those of no end."""
    found: set[datetime.date] = set()
    for row in changes.rows_before("memberships"):
        if row["left"]:
            joined, left = membership_bounds(str(row["joined"]), str(row["left"]))
            found |= {joined.first, left.last}
    for row in _touched_rows(changes):
        if row.left or row.ended:
            found |= {row.joined_first_day, row.left_last_day}
    return found


def _moved(changes: Changes, day: datetime.date) -> set[str]:
    """Return the cities that are in other networks than before on a day, and those touched.

    Rather one too many: of an end that is not known a row of the log does not say when it was.
    """
    moved = set(changes.touched.get("cities", ()))
    before, now = set(), set()
    for row in changes.rows_before("memberships"):
        city, network = str(row["city"]), str(row["network"])
        if row["ended"] and not row["left"]:
            moved.add(city)
        elif _was_current(row, day):
            before.add((city, network))
    for row in _touched_rows(changes):
        if row.ended and not row.left:
            moved.add(row.city__slug)
        elif is_current(row, day):
            now.add((row.city__slug, row.network__slug))
    return moved | {city for city, _network in before ^ now}


def _was_current(row: Row, day: datetime.date) -> bool:
    joined, left = membership_bounds(str(row["joined"]), str(row["left"]))
    return joined.first <= day <= left.last or not row["left"]


def _touched_rows(changes: Changes) -> Iterator[Any]:
    """Yield what the touched memberships say now."""
    columns = ("city__slug", "network__slug", *LIVES)
    for batch in _in_batches(sorted(changes.touched.get("memberships", ()))):
        rows = Membership.objects.filter(TABLES["memberships"].find(batch)).order_by()
        yield from rows.values_list(*columns, named=True)


def rebuild(*, day: datetime.date | None = None) -> int:
    """Work out the likest of every city; returns of how many cities something else is stored."""
    day = day or timezone.now().date()
    with transaction.atomic():
        _note_days(day)
        together = Together(day)
        stored = Likeness.objects.order_by().values_list("city_id", flat=True).distinct()
        return _store(together, {*together.networks, *stored})


def renew_likeness(*, now: datetime.datetime) -> int:
    """Work out the likest of every city where a membership began or ended by its date."""
    with transaction.atomic():
        day = now.date()
        days = LikenessDays.objects.select_for_update().filter(pk=1).first()
        if days is not None and days.first_day <= day <= days.last_day:
            return 0
        return rebuild(day=day)


def _cities(slugs: Collection[str]) -> set[int]:
    """Return the primary keys of cities; of those that are no more, none."""
    found: set[int] = set()
    for batch in _in_batches(sorted(slugs)):
        found.update(City.objects.filter(slug__in=batch).values_list("pk", flat=True))
    return found


def _resting_on(cities: Collection[int], together: Together) -> set[int]:
    """Return the cities that are like some cities now, or are stored as like them."""
    found: set[int] = set()
    for city in cities:
        found.update(together.shared_by(city))
    for batch in _in_batches(sorted(cities)):
        rows = Likeness.objects.filter(other__in=batch)
        found.update(rows.values_list("city_id", flat=True))
    return found


def _left_behind(changes: Changes, together: Together) -> set[int]:
    """Return who was in a network together with cities that are no more.

    What was stored of them went with them, and so did the word of who was like them.
    """
    rows = list(changes.rows_before("memberships"))
    slugs = {str(row["city"]) for row in rows}
    present: set[str] = set()
    for batch in _in_batches(sorted(slugs)):
        present.update(City.objects.filter(slug__in=batch).values_list("slug", flat=True))
    networks = {str(row["network"]) for row in rows if row["city"] not in present}
    found: set[int] = set()
    for batch in _in_batches(sorted(networks)):
        members = Membership.objects.filter(network__slug__in=batch)
        found.update(members.values_list("city_id", flat=True))
    return found


def _store(together: Together, cities: Collection[int]) -> int:
    """Write the likest of the cities wherever something else is stored; return of how many."""
    written = 0
    for batch in _in_batches(sorted(cities)):
        stored = stored_by_city(batch)
        likest = {city: together.likest(city) for city in batch}
        different = [city for city in batch if likest[city] != stored[city]]
        Likeness.objects.filter(city__in=[city for city in different if stored[city]]).delete()
        insert_rows(
            Likeness,
            ["city", "rank", *Like._fields],
            [
                (city, rank, *like)
                for city in different
                for rank, like in enumerate(likest[city], start=1)
            ],
        )
        written += len(different)
    return written


def stored_by_city(cities: Collection[int]) -> Mapping[int, list[Like]]:
    """Return what is stored of each of the cities, the likest first; one query."""
    stored: dict[int, list[Like]] = {city: [] for city in cities}
    rows = Likeness.objects.filter(city__in=cities).order_by("city_id", "rank")
    for city, *like in rows.values_list("city_id", "other_id", "score", "shared"):
        stored[city].append(Like(*like))
    return stored


def _note_days(day: datetime.date) -> None:
    first, last = unchanging_days(day)
    LikenessDays.objects.update_or_create(pk=1, defaults={"first_day": first, "last_day": last})


def _in_batches(items: list) -> Iterable[list]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
