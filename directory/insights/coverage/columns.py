"""Coverage as a table: what its columns are called, and what each of them means."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from directory.insights.coverage.counting import RowCoverage
from directory.models.columns import Column, Row

COLUMNS = (
    Column(
        name="focus_area",
        description=_("Public id of the focus area."),
        read=lambda line: line[0].subject.slug,
    ),
    Column(
        name="focus_area_name",
        description=_("What it is called."),
        read=lambda line: line[0].subject.name,
    ),
    Column(
        name="region",
        description=_("Public id of the region of UN M49."),
        read=lambda line: line[1].region.slug,
    ),
    Column(
        name="region_name",
        description=_("What it is called."),
        read=lambda line: line[1].region.name,
    ),
    Column(
        name="level",
        description=_("1: a first-level region of UN M49; 2: a part of one."),
        read=lambda line: line[1].level,
        type="integer",
    ),
    Column(
        name="networks_with_members",
        description=_("Networks with a listed member city there."),
        read=lambda line: line[1].with_members,
        type="integer",
    ),
    Column(
        name="networks_naming",
        description=_("Networks that name the region, or a part of it, as theirs."),
        read=lambda line: line[1].naming,
        type="integer",
    ),
    Column(
        name="worldwide_networks",
        description=_("Networks on the focus area that name the world; the same in each region."),
        read=lambda line: line[0].worldwide,
        type="integer",
    ),
    Column(
        name="member_cities",
        description=_("Cities there that are listed as members of such networks."),
        read=lambda line: line[1].cities,
        type="integer",
    ),
    Column(
        name="population_share",
        description=_(
            "Share (0 to 1) of the people in towns of the gazetteer, from 15,000 inhabitants on, "
            "who live in these cities; empty where the gazetteer has no town there."
        ),
        read=lambda line: line[1].population_share,
        type="number",
    ),
)


def rows_of(rows: Iterable[RowCoverage]) -> Iterator[Row]:
    """Yield a row for each focus area and region."""
    for row in rows:
        for figures in row.regions:
            yield {column.name: column.read((row, figures)) for column in COLUMNS}
