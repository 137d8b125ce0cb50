"""What may be asked of the graph: which memberships make it, in which mode, from which weight."""

import datetime
from typing import Any

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from directory.insights.graph.building import CITIES, LEAST_WEIGHT, NETWORKS, one_mode, two_mode
from directory.insights.graph.model import Graph
from directory.models import FocusArea, Membership, Region
from directory.models.as_of import AsOf
from directory.models.choices import Kind, NetworkStatus, Scope
from directory.models.membership import MembershipQuerySet
from directory.search.day_filters import AsOfFilterSet, AsOfForm, DayFilter
from directory.search.filter_fields import (
    RecordsFilter,
    WholeNumberFilter,
    one_of_these,
    one_or_more,
)
from directory.search.filters import MembershipFilter, countries_in

HEAVIEST = 1000
# Pairs that a request may look at: a second or two of work, ten times what is there today.
MOST_PAIRS = 3_000_000


class Mode(TextChoices):
    """What the nodes are."""

    TWO_MODE = "two-mode", _("cities and networks, tied by memberships")
    CITIES = "cities", _("cities, tied by the networks that they have in common")
    NETWORKS = "networks", _("networks, tied by the cities that they have in common")


def day_of_memberships() -> DayFilter:
    """Return the filter by the day of which memberships are asked."""
    return DayFilter(
        label=_("As of"),
        method="keep",
        help_text=_(
            "A full day such as 2019-12-31: memberships within which it lies, or may lie by what "
            "their dates leave open. Without it, current ones."
        ),
    )


class CoverageFilter(AsOfFilterSet):
    """What may be asked of coverage."""

    as_of = day_of_memberships()
    focus_area = RecordsFilter(
        queryset=FocusArea.objects.public(), label=_("Focus area"), method="keep"
    )

    class Meta:
        model = Membership
        fields: list[str] = []
        form = AsOfForm


def answering(
    memberships: MembershipQuerySet, as_of: AsOf | None, *, day: datetime.date
) -> MembershipQuerySet:
    """Return the memberships that answer the day asked for, else the current ones of ``day``."""
    if as_of is None:
        return memberships.current(day)
    return memberships.as_of(as_of.day, strict=as_of.strict)


class GraphForm(AsOfForm):
    """A form that asks for a graph."""

    def clean(self) -> dict[str, Any]:
        """Refuse a weight where every edge has the same."""
        values = super().clean()
        # A form of what is asked alone has no such field where nobody asks.
        is_two_mode = "mode" not in self.fields or values.get("mode") in ("", Mode.TWO_MODE)
        if is_two_mode and values.get("min_weight") is not None:
            message = _(
                "Every membership weighs 1: “min_weight” goes with mode=cities or mode=networks."
            )
            self.add_error("min_weight", ValidationError(message))
        return values


class GraphFilter(MembershipFilter):
    """What may be asked of the graph: the memberships, by network and city, and what to make."""

    as_of = day_of_memberships()
    current = None
    open = None
    find = None
    mode = filters.ChoiceFilter(
        choices=Mode.choices,
        label=_("Mode"),
        method="keep",
        help_text=_(
            "`two-mode` (also without the parameter): cities and networks, an edge is a "
            "membership. `cities`: an edge says how many networks two cities have in common. "
            "`networks`: how many cities two networks have in common."
        ),
        error_messages={"invalid_choice": one_of_these(Mode.values)},
    )
    min_weight = WholeNumberFilter(
        label=_("Least weight"),
        method="keep",
        min_value=1,
        max_value=HEAVIEST,
        help_text=_(
            "Of mode `cities` or `networks`: how many must be in common for an edge; 2 without it."
        ),
    )
    region = RecordsFilter(
        queryset=Region.objects.public(), label=_("Region of the city"), method="in_region"
    )
    population_min = WholeNumberFilter(
        field_name="city__population", lookup_expr="gte", label=_("Population, at least")
    )
    population_max = WholeNumberFilter(
        field_name="city__population", lookup_expr="lte", label=_("Population, at most")
    )
    scope = one_or_more(Scope, _("Scope of the network"), field_name="network__scope")
    status = one_or_more(NetworkStatus, _("Status of the network"), field_name="network__status")
    kind = one_or_more(Kind, _("Kind of network"), field_name="network__kind")

    class Meta(MembershipFilter.Meta):
        form = GraphForm

    def in_region(self, rows: QuerySet, name: str, regions: list[Region]) -> QuerySet:
        """Keep memberships of cities in the regions or in their parts."""
        return rows.filter(city__country__in=countries_in(regions)) if regions else rows

    @property
    def mode_asked(self) -> str:
        """The mode asked for; call ``is_valid()`` first."""
        return self.given["mode"] or Mode.TWO_MODE

    def graph(self) -> Graph:
        """Return the graph asked for; raises TooManyTies. Call ``is_valid()`` first."""
        as_of = self.as_of_day
        # As of a date the filter set has asked already.
        memberships = self.qs if as_of else self.qs.current(self.day)
        day = as_of.day if as_of else self.day
        if self.mode_asked == Mode.TWO_MODE:
            return two_mode(memberships, day=day)
        return one_mode(
            memberships,
            CITIES if self.mode_asked == Mode.CITIES else NETWORKS,
            day=day,
            least_weight=self.given["min_weight"] or LEAST_WEIGHT,
            most_pairs=MOST_PAIRS,
        )


def all_memberships() -> MembershipQuerySet:
    """Return what a graph is made of where nothing is asked for."""
    return Membership.objects.public()
