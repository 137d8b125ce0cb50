"""What memberships rest on: their statements, newest first, and how old the newest words are."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Prefetch

from directory.models import Membership, Statement
from directory.models.choices import Says, Voice

OLD_AFTER_YEARS = 5
OFFICES = (Voice.CITY, Voice.NETWORK)


def membership_with_statements(pk: int) -> Membership | None:
    """Return a membership with its names and its statements, newest first, or None."""
    newest_first = Statement.objects.public().order_by(
        F("source_year").desc(nulls_last=True), "-made", "-pk"
    )
    return (
        Membership.objects.public()
        .with_names()
        .prefetch_related(Prefetch("statements", newest_first))
        .filter(pk=pk)
        .first()
    )


def words_of(memberships: Collection[int]) -> dict[int, list[Any]]:
    """Return what memberships rest on, by their primary keys: plain values, in no order."""
    found: dict[int, list[Any]] = {}
    statements = Statement.objects.public().filter(membership__in=memberships).order_by()
    columns = ("membership_id", "voice", "says", "source_year", "made")
    for statement in statements.values_list(*columns, named=True):
        found.setdefault(statement.membership_id, []).append(statement)
    return found


def statement_year(statement: Statement) -> int | None:
    """Return the year of which a statement speaks; None for an undated source.

    A city, a network or an editor who names no year speaks of the day on which they speak.
    """
    if statement.source_year is None and statement.voice != Voice.SOURCE:
        return statement.made.year
    return statement.source_year


def newest_year(membership: Membership) -> int | None:
    """Return the newest year that a prefetched statement of a membership speaks of, if any."""
    return newest_year_in(membership.statements.all())


def newest_year_in(statements: Iterable[Statement]) -> int | None:
    """Return the newest year that any of the statements speaks of, if one does."""
    years = [statement_year(statement) for statement in statements]
    return max((year for year in years if year is not None), default=None)


def is_old(membership: Membership, day: datetime.date) -> bool:
    """Tell whether the newest word on a membership is older than five years on ``day``."""
    return is_old_by(newest_year(membership), day)


def is_old_by(year: int | None, day: datetime.date) -> bool:
    """Tell whether a newest word of that year is older than five years on ``day``."""
    return year is not None and day.year - year > OLD_AFTER_YEARS


def last_confirmed(membership: Membership) -> datetime.date | None:
    """Return the day on which city or network last said that it is a membership, if ever.

    From prefetched statements.
    """
    return last_confirmed_in(membership.statements.all())


def last_confirmed_in(words: Iterable[Statement]) -> datetime.date | None:
    """Return the day of the last of the statements by which city or network confirms, if any."""
    return max(
        (word.made for word in words if word.voice in OFFICES and word.says == Says.MEMBER),
        default=None,
    )


def year_before(day: datetime.date) -> datetime.date:
    """Return the day twelve months earlier: a word made before it is due to be said again."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def unconfirmed_by(confirmed: datetime.date | None, day: datetime.date) -> datetime.date | None:
    """Return when it was last confirmed, where that was more than twelve months before ``day``."""
    return confirmed if confirmed is not None and confirmed < year_before(day) else None
