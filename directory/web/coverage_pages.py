"""The matrix of coverage as its page shows it: rows, columns, and where each figure leads."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from directory.insights.coverage import Gap, RegionCoverage, RowCoverage, largest_gaps
from directory.insights.coverage.asking import FIRST_YEAR, PARAMETERS, Question
from directory.insights.coverage.counting import listed_of_stated
from directory.insights.coverage.funding import PaidFor, paid_for
from directory.models import Network, Region
from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress


@dataclass(frozen=True)
class Figure:
    """A cell: its figures, and the address of what is behind them."""

    figures: RegionCoverage
    url: str


@dataclass(frozen=True)
class Row:
    """A row: its totals, its cells, and the address that shows its parts, if it has any."""

    coverage: RowCoverage
    cells: list[Figure]
    parts_url: str


class Matrix:
    """What a request asks of coverage; raises BadAddress where that cannot be."""

    def __init__(
        self, request: HttpRequest, *, day: datetime.date, by_funder: bool = False
    ) -> None:
        try:
            self.question = Question.of(request.GET, day=day)
        except ValidationError as mistake:
            raise BadAddress(mistake.messages[0]) from mistake
        self.day = day
        self.address = Address.of(request.path, request.GET, PARAMETERS)
        self.by_funder = by_funder

    @cached_property
    def coverage(self) -> list[RowCoverage]:
        """The coverage of all rows that there are."""
        question = self.question
        return question.funders(self.day) if self.by_funder else question.rows(self.day)

    @cached_property
    def regions(self) -> list[Region]:
        """The columns: continents, or the parts of one."""
        asked = self.question.region
        return [
            figures.region
            for figures in (self.coverage[0].regions if self.coverage else ())
            # Nobody lives in towns of Antarctica, and no city network is missing there.
            if figures.population and _is_column(figures, asked)
        ]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that were asked for, each with a cell for each column."""
        columns = {region.pk for region in self.regions}
        return [
            Row(row, self._cells(row, columns), self._parts_url(row))
            for row in self.coverage
            if self.by_funder or self.question.is_asked_row(row)
        ]

    @property
    def years(self) -> range:
        """The years that may be asked for, the latest first: of this one the end has not come."""
        return range(self.day.year - 1, FIRST_YEAR - 1, -1)

    @property
    def year(self) -> int | None:
        """The year that is asked for."""
        return self.question.as_of.day.year if self.question.as_of else None

    @property
    def without_region(self) -> str:
        """The address with the continents as columns."""
        return str(self.address.without("region"))

    @property
    def without_area(self) -> str:
        """The address with the broad focus areas as rows."""
        return str(self.address.without("area"))

    def having(self, name: str, value: str) -> str:
        """Return the address with one thing asked differently."""
        return str(self.address.having(name, value))

    @cached_property
    def continents(self) -> list[Region]:
        """The regions whose parts can be asked for."""
        return [
            figures.region
            for figures in (self.coverage[0].regions if self.coverage else ())
            if figures.level == 1 and figures.population
        ]

    @cached_property
    def gaps(self) -> list[Gap]:
        """The largest gaps among the rows."""
        return [] if self.by_funder else largest_gaps(self.coverage)

    @cached_property
    def unlisted(self) -> list[Network]:
        """The networks at work of which no member is listed."""
        pks = frozenset().union(*(row.unlisted for row in self.coverage))
        return list(Network.objects.public().filter(pk__in=pks).order_by("name_key", "slug"))

    @cached_property
    def listed(self) -> tuple[int, int, int]:
        """Members listed here of those that networks state, those stated, and a share of 100."""
        then = self.question.as_of.day if self.question.as_of else self.day
        listed, stated = listed_of_stated(self.question.memberships(self.day), day=then)
        return listed, stated, round(100 * listed / stated) if stated else 0

    @property
    def file_query(self) -> str:
        """What the file with the same answers is asked for."""
        query = str(self.address.without("area", "region"))
        return query.removeprefix(self.address.path)

    @property
    def api_query(self) -> str:
        """What the API is asked for to say the same."""
        if self.question.as_of is None:
            return ""
        precision = "&precision=strict" if self.question.as_of.strict else ""
        return f"?as_of={self.question.as_of.day.isoformat()}{precision}"

    @cached_property
    def paid_for(self) -> list[PaidFor]:
        """What each funder pays for."""
        return paid_for(self.question.as_of.day if self.question.as_of else self.day)

    def _cells(self, row: RowCoverage, columns: set[int]) -> list[Figure]:
        return [
            Figure(figures, "" if self.by_funder else self._cell_url(row, figures.region))
            for figures in row.regions
            if figures.region.pk in columns
        ]

    def _cell_url(self, row: RowCoverage, region: Region) -> str:
        path = reverse("coverage-cell", args=[row.subject.slug, region.slug])
        kept = [pair for pair in self.address.parameters if pair[0] in ("year", "precision")]
        return str(Address(path, tuple(kept)))

    def _parts_url(self, row: RowCoverage) -> str:
        if self.by_funder or self.question.area or not _has_parts(row, self.coverage):
            return ""
        return self.having("area", row.subject.slug)


def _is_column(figures: RegionCoverage, asked: Region | None) -> bool:
    if asked is None:
        return figures.level == 1
    return figures.region.pk == asked.pk or figures.region.parent_id == asked.pk


def _has_parts(row: RowCoverage, rows: Sequence[RowCoverage]) -> bool:
    return any(other.subject.parent_id == row.subject.pk for other in rows)
