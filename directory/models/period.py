"""Dates as the world writes them, and what they leave open.

A date is kept as written: a year, a month or a day. Here it becomes the first and the last day
that it can mean. What is not known stands at the far ends of time, never as NULL, so that every
question about a date is one comparison of two indexed columns.
"""

import calendar
import datetime
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

FAR_PAST = datetime.date.min
FAR_FUTURE = datetime.date.max

PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


class Days(NamedTuple):
    """The first and the last day that a date can mean."""

    first: datetime.date
    last: datetime.date


class Bounds(NamedTuple):
    """The possible days of joining and of leaving."""

    joined: Days
    left: Days


def possible_days(written: str) -> Days:
    """Return the first and last day of ``2019``, ``2019-05`` or ``2019-05-03``.

    Raises ValueError, with what would be right, for anything else.
    """
    match = PARTIAL_DATE.fullmatch(written)
    if match is None:
        raise ValueError(
            _("“%(written)s” is not a date; write 2019, 2019-05 or 2019-05-03")
            % {"written": written}
        )
    year = int(match["year"])
    if not 1800 <= year <= 2100:
        raise ValueError(_("the year %(year)d lies outside 1800 to 2100") % {"year": year})
    try:
        if match["day"]:
            day = datetime.date(year, int(match["month"]), int(match["day"]))
            return Days(day, day)
        if match["month"]:
            month = int(match["month"])
            last = calendar.monthrange(year, month)[1]
            return Days(datetime.date(year, month, 1), datetime.date(year, month, last))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(
            _("“%(written)s” is not in the calendar") % {"written": written}
        ) from error
    return Days(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def membership_bounds(
    joined: str, left: str, *, ended: bool = False, ended_seen: int | None = None
) -> Bounds:
    """Return the possible days of joining and leaving of a membership.

    ``left`` is the membership's last day, inclusive. ``ended`` without a date: the city left on
    a day not known, at the latest in ``ended_seen``, the year of the newest source (where even
    that is not known, there is no day on which membership can be claimed: the end lies at the
    first possible day of joining).

    Raises ValueError for a date that cannot be read, or for an end before the beginning.
    """
    joined_days = possible_days(joined) if joined else Days(FAR_PAST, FAR_FUTURE)
    if left:
        left_days = possible_days(left)
    elif ended:
        latest = datetime.date(ended_seen, 12, 31) if ended_seen else joined_days.first
        left_days = Days(joined_days.first, max(latest, joined_days.first))
    else:
        left_days = Days(FAR_FUTURE, FAR_FUTURE)
    if left_days.last < joined_days.first:
        raise ValueError(
            _("left %(left)s is before joined %(joined)s") % {"left": left, "joined": joined}
        )
    return Bounds(joined_days, left_days)
