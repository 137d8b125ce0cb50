"""The lists that can be taken whole: the filters of each, and the records that they leave."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet, Value

from directory.downloads.columns import ANSWER, COLUMN_SETS, ColumnSet
from directory.downloads.counting import networks_by
from directory.models.columns import Column, Row
from directory.models.membership import Membership
from directory.models.statement import Statement
from directory.search.cities import CitySort
from directory.search.filters import (
    CityFilter,
    DayFilterSet,
    MembershipFilter,
    NetworkFilter,
    StatementFilter,
)

# How many records are in memory at a time.
RECORDS_AT_ONCE = 500

FILTER_SETS: dict[str, type[DayFilterSet] | None] = {
    "networks": NetworkFilter,
    "cities": CityFilter,
    "memberships": MembershipFilter,
    "statements": StatementFilter,
    "focus-areas": None,
    "countries": None,
    "funders": None,
    "labels": None,
    "redirects": None,
}
"""The filters by list; some have none."""


@dataclass(frozen=True)
class Found:
    """The records that answer: how many, and either a queryset or their keys, in order.

    ``complete`` gives records what the list says of them beside their own columns: counts, and
    how surely they answer a day.
    """

    total: int
    records: QuerySet | Sequence[int]
    complete: Callable[[Iterable[Any]], None] | None = None


def find(name: str, filters: DayFilterSet | None, *, day: datetime.date) -> Found:
    """Return the records of a list that its valid filters leave, in the order asked for."""
    complete = None
    match name:
        case "networks":
            hits = filters.hits()
            return Found(hits.total, hits.ids, hits.complete)
        case "cities":
            hits = filters.hits()
            by_relevance = hits.criteria.order == CitySort.RELEVANCE
            return Found(hits.total, hits.ids if by_relevance else hits.rows, hits.complete)
        case "memberships" | "statements":
            rows = filters.qs.order_by("id")
        case "focus-areas":
            rows = _model(name).objects.public().in_display_order()
            complete = networks_by("focus_area", day)
        case "countries":
            rows = _model(name).objects.public().order_by("name_key", "code")
            complete = networks_by("member_country", day)
        case "funders":
            rows = _model(name).objects.public().order_by("name_key", "slug")
            complete = networks_by("funder", day)
        case "labels" | "redirects":
            rows = _model(name).objects.public().order_by(*COLUMN_SETS[name].table.order)
    return Found(rows.count(), rows, complete)


def unfiltered(name: str) -> QuerySet | None:
    """Return what the filters of a list start from."""
    models: dict[str, Any] = {"memberships": Membership, "statements": Statement}
    return models[name].objects.public() if name in models else None


def rows_of(name: str, found: Found, columns: Sequence[Column]) -> Iterator[Row]:
    """Yield the rows of what was found, a bounded number of records in memory at a time."""
    column_set = COLUMN_SETS[name]
    is_completed = any(column.name in column_set.completed for column in columns)
    needed = column_set.needed(columns)
    if _are_stored(column_set, found, needed):
        yield from _stored_rows(found.records, needed)
        return

    def read(record: Model) -> Row:
        return {column.name: column.read(record) for column in needed}

    # Only what is completed needs company: all else leaves record by record, the first at once.
    for records in _batches(column_set, found, RECORDS_AT_ONCE if is_completed else 1):
        if is_completed:
            found.complete(records)
        yield from map(read, records)


def _are_stored(column_set: ColumnSet, found: Found, columns: Sequence[Column]) -> bool:
    """Tell whether one query has all that the rows say, without a record being made of each."""
    return isinstance(found.records, QuerySet) and all(
        column.lookup and column.name not in column_set.completed for column in columns
    )


def _stored_rows(records: QuerySet, columns: Sequence[Column]) -> Iterator[Row]:
    if ANSWER not in records.query.annotations:
        records = records.annotate(**{ANSWER: Value("")})
    names = [column.name for column in columns]
    made = [(column.name, column.from_stored) for column in columns if column.from_stored]
    rows = records.values_list(*(column.lookup for column in columns))
    for values in rows.iterator(chunk_size=RECORDS_AT_ONCE):
        row = dict(zip(names, values, strict=True))
        for name, make in made:
            row[name] = make(row[name])
        yield row


def _model(name: str) -> type[Any]:
    return COLUMN_SETS[name].table.model


def _batches(column_set: ColumnSet, found: Found, size: int) -> Iterator[list[Model]]:
    if isinstance(found.records, QuerySet):
        records = _with_parts(column_set, found.records).iterator(chunk_size=RECORDS_AT_ONCE)
        while batch := list(islice(records, size)):
            yield batch
        return
    everything = _with_parts(column_set, column_set.table.model._default_manager.public())
    for start in range(0, len(found.records), RECORDS_AT_ONCE):
        keys = found.records[start : start + RECORDS_AT_ONCE]
        by_key = everything.in_bulk(keys)
        yield [by_key[key] for key in keys if key in by_key]


def _with_parts(column_set: ColumnSet, records: QuerySet) -> QuerySet:
    related = (*column_set.table.related, *column_set.related)
    return column_set.table.with_parts(records).select_related(*related)
