"""What may be asked of the page of coverage: which part of it, and as of which year."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from directory.insights.coverage.counting import RowCoverage, coverage, coverage_by_funder
from directory.models import FocusArea, Membership, Region
from directory.models.as_of import AsOf
from directory.models.membership import MembershipQuerySet
from directory.models.region import WORLD
from directory.search.per_revision import PerRevision

PARAMETERS = ("area", "region", "year", "precision")
# Networks of cities are older, their lists of members are not.
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Question:
    """Which rows and columns are asked for, and of when.

    ``area``: a focus area whose parts are the rows, None for the broad ones. ``region``: a
    continent whose parts are the columns, None for the continents. ``as_of``: the last day of a
    year that is over, None for today.
    """

    area: FocusArea | None
    region: Region | None
    as_of: AsOf | None

    @classmethod
    def of(cls, data: QueryDict, *, day: datetime.date) -> "Question":
        """Return the question of a request; raises ValidationError for what cannot be asked."""
        return cls(_area(data.get("area", "")), _region(data.get("region", "")), _as_of(data, day))

    def memberships(self, day: datetime.date) -> MembershipQuerySet:
        """Return the memberships that count."""
        public = Membership.objects.public()
        if self.as_of is None:
            return public.current(day)
        return public.as_of(self.as_of.day, strict=self.as_of.strict)

    def rows(self, day: datetime.date) -> list[RowCoverage]:
        """Return the coverage of all focus areas on the day asked for."""
        if self.as_of is None:
            return _today.get(day)
        return coverage(self.memberships(day), day=self.as_of.day)

    def funders(self, day: datetime.date) -> list[RowCoverage]:
        """Return the coverage by all funders on the day asked for."""
        then = self.as_of.day if self.as_of else day
        return coverage_by_funder(self.memberships(day), day=then)

    def is_asked_row(self, row: RowCoverage) -> bool:
        """Whether a focus area is one of the rows."""
        if self.area is None:
            return row.subject.parent_id is None
        return self.area.pk in (row.subject.pk, row.subject.parent_id)


_today = PerRevision(lambda day: coverage(Membership.objects.public().current(day), day=day))


def area_named(slug: str) -> FocusArea:
    """Return the focus area; raises ValidationError where there is none."""
    area = FocusArea.objects.public().filter(slug=slug).first()
    if area is None:
        raise ValidationError(
            _("There is no focus area “%(slug)s”. Choose one from the list."),
            params={"slug": slug[:80]},
        )
    return area


def region_named(slug: str) -> Region:
    """Return the region, not the world; raises ValidationError where there is none."""
    region = Region.objects.select_related("parent").filter(slug=slug).exclude(name=WORLD).first()
    if region is None:
        raise ValidationError(
            _("There is no region “%(slug)s”. Choose one from the list."),
            params={"slug": slug[:80]},
        )
    return region


def _area(slug: str) -> FocusArea | None:
    return area_named(slug) if slug else None


def _region(slug: str) -> Region | None:
    return region_named(slug) if slug else None


def _as_of(data: QueryDict, day: datetime.date) -> AsOf | None:
    written, precision = data.get("year", ""), data.get("precision", "")
    if precision not in ("", "strict"):
        raise ValidationError(_("“precision” is “strict”, or left out."))
    if not written:
        if precision:
            raise ValidationError(
                _("“precision” is that of the answer to a year: name the year, too.")
            )
        return None
    is_year = len(written) == 4 and written.isascii() and written.isdigit()
    last = day.year - 1
    if not is_year or not FIRST_YEAR <= int(written) <= last:
        raise ValidationError(
            _("“%(written)s” is no year from %(first)d to %(last)d."),
            params={"written": written[:80], "first": FIRST_YEAR, "last": last},
        )
    return AsOf(datetime.date(int(written), 12, 31), strict=bool(precision))
