"""A network's growth as its page shows it."""

from dataclasses import dataclass

from directory.insights.timelines import Growth
from directory.web.charts import YearChart

# With fewer years there is nothing to see.
LEAST_YEARS = 3


@dataclass(frozen=True)
class GrowthOnPage:
    """The growth, and the bars that show it: sure members below, possible ones above."""

    growth: Growth

    @property
    def is_shown(self) -> bool:
        """Whether enough is known to be drawn: more than that nothing is dated."""
        return (
            len(self.growth.years) >= LEAST_YEARS and self.growth.undated < self.growth.memberships
        )

    @property
    def dated(self) -> int:
        """How many memberships have a joining date."""
        return self.growth.memberships - self.growth.undated

    @property
    def chart(self) -> YearChart:
        """The bars."""
        years = self.growth.years
        return YearChart(
            [each.year for each in years],
            [each.sure for each in years],
            [each.possible for each in years],
        )
