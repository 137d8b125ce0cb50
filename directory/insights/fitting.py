"""Networks that may fit a city: those that it may join, ranked, each with the reasons why.

It may join what is still there, takes cities, and is for its country and part of the world. What
networks say in words of who may join is for people to read: it is shown, never judged.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.insights.similar import CITIES_ASKED, LikeCity, SimilarCity, closed_to
from directory.models import City, FocusArea, Membership, Network, NetworkFocusArea, Region
from directory.models.choices import MembersAre, NetworkStatus, Scope
from directory.models.network import OVER, NetworkQuerySet
from directory.search.names import named

# A chosen focus area is worth as much as five cities in the very same networks.
WORTH_OF_AREA = 5.0
NAMES_IN_REASON = 3
DIGITS = 9


@dataclass(frozen=True)
class Fit:
    """A network that a city may join, and the reasons in words, the weightiest first."""

    network: Network
    reasons: list[str]


def open_to(city: City) -> NetworkQuerySet:
    """Return the networks that a city may join, or has joined, as far as is stated.

    Out is what has ended or merged, what has associations for members, what is limited to other
    countries, and what is not global and works in other regions only.
    """
    elsewhere = (
        Network.objects.exclude(scope=Scope.GLOBAL)
        .filter(countries__isnull=True)
        .exclude(regions__in=_regions_of(city))
    )
    return (
        Network.objects.public()
        .exclude(status__in=OVER)
        .exclude(members_are=MembersAre.ASSOCIATIONS)
        .exclude(pk__in=closed_to(city).values("pk"))
        .exclude(pk__in=elsewhere.values("pk"))
    )


class FittingNetworks:
    """The networks that fit one city on a day, best first; a fixed number of queries.

    Cities are to be loaded ``with_country``. ``areas`` are the focus areas chosen; each stands
    for its parts too.
    """

    def __init__(self, city: City, *, day: datetime.date, areas: Iterable[FocusArea] = ()) -> None:
        self._city = city
        self._day = day
        self._areas = list(areas)
        self._memberships = Membership.objects.public().current(day).order_by()

    @cached_property
    def joined(self) -> list[Network]:
        """The networks that the city is in, by name, whatever would be said of them today."""
        own = self._memberships.filter(city=self._city).values("network")
        return list(Network.objects.public().filter(pk__in=own).by_name())

    @cached_property
    def similar(self) -> list[SimilarCity]:
        """The cities most like it, whose networks count."""
        return LikeCity(self._city, day=self._day).cities(CITIES_ASKED)

    @property
    def total(self) -> int:
        """How many networks it may join and has not joined."""
        return len(self._ranked)

    def page(self, start: int, stop: int) -> list[Fit]:
        """Return some of the networks with their reasons."""
        ranked = self._ranked[start:stop]
        networks = Network.objects.public().with_facts().in_bulk(ranked)
        return [Fit(networks[pk], self._reasons(networks[pk])) for pk in ranked]

    @cached_property
    def _ranked(self) -> list[int]:
        joined = {network.pk for network in self.joined}
        rows = open_to(self._city).values_list("pk", "status", "name_key", "slug")
        keys = [
            (status != NetworkStatus.ACTIVE, -self._score(pk), -self._compatriots[pk], *name, pk)
            for pk, status, *name in rows
            if pk not in joined
        ]
        return [key[-1] for key in sorted(keys)]

    def _score(self, network: int) -> float:
        likeness = sum(sorted(similar.score for similar in self._members[network]))
        return round(likeness + WORTH_OF_AREA * len(self._worked_on[network]), DIGITS)

    @cached_property
    def _members(self) -> dict[int, list[SimilarCity]]:
        """The similar cities in each network, the likest first."""
        rank = {similar.city.pk: i for i, similar in enumerate(self.similar)}
        found: dict[int, list[SimilarCity]] = defaultdict(list)
        rows = self._memberships.filter(city__in=list(rank)).values_list("network_id", "city_id")
        for network, city in sorted(set(rows), key=lambda row: rank[row[1]]):
            found[network].append(self.similar[rank[city]])
        return found

    @cached_property
    def _compatriots(self) -> Counter[int]:
        """How many other cities of its country are in each network."""
        rows = self._memberships.filter(city__country=self._city.country_id)
        others = rows.exclude(city=self._city).values_list("network_id")
        return Counter(dict(others.annotate(Count("city", distinct=True))))

    @cached_property
    def _worked_on(self) -> dict[int, list[FocusArea]]:
        """The chosen areas that each network works on, or on a part of, as they were chosen."""
        found: dict[int, list[FocusArea]] = defaultdict(list)
        working: dict[int, set[int]] = defaultdict(set)
        links = NetworkFocusArea.objects.order_by() if self._areas else []
        for network, *areas in links and links.values_list(
            "network_id", "focus_area_id", "focus_area__parent_id"
        ):
            working[network].update(areas)
        for network, areas in working.items():
            found[network] = [area for area in self._areas if area.pk in areas]
        return found

    def _reasons(self, network: Network) -> list[str]:
        areas = [named(area) for area in self._worked_on[network.pk]]
        works_on = [_("works on %(areas)s") % {"areas": in_words(areas)}] if areas else []
        return [*works_on, *self._who_is_in(network), self._where(network)]

    def _who_is_in(self, network: Network) -> list[str]:
        reasons = []
        if members := self._members[network.pk]:
            sentence = ngettext(
                "%(count)d of the %(all)d cities most like %(city)s is in it: %(names)s",
                "%(count)d of the %(all)d cities most like %(city)s are in it, such as %(names)s",
                len(members),
            )
            names = in_words([named(similar.city) for similar in members[:NAMES_IN_REASON]])
            values = {"all": len(self.similar), "city": named(self._city), "names": names}
            reasons.append(sentence % {"count": len(members), **values})
        if count := self._compatriots[network.pk]:
            sentence = ngettext(
                "%(count)d other city of %(country)s is in it",
                "%(count)d other cities of %(country)s are in it",
                count,
            )
            reasons.append(sentence % {"count": count, "country": named(self._city.country)})
        return reasons

    def _where(self, network: Network) -> str:
        countries = len(network.countries.all())
        if countries:
            sentence = ngettext(
                "for cities of %(country)s",
                "for cities of %(count)d countries, %(country)s among them",
                countries,
            )
            return sentence % {"count": countries, "country": named(self._city.country)}
        working = {region.pk for region in network.regions.all()}
        # From the widest down: a network of Europe and of its north is one of Europe.
        for region in reversed(_regions_of(self._city)):
            if region.pk in working and region.parent_id:
                return _("open to cities of %(region)s") % {"region": named(region)}
            if region.pk in working:
                break
        return _("open to cities of the whole world")


def in_words(names: Sequence[str]) -> str:
    """Return names as part of a sentence: ``Oslo, Malmö and Tampere``."""
    return get_text_list(list(names), _("and"))


def _regions_of(city: City) -> list[Region]:
    """Return the regions that a city lies in, from its part of a continent up to the world."""
    regions = []
    region = city.country.region
    while region is not None:
        regions.append(region)
        region = region.parent
    return regions
