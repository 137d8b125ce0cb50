"""Filter sets whose answers depend on a day: today, or the one that ``as_of`` asks for."""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.as_of import AsOf
from directory.models.fields import FIRST_YEAR, LAST_YEAR
from directory.search.filter_fields import FilterForm, one_of_these

FULL_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
PRECISION_HELP = _("`strict` returns what is surely so alone, without what is only possible.")


class Precision(TextChoices):
    """How sure the answer to a day must be."""

    STRICT = "strict", _("surely so")


class DayField(forms.Field):
    """A full day from the first year that the directory knows until today.

    Of a day that has not come nothing is sure: who is a member today may leave before it.
    """

    def clean(self, value: Any) -> datetime.date | None:
        """Return the day; raises ValidationError that says what would be one."""
        written = super().clean(value)
        if not written:
            return None
        if not FULL_DAY.fullmatch(written):
            raise ValidationError(
                _("“%(value)s” is not a full day; write it as 2019-12-31."),
                params={"value": written[:100]},
            )
        try:
            day = datetime.date.fromisoformat(written)
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” is not in the calendar."), params={"value": written}
            ) from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("The year %(year)d lies outside %(first)d to %(last)d."),
                params={"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR},
            )
        today = timezone.now().date()
        if day > today:
            raise ValidationError(
                _("“%(value)s” has not come yet; the latest day to ask for is today, %(today)s."),
                params={"value": written, "today": today.isoformat()},
            )
        return day


class DayFilter(filters.Filter):
    """A filter by a full day."""

    field_class = DayField


class AsOfForm(FilterForm):
    """A form of filters that may ask for another day than today."""

    def clean(self) -> dict[str, Any]:
        """Refuse a precision without a day, and two days at once."""
        values = super().clean()
        if "as_of" in self.errors:
            return values
        if values.get("precision") and not values.get("as_of"):
            message = _("“precision” is that of the answer to a day: name the day in “as_of”.")
            self.add_error("precision", ValidationError(message))
        if values.get("as_of") and values.get("current") not in (None, ""):
            message = _("“current” asks for today and “as_of” for another day: leave one out.")
            self.add_error("current", ValidationError(message))
        return values


class DayFilterSet(filters.FilterSet):
    """A filter set whose answers depend on the day: who is a current member.

    With ``asked_only`` it is made of the filters that ``data`` names: enough to answer, not to show
    a form, and several times faster.
    """

    as_of_day: AsOf | None = None

    def __init__(
        self,
        data: Any = None,
        queryset: QuerySet | None = None,
        *,
        day: datetime.date | None = None,
        asked_only: bool = False,
        **kwargs: Any,
    ) -> None:
        if asked_only:
            every = type(self).base_filters
            self.base_filters = {name: every[name] for name in data if name in every}
        super().__init__(data, queryset, **kwargs)
        self.day = day or timezone.now().date()

    @property
    def given(self) -> Mapping[str, Any]:
        """What every filter was given, asked for or not; call ``is_valid()`` first."""
        return {**_nothing_given(type(self)), **self.form.cleaned_data}

    def keep(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Leave the rows as they are: the filter set applies this value itself."""
        return queryset


@cache
def _nothing_given(kind: type[DayFilterSet]) -> Mapping[str, Any]:
    """Return what each filter is given where an address names none."""
    asked_nothing = kind(QueryDict())
    asked_nothing.is_valid()
    return asked_nothing.form.cleaned_data


class AsOfFilterSet(DayFilterSet):
    """A filter set that may be asked for another day than today.

    What is surely so on that day answers ``yes``, what its dates leave open ``possible``: both are
    returned, unless the precision is ``strict``. See DESIGN.md, As of a date.
    """

    as_of = DayFilter(label=_("As of"), method="keep")
    precision = filters.ChoiceFilter(
        choices=Precision.choices,
        label=_("Precision"),
        method="keep",
        help_text=PRECISION_HELP,
        error_messages={"invalid_choice": one_of_these(Precision.values)},
    )

    @property
    def as_of_day(self) -> AsOf | None:
        """The day that is asked for, None for today; call ``is_valid()`` first."""
        given = self.form.cleaned_data
        if not given.get("as_of"):
            return None
        return AsOf(given["as_of"], strict=given.get("precision") == Precision.STRICT)
