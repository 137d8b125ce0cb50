"""Coverage: which focus areas and funders have networks and listed members in which region.

Its holes are the gaps. Absence here is absence from the directory, not from the world.
"""

from directory.insights.coverage.cells import Cell, cell
from directory.insights.coverage.counting import (
    RegionCoverage,
    RowCoverage,
    coverage,
    coverage_by_funder,
    networks_on_day,
)
from directory.insights.coverage.gaps import Gap, largest_gaps

__all__ = [
    "Cell",
    "Gap",
    "RegionCoverage",
    "RowCoverage",
    "cell",
    "coverage",
    "coverage_by_funder",
    "largest_gaps",
    "networks_on_day",
]
