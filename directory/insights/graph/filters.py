"""What may be asked of the graph: which memberships make it, in which mode, from which weight."""

import datetime
from typing import Any, NamedTuple

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from directory.insights.graph.building import CITIES, LEAST_WEIGHT, NETWORKS, one_mode, two_mode
from directory.insights.graph.model import Graph
from directory.models import FocusArea, Membership, Region
from directory.models.choices import Kind, NetworkStatus, Scope
from directory.models.membership import MembershipQuerySet
from directory.search.filter_fields import (
    FilterForm,
    RecordsFilter,
    WholeNumberFilter,
    one_of_these,
    one_or_more,
)
from directory.search.filters import DayFilterSet, MembershipFilter, countries_in

HEAVIEST = 1000
# Pairs that a request may look at: a second or two of work, ten times what is there today.
MOST_PAIRS = 3_000_000


class Mode(TextChoices):
    """What the nodes are."""

    TWO_MODE = "two-mode", _("cities and networks, tied by memberships")
    CITIES = "cities", _("cities, tied by the networks that they have in common")
    NETWORKS = "networks", _("networks, tied by the cities that they have in common")


class Precision(TextChoices):
    """How sure the answer to a day must be."""

    STRICT = "strict", _("surely so")


class AsOf(NamedTuple):
    """The day that is asked for; ``strict`` wants what is surely so alone."""

    day: datetime.date
    strict: bool


class AsOfForm(FilterForm):
    """A form that may ask for another day than today."""

    def clean(self) -> dict[str, Any]:
        """Refuse a precision without a day."""
        values = super().clean()
        if values.get("precision") and not values.get("as_of") and "as_of" not in self.errors:
            message = _("“precision” is that of the answer to a day: name the day in “as_of”.")
            self.add_error("precision", ValidationError(message))
        return values


class DayField(forms.DateField):
    """A full day, such as 2019-12-31."""

    default_error_messages = {"invalid": _("Write a full day, such as 2019-12-31.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class DayFilter(filters.Filter):
    """A filter by a full day."""

    field_class = DayField


class AsOfFilterSet(DayFilterSet):
    """What may be asked of whatever is worked out from memberships: another day than today."""

    as_of = DayFilter(
        label=_("As of"),
        method="keep",
        help_text=_(
            "A full day such as 2019-12-31: memberships within which it lies, or may lie by what "
            "their dates leave open. Without it, current ones."
        ),
    )
    precision = filters.ChoiceFilter(
        choices=Precision.choices,
        label=_("Precision"),
        method="keep",
        help_text=_("`strict` takes what is surely so alone, without what is only possible."),
        error_messages={"invalid_choice": one_of_these(Precision.values)},
    )

    class Meta:
        model = Membership
        fields: list[str] = []
        form = AsOfForm

    @property
    def as_of_day(self) -> AsOf | None:
        """The day that is asked for, None for today; call ``is_valid()`` first."""
        given = self.form.cleaned_data
        strict = given["precision"] == Precision.STRICT
        return AsOf(given["as_of"], strict) if given["as_of"] else None


class CoverageFilter(AsOfFilterSet):
    """What may be asked of coverage."""

    focus_area = RecordsFilter(
        queryset=FocusArea.objects.public(), label=_("Focus area"), method="keep"
    )


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
        is_two_mode = values.get("mode") in ("", Mode.TWO_MODE)
        if is_two_mode and values.get("min_weight") is not None:
            message = _(
                "Every membership weighs 1: “min_weight” goes with mode=cities or mode=networks."
            )
            self.add_error("min_weight", ValidationError(message))
        return values


class GraphFilter(AsOfFilterSet, MembershipFilter):
    """What may be asked of the graph: the memberships, by network and city, and what to make."""

    current = None
    open = None
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
        return self.form.cleaned_data["mode"] or Mode.TWO_MODE

    def graph(self) -> Graph:
        """Return the graph asked for; raises TooManyTies. Call ``is_valid()`` first."""
        as_of = self.as_of_day
        memberships = answering(self.qs, as_of, day=self.day)
        day = as_of.day if as_of else self.day
        if self.mode_asked == Mode.TWO_MODE:
            return two_mode(memberships, day=day)
        return one_mode(
            memberships,
            CITIES if self.mode_asked == Mode.CITIES else NETWORKS,
            day=day,
            least_weight=self.form.cleaned_data["min_weight"] or LEAST_WEIGHT,
            most_pairs=MOST_PAIRS,
        )


def all_memberships() -> MembershipQuerySet:
    """Return what a graph is made of where nothing is asked for."""
    return Membership.objects.public()
