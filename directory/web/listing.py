"""A list page as asked for: its filters, their mistakes, its rows, and links to change it."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.forms import Field
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models.as_of import AsOf
from directory.search.cities import CityHits
from directory.search.day_filters import AsOfFilterSet
from directory.search.filters import CityFilter
from directory.search.names import named
from directory.web.addresses import Address
from directory.web.paging import BadPageNumber, Pages, page_number

NOT_FILTERS = {"q", "exact", "sort", "page"}
CITY_FILTERS = ("member", "not_member")
DAY_FILTERS = ("as_of", "precision")
CITIES_OFFERED = 5
# Filters that have no field in the form of the page.
CARRIED = {"exact", "sort", "parent", "network"}
OPEN_FACETS = {"focus_area", "scope", "joining"}


@dataclass(frozen=True)
class ActiveFilter:
    """A filter that is on: its name, its value in words, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Mistake:
    """A value that the page cannot use: where, why, the address without it, and what was meant."""

    name: str
    label: str
    message: str
    without: str
    meant: list[tuple[str, str]]


class Listing:
    """What a request asks of a list; ``status`` is 400 where it asks for what cannot be."""

    def __init__(self, request: HttpRequest, filter_set: type[AsOfFilterSet], size: int) -> None:
        self.data: QueryDict = request.GET
        self.filter = filter_set(request.GET)
        self._filter_set = filter_set
        self._size = size
        fields = self.filter.form.fields
        self.address = Address.of(request.path, request.GET, [*fields, "page"])
        self.mistakes = self._mistakes()

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return 400 if self.mistakes else 200

    @property
    def text(self) -> str:
        """The words that were typed, shortened to what the search box holds."""
        return " ".join(self.address.values("q"))[:200]

    @cached_property
    def hits(self) -> Any:
        """The hits of the filters; where some are wrong, of the others."""
        if not self.filter.errors:
            return self.filter.hits()
        data = self.data.copy()
        for name in self.filter.errors:
            data.pop(name, None)
        usable = self._filter_set(data)
        return usable.hits() if usable.is_valid() else self._filter_set(QueryDict()).hits()

    @cached_property
    def pages(self) -> Pages:
        """Where the page stands among those of the list."""
        return Pages(self.address, page_number(self.data), self.hits.total, self._size)

    @cached_property
    def rows(self) -> list[Model]:
        """The rows of the page; none while a filter is wrong: never silently all of them."""
        return [] if self.mistakes else self.hits.page(self.pages.number, self._size)

    @property
    def canonical(self) -> str:
        """The one address of this page, whatever else the visitor's address holds."""
        return str(self.address.without("page") if self._first_page else self.address)

    def address_at(self, path: str) -> str:
        """Return the address of the same hits, all of them in whatever order, at another path."""
        return str(replace(self.address.without("page", "sort"), path=path))

    @property
    def exactly(self) -> str:
        """The address that searches for the words as typed, without correction."""
        return str(self.address.without("page").having("exact", "true"))

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """The filters that are on, each with the address that takes it off."""
        return [
            ActiveFilter(
                str(self.filter.form.fields[name].label),
                self._in_words(name, value),
                # How sure it must be means nothing without a day.
                self.today if name == "as_of" else str(self.address.without_value(name, value)),
            )
            for name, value in self.address.parameters
            if name not in NOT_FILTERS
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that the form of filters carries along unseen."""
        return [pair for pair in self.address.parameters if pair[0] in CARRIED]

    @property
    def open_facets(self) -> set[str]:
        """The facets that stand open: the most asked for, and those in use."""
        in_use = {
            name.removesuffix("_min").removesuffix("_max")
            for name, _value in self.address.parameters
        }
        return in_use | OPEN_FACETS

    @property
    def asks_for_city(self) -> bool:
        """Whether a filter by "my city" is on."""
        return any(self.address.values(name) for name in CITY_FILTERS)

    @property
    def asks_for_day(self) -> bool:
        """Whether another day than today is asked for, or how sure it must be."""
        return any(self.address.values(name) for name in DAY_FILTERS)

    @property
    def as_of(self) -> AsOf | None:
        """The day that the list is of; None for today, and where a filter is wrong."""
        return None if self.filter.errors else self.filter.as_of_day

    @property
    def today(self) -> str:
        """The address of the same list as of today."""
        return str(self.address.without(*DAY_FILTERS, "page"))

    @property
    def without_filters(self) -> str:
        """The address of the same words without any filter."""
        return str(self.address.without(*(set(self.filter.form.fields) - {"q", "exact", "sort"})))

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders on offer: address, label, whether it is the present one."""
        choices = [choice for choice in self.filter.form.fields["sort"].choices if choice[0]]
        return [
            (str(self.address.without("page").having("sort", value)), label, value == self._order)
            for value, label in choices
            if value != "relevance" or self.text
        ]

    @property
    def _order(self) -> str:
        return str(self.hits.criteria.order)

    @property
    def _first_page(self) -> bool:
        return self.address.values("page") == ["1"]

    def _in_words(self, name: str, value: str) -> str:
        chosen = self.filter.form.cleaned_data.get(name) if not self.filter.errors else None
        if isinstance(chosen, datetime.date):
            return date_format(chosen, "j F Y")
        if isinstance(chosen, Model):
            return named(chosen)
        field: Field = self.filter.form.fields[name]
        if hasattr(field, "queryset"):
            key = {"slug": lambda row: row.slug, "code": lambda row: row.code}[field.to_field_name]
            found = [named(row) for row in chosen or [] if key(row).lower() == value.lower()]
            return found[0] if found else value
        labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
        return labels.get(value, value)

    def _mistakes(self) -> list[Mistake]:
        found = [
            Mistake(
                name,
                str(label),
                self._said_of_city(name) if name in CITY_FILTERS else str(message),
                str(self.address.without(name, "page")),
                [],
            )
            for name, messages in self.filter.errors.items()
            for label in [self.filter.form.fields[name].label or name]
            for message in messages
        ]
        for mistake in found:
            if mistake.name in CITY_FILTERS:
                mistake.meant.extend(self._cities_meant(mistake.name))
        try:
            page_number(self.data)
        except BadPageNumber as error:
            found.append(Mistake("page", "", str(error), str(self.address.without("page")), []))
        return found

    def _said_of_city(self, name: str) -> str:
        return _("No city here has the id “%(id)s”.") % {"id": self.data.get(name, "")[:100]}

    def _cities_meant(self, name: str) -> list[tuple[str, str]]:
        """Return cities found by what was typed for one: label and the address that names it."""
        hits = cities_called(self.data.get(name, ""))
        return [
            (
                f"{named(city)}, {named(city.country)}",
                str(self.address.without("page").having(name, city.slug)),
            )
            for city in (hits.page(1, CITIES_OFFERED) if hits else [])
        ]


def cities_called(words: str, *, exact: bool = False) -> CityHits | None:
    """Return the cities that some words name; None where there are no words, or unusable ones."""
    data = QueryDict(mutable=True)
    data.update({"q": words, "exact": str(exact).lower()})
    cities = CityFilter(data)
    return cities.hits() if words.strip() and cities.is_valid() else None
