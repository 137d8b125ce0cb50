"""The site's design on one page, for developers: tokens, components and their states.

Nothing here says how a part looks. Tokens are read from ``tokens.css``; the stylesheet that the
page adds (``shown_stylesheet``) repeats rules of the others so that what takes a pointer, a key or
a dark room can be seen without them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _lazy

from directory.insights.coverage import RegionCoverage
from directory.models import City, Network, Region
from directory.models.choices import MembershipStanding
from directory.search.day_filters import AsOfFilterSet
from directory.search.filters import CityFilter, NetworkFilter
from directory.web.addresses import Address
from directory.web.charts import YearChart
from directory.web.coverage_pages import Figure
from directory.web.listing import Listing
from directory.web.paging import Pages
from directory.web.stylesheets import Rule, Token, rules, tokens

# Those whose tokens and states are shown.
SHEETS = ("base.css", "layout.css", "components.css", "forms.css", "charts.css", "map.css")
STATES = (":hover", ":focus-visible", ":visited")
STATE = re.compile("|".join(STATES))
# Commas that part selectors, not those within ``:not()``.
BETWEEN_SELECTORS = re.compile(r",\s*(?![^()]*\))")

SAMPLE_FILTERS = "focus_area=climate&scope=global&founded_min=old"
NETWORKS_SHOWN, CITIES_SHOWN = 1, 3


class SampleForm(forms.Form):
    """One field of each kind, sent with a mistake."""

    address = forms.EmailField(
        label=_lazy("E-mail address of the account"),
        help_text=_lazy("The person must have an account with this address, and confirmed it."),
    )
    standing = forms.ChoiceField(label=_lazy("Standing"), choices=MembershipStanding.choices)
    answer = forms.CharField(
        label=_lazy("Your answer"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    agreed = forms.BooleanField(label=_lazy("I have read it"))


@dataclass(frozen=True)
class Samples:
    """Values for the parts of the page: records of the directory where a part shows records."""

    path: str

    @cached_property
    def networks(self) -> list[Network]:
        """The first networks of their list."""
        return _listing("networks", NetworkFilter, NETWORKS_SHOWN).rows

    @cached_property
    def cities(self) -> list[City]:
        """The first cities of their list."""
        return _listing("cities", CityFilter, CITIES_SHOWN).rows

    @cached_property
    def form(self) -> SampleForm:
        """A form with a mistake in each field that must not be empty, or is written wrongly."""
        return SampleForm({"address": "nobody", "standing": MembershipStanding.SOURCED})

    @cached_property
    def listing(self) -> Listing:
        """A list of networks that was asked for something impossible."""
        return _listing("networks", NetworkFilter, 20, asked=SAMPLE_FILTERS)

    @property
    def cells(self) -> list[Figure]:
        """A cell of the matrix of coverage with networks, and a hole."""
        there = RegionCoverage(Region(), 1, 12, 3, 120, 40_000_000, 100_000_000)
        none = RegionCoverage(Region(), 1, 0, 2, 0, 0, 70_000_000)
        return [Figure(there, url=self.path), Figure(none, url=self.path)]

    @property
    def pages(self) -> Pages:
        """The fifth of twelve pages."""
        return Pages(Address(self.path, ()), number=5, total=240, size=20)

    @property
    def charts(self) -> list[YearChart]:
        """Bars upon each other, and bars up and down."""
        years = range(2011, 2027)
        lower, upper = [year % 7 + year - 2010 for year in years], [year % 3 for year in years]
        return [YearChart(years, lower, upper), YearChart(years, lower, upper, is_mirrored=True)]


def _listing(name: str, filter_set: type[AsOfFilterSet], size: int, *, asked: str = "") -> Listing:
    """Return a list as its page would show it when it is asked for these parameters."""
    request = HttpRequest()
    request.path, request.GET = reverse(name), QueryDict(asked)
    return Listing(request, filter_set, size)


def colours() -> list[Token]:
    """Return the tokens that are colours."""
    return [token for token in tokens().values() if token.light.startswith("#")]


def sizes() -> list[Token]:
    """Return the tokens that are sizes of letters: those that some rule uses as such."""
    return [token for token in tokens().values() if _is_used(token, "font-size")]


def spaces() -> list[Token]:
    """Return the tokens that are space between things."""
    return [token for token in tokens().values() if token.name.startswith("gap-")]


def others() -> list[Token]:
    """Return the tokens that are none of these: families of letters, measures, corners."""
    shown = {token.name for token in (*colours(), *sizes(), *spaces())}
    return [token for token in tokens().values() if token.name not in shown]


def shown_stylesheet() -> str:
    """Return the rules that show tokens, both colour schemes, and states, each by a class."""
    return "\n".join((*_schemes(), *_tokens_as_rules(), *_states())) + "\n"


def _schemes() -> Iterator[str]:
    for scheme in ("light", "dark"):
        values = "; ".join(f"--{each.name}: {getattr(each, scheme)}" for each in colours())
        ground = "background: var(--paper); color: var(--ink)"
        yield f".in-{scheme} {{ color-scheme: {scheme}; {values}; {ground} }}"


def _tokens_as_rules() -> Iterator[str]:
    for token in colours():
        yield f".shown-{token.name} {{ background: var(--{token.name}) }}"
    for token in sizes():
        yield f".shown-{token.name} {{ font-size: var(--{token.name}) }}"
    for token in spaces():
        yield f".shown-{token.name} {{ inline-size: var(--{token.name}) }}"


def _states() -> Iterator[str]:
    for name in SHEETS:
        for rule in rules(name):
            selectors = BETWEEN_SELECTORS.split(rule.selector)
            with_state = [each for each in selectors if STATE.search(each)]
            if with_state:
                yield _as_class(rule, ", ".join(with_state))


def _as_class(rule: Rule, selector: str) -> str:
    """Return a rule for a state as one for a class: ``a:hover`` as ``a.is-hover``."""
    for state in STATES:
        selector = selector.replace(state, f".is-{state[1:]}")
    text = f"{selector} {{ {' '.join(rule.body.split())} }}"
    for condition in reversed(rule.within):
        text = f"{condition} {{ {text} }}"
    return text


def _is_used(token: Token, name: str) -> bool:
    used = f"{name}: var(--{token.name})"
    return any(used in rule.body for sheet in SHEETS for rule in rules(sheet))
