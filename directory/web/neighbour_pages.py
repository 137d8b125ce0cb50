"""The page of a neighbourhood: what may be asked of it, its drawing and its table, and links on."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.insights.likeness import LEAST_SHARED
from directory.insights.neighbours import (
    Neighbour,
    Neighbourhood,
    RadialLayout,
    cities_around,
    networks_around,
)
from directory.insights.neighbours.finding import Record
from directory.models import City, Network
from directory.models.choices import RecordType
from directory.models.public import PublicQuerySet
from directory.search.filter_fields import one_of_these
from directory.web.addresses import Address
from directory.web.bad_addresses import BadAddress

NODES = (20, 40, 60)
PARAMETERS = ("least", "nodes", "sort")
# Of the graph of the API: by parameter, how it is called.
FORMATS = {"json": "JSON", "graphml": "GraphML", "gexf": "GEXF"}


@dataclass(frozen=True)
class Kind:
    """A kind of record that has neighbours: which there are, and how its page is addressed.

    ``least`` are the numbers of things in common that may be asked for; ``mode`` is what the graph
    of the API calls it.
    """

    record_type: RecordType
    url_name: str
    comparison: str
    parameter: str
    mode: str
    least: Sequence[int]
    rows: Callable[[], PublicQuerySet]
    around: Callable[..., Neighbourhood]
    usual_sort: str


CITIES = Kind(
    RecordType.CITY,
    "city-neighbours",
    "compare-cities",
    "city",
    "cities",
    (LEAST_SHARED, 3, 4, 5, 8, 12),
    lambda: City.objects.public().with_country(),
    cities_around,
    "likeness",
)
NETWORKS = Kind(
    RecordType.NETWORK,
    "network-neighbours",
    "compare-networks",
    "network",
    "networks",
    (LEAST_SHARED, 5, 10, 20, 50),
    Network.objects.public,
    networks_around,
    "shared",
)

ORDERS: dict[str, tuple[Any, Callable[[Neighbour], Any]]] = {
    "likeness": (
        pgettext_lazy("order", "likeness"),
        lambda each: (-each.score, -each.shared, each.rank),
    ),
    "shared": (
        pgettext_lazy("order", "number in common"),
        lambda each: (-each.shared, -each.score, each.rank),
    ),
    "name": (
        pgettext_lazy("order", "name"),
        lambda each: (each.record.name_key, each.record.slug),
    ),
}


class NeighboursForm(forms.Form):
    """What may be asked: how much in common at least, how many neighbours, in which order."""

    def __init__(self, kind: Kind, data: Any) -> None:
        super().__init__(data)
        self.fields["least"] = _number(_("In common, at least"), kind.least)
        self.fields["nodes"] = _number(_("Shown at most"), NODES)
        self.fields["sort"] = forms.ChoiceField(
            choices=[(value, label) for value, (label, _key) in ORDERS.items()],
            required=False,
            error_messages={"invalid_choice": one_of_these(ORDERS)},
        )


def _number(label: Any, numbers: Sequence[int]) -> forms.TypedChoiceField:
    """Return the choice of one of some numbers, the first where none is chosen."""
    return forms.TypedChoiceField(
        choices=[(number, number) for number in numbers],
        coerce=int,
        empty_value=numbers[0],
        required=False,
        label=label,
        error_messages={"invalid_choice": one_of_these(map(str, numbers))},
    )


@dataclass(frozen=True)
class Row:
    """A neighbour in the table: its strongest ties, its own neighbourhood, and a comparison."""

    neighbour: Neighbour
    strongest: list[tuple[Record, int]]
    comparison: str
    around_it: str


class NeighbourPage:
    """What a request asks of the neighbourhood of a record; BadAddress where that cannot be."""

    def __init__(
        self, kind: Kind, middle: Record, request: HttpRequest, *, day: datetime.date
    ) -> None:
        self.kind, self.middle, self._day = kind, middle, day
        self.form = NeighboursForm(kind, request.GET)
        for messages in self.form.errors.values():
            raise BadAddress(messages[0])
        self.asked = Address.of(request.path, request.GET, PARAMETERS)
        self.least: int = self.form.cleaned_data["least"]
        self.nodes: int = self.form.cleaned_data["nodes"]
        self.sort: str = self.form.cleaned_data["sort"] or kind.usual_sort

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Who has most in common with the record, and their ties."""
        return self.kind.around(self.middle, day=self._day, most=self.nodes, least=self.least)

    @cached_property
    def layout(self) -> RadialLayout:
        """Where they stand."""
        return RadialLayout(self.neighbourhood)

    @property
    def size(self) -> str:
        """How much room the drawing needs: ``few``, ``many`` or ``very-many`` marks."""
        sizes = dict(zip(NODES, ("few", "many", "very-many"), strict=True))
        return next(size for most, size in sizes.items() if most >= len(self.layout.marks))

    @property
    def rows(self) -> list[Row]:
        """The table, in the order that is asked for."""
        _label, key = ORDERS[self.sort]
        return [self._row(each) for each in sorted(self.neighbourhood.neighbours, key=key)]

    @property
    def least_choices(self) -> Sequence[int]:
        """How much in common may be asked for at least."""
        return self.kind.least

    @property
    def node_choices(self) -> Sequence[int]:
        """How many neighbours may be asked for at most."""
        return NODES

    @property
    def order(self) -> str:
        """The order of the table in words."""
        return str(ORDERS[self.sort][0])

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders on offer: address, label, whether it is the present one."""
        return [
            (str(self.asked.having("sort", value)), label, value == self.sort)
            for value, (label, _key) in ORDERS.items()
        ]

    @property
    def canonical(self) -> str:
        """The address of the neighbourhood, in whichever order its table is."""
        return str(self.asked.without("sort"))

    @property
    def widest(self) -> str:
        """The address that asks for as little in common as possible."""
        return str(self.asked.without("least"))

    @property
    def ties_in_common(self) -> tuple[int, int]:
        """The fewest and the most that the ends of a drawn tie have in common."""
        shared = [tie.shared for tie in self.neighbourhood.strong_ties]
        return min(shared, default=0), max(shared, default=0)

    @property
    def files(self) -> list[tuple[str, str]]:
        """The same cities or networks and all ties among them, for programs: format and address."""
        records = [self.middle, *(each.record for each in self.neighbourhood.neighbours)]
        query = (
            ("mode", self.kind.mode),
            ("min_weight", str(self.least)),
            *((self.kind.parameter, record.slug) for record in records),
        )
        address = Address(reverse("api:graph"), query)
        return [(label, str(address.having("format", value))) for value, label in FORMATS.items()]

    def _row(self, neighbour: Neighbour) -> Row:
        both = ((self.kind.parameter, each.slug) for each in (self.middle, neighbour.record))
        ties = self.neighbourhood.strongest_of(neighbour)
        return Row(
            neighbour,
            [(tie.other(neighbour).record, tie.shared) for tie in ties],
            str(Address(reverse(self.kind.comparison), tuple(both))),
            reverse(self.kind.url_name, args=[neighbour.record.slug]),
        )
