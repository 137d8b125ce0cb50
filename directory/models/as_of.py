"""A day that a question is asked for, and how far a year leaves open what was so on it.

DESIGN.md, As of a date: a record answers a day with ``yes`` (surely), ``possible`` (by what its
dates leave open) or not at all.
"""

import datetime
from typing import NamedTuple

from django.db import models

from directory.models.choices import Answer


class AsOf(NamedTuple):
    """The day that a question is asked for; ``strict`` wants what is surely so alone."""

    day: datetime.date
    strict: bool = False


def begun_by(day: datetime.date) -> int:
    """Return the latest year of which every day is over or is ``day`` itself."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def not_ended_by(day: datetime.date) -> int:
    """Return the earliest year of which no day lies before ``day``."""
    return day.year if (day.month, day.day) == (1, 1) else day.year + 1


def answer(sure: models.Q) -> models.Case:
    """Return the column that says ``yes`` where the condition holds, else ``possible``."""
    return models.Case(
        models.When(sure, then=models.Value(Answer.YES.value)),
        default=models.Value(Answer.POSSIBLE.value),
        output_field=models.CharField(),
    )
