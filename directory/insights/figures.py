"""The directory in figures: how much it holds, and how well that is known."""

import datetime
from dataclasses import dataclass

from django.db.models import Count

from directory.models import City, Country, FocusArea, Membership, Network, Statement


@dataclass(frozen=True)
class Figures:
    """Counts of public records; ``current`` counts memberships on the day that was asked for.

    ``member_countries`` have at least one listed city; ``without_members`` are networks of
    which no current member is listed; ``standing`` counts all memberships by their standing.
    """

    networks: int
    cities: int
    memberships: int
    current: int
    member_countries: int
    focus_areas: int
    statements: int
    undated_statements: int
    without_members: int
    standing: dict[str, int]


def directory_figures(*, day: datetime.date) -> Figures:
    """Return the figures on ``day``."""
    current = Membership.objects.public().current(day)
    networks = Network.objects.public().count()
    standing = Membership.objects.public().values_list("standing").annotate(Count("pk"))
    statements = Statement.objects.public()
    return Figures(
        networks=networks,
        cities=City.objects.public().count(),
        memberships=Membership.objects.public().count(),
        current=current.count(),
        member_countries=Country.objects.public().filter(cities__isnull=False).distinct().count(),
        focus_areas=FocusArea.objects.public().count(),
        statements=statements.count(),
        undated_statements=statements.filter(source_year=None).count(),
        without_members=networks - current.order_by().values("network").distinct().count(),
        standing=dict(standing.order_by("standing")),
    )
