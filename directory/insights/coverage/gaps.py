"""The largest gaps: where most people live and no network on an issue has a listed member."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from directory.insights.coverage.counting import RegionCoverage, RowCoverage

# So that one large region, or one rare issue, does not fill the list.
MOST_OF_ONE = 2


@dataclass(frozen=True)
class Gap:
    """A focus area without a network that has a listed member in a region."""

    row: RowCoverage
    figures: RegionCoverage


def largest_gaps(rows: Sequence[RowCoverage], *, most: int = 6) -> list[Gap]:
    """Return the gaps of parts of continents in which most people live in towns.

    A focus area that is a gap hides its parts. Of one region or focus area two are named at most.
    """
    gaps = [
        Gap(row, figures)
        for row in rows
        for figures in row.regions
        if figures.level == 2 and figures.population and not figures.with_members
    ]
    known = {(gap.row.subject.pk, gap.figures.region.pk) for gap in gaps}
    gaps = [gap for gap in gaps if (_whole(gap), gap.figures.region.pk) not in known]
    gaps.sort(key=lambda gap: (-gap.figures.population, gap.figures.naming, gap.row.subject.slug))
    of_row: Counter[int] = Counter()
    of_region: Counter[int] = Counter()
    found: list[Gap] = []
    for gap in gaps:
        row, region = gap.row.subject.pk, gap.figures.region.pk
        if len(found) < most and of_row[row] < MOST_OF_ONE and of_region[region] < MOST_OF_ONE:
            of_row[row] += 1
            of_region[region] += 1
            found.append(gap)
    return found


def _whole(gap: Gap) -> int | None:
    return getattr(gap.row.subject, "parent_id", None)
