"""The table of facets as of a date: which networks existed then, and who was a member.

All else is what it is today: what networks work on, where, and how one joins has no history here.
"""

import datetime
from dataclasses import replace
from typing import NamedTuple

from directory.models import Membership, Network
from directory.models.choices import Answer
from directory.search.facets import NetworkTable, members, network_table
from directory.search.per_revision import PerRevision

# Some MB with 10,000 networks of 100,000 cities. Whoever asks for one day after another makes each
# anew and takes no more; today's table has a place of its own.
DAYS_KEPT = 6


class Question(NamedTuple):
    """The day that is asked for, and the one on which it is asked."""

    day: datetime.date
    today: datetime.date


class TablesAsOf(NamedTuple):
    """What was so on the day: surely, and surely or possibly."""

    sure: NetworkTable
    possible: NetworkTable


def compute_tables(question: Question) -> TablesAsOf:
    """Read the tables as of a date from the database; a fixed number of queries."""
    today = network_table.get(question.today)
    existed = dict(
        Network.objects.public().as_of(question.day).values_list("pk", "as_of_answer").order_by()
    )
    surely = [pk for pk, answer in existed.items() if answer == Answer.YES]
    possible = _with_members(today, question.day, strict=False)
    sure = _with_members(today, question.day, strict=True)
    return TablesAsOf(
        sure=replace(sure, existing=today.bits(surely), possible_members=possible.members),
        possible=replace(possible, existing=today.bits(existed)),
    )


def _with_members(table: NetworkTable, day: datetime.date, *, strict: bool) -> NetworkTable:
    counted = members(Membership.objects.public().as_of(day, strict=strict), table.position)
    return replace(
        table,
        rows=[row._replace(listed=counted.listed[row.pk]) for row in table.rows],
        values={**table.values, "member_country": counted.countries},
        members=counted.by_city,
    )


tables_as_of: PerRevision[Question, TablesAsOf] = PerRevision(compute_tables, keeps=DAYS_KEPT)
