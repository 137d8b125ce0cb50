"""Building the graph from memberships, in a handful of queries whatever their number."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.utils.translation import gettext as _

from directory.insights.graph.attributes import (
    CITY_ATTRIBUTES,
    LINK_ATTRIBUTES,
    NETWORK_ATTRIBUTES,
    NODE_ATTRIBUTES,
    TIE_ATTRIBUTES,
)
from directory.insights.graph.model import Edge, Graph
from directory.insights.graph.nodes import CITY, NETWORK, city_nodes, network_nodes
from directory.models import Membership
from directory.models.choices import Answer
from directory.models.membership import MembershipQuerySet, within

CITIES = CITY
NETWORKS = NETWORK
# One network in common says little: most pairs of cities that share any share just one.
LEAST_WEIGHT = 2
JACCARD_DIGITS = 6
# Answers to a day, the best first; the last is that of an open membership that begins later.
BEST = (Answer.YES.value, Answer.POSSIBLE.value, "")
_SAID = ("role", "founder", "standing", "joined", "left", "answer")

Pair = tuple[str, str]


class TooManyTies(ValueError):
    """Raised where a projection would have to look at more pairs than the caller allows."""

    def __init__(self, pairs: int, most: int) -> None:
        super().__init__(
            _("It would take %(pairs)s pairs to look at; at most %(most)s are possible at once.")
            % {"pairs": f"{pairs:,}", "most": f"{most:,}"}
        )
        self.pairs = pairs


def two_mode(memberships: MembershipQuerySet, *, day: datetime.date) -> Graph:
    """Return the graph of cities and networks: an edge is a membership, of weight 1.

    Of several memberships of one city in one network it is the one that answers ``day`` best, and
    among those the latest. Cities and networks without any are not in it.
    """
    links = _links(memberships, day)
    edges = tuple(
        Edge(f"{CITY}/{city}", f"{NETWORK}/{network}", 1, _link_attributes(link))
        for (city, network), link in sorted(links.items())
    )
    nodes = (
        *city_nodes(memberships, Counter(city for city, _network in links)),
        *network_nodes(memberships, Counter(network for _city, network in links)),
    )
    return Graph(
        title="Cities and city networks",
        nodes=nodes,
        edges=edges,
        node_attributes=NODE_ATTRIBUTES,
        edge_attributes=LINK_ATTRIBUTES,
        facts=_facts("two-mode", day),
    )


def one_mode(
    memberships: MembershipQuerySet,
    kind: str,
    *,
    day: datetime.date,
    least_weight: int = LEAST_WEIGHT,
    most_pairs: int | None = None,
) -> Graph:
    """Return the projection on cities or on networks (``CITIES``, ``NETWORKS``).

    The weight of an edge is the number of networks, or cities, in common; those below
    ``least_weight`` are left out, their ends are not. ``most_pairs`` bounds the work: one pair is
    looked at for each thing that it has in common. Raises TooManyTies beyond it.
    """
    pairs = set(memberships.order_by().values_list("city__slug", "network__slug"))
    if kind == NETWORKS:
        pairs = {(network, city) for city, network in pairs}
    ties = _Ties.between(pairs, kind, least_weight)
    if most_pairs is not None and ties.looked_at > most_pairs:
        raise TooManyTies(ties.looked_at, most_pairs)
    links = Counter(one for one, _other in pairs)
    facts = {**_facts("cities" if kind == CITIES else "networks", day), "min_weight": least_weight}
    if kind == CITIES:
        nodes, attributes = city_nodes(memberships, links), CITY_ATTRIBUTES
        title = "Cities by the networks that they have in common"
    else:
        nodes, attributes = network_nodes(memberships, links), NETWORK_ATTRIBUTES
        title = "City networks by the cities that they have in common"
    return Graph(
        title=title,
        nodes=tuple(nodes),
        edges=ties,
        node_attributes=attributes,
        edge_attributes=TIE_ATTRIBUTES,
        facts=facts,
    )


@dataclass(frozen=True)
class _Ties:
    """The edges of a projection, worked out node by node as they are gone through."""

    kind: str
    least_weight: int
    groups: Mapping[str, frozenset[str]]
    members: Mapping[str, list[str]]

    @classmethod
    def between(cls, pairs: set[Pair], kind: str, least_weight: int) -> "_Ties":
        """Return the ties of what stands first in the pairs, by what stands second."""
        groups: dict[str, set[str]] = defaultdict(set)
        for one, group in pairs:
            groups[one].add(group)
        members: dict[str, list[str]] = defaultdict(list)
        for one in sorted(groups):
            # Whoever is in fewer groups has not that many in common with anyone.
            if len(groups[one]) >= least_weight:
                for group in groups[one]:
                    members[group].append(one)
        return cls(
            kind, least_weight, {one: frozenset(own) for one, own in groups.items()}, members
        )

    @property
    def looked_at(self) -> int:
        """How many pairs going through the ties looks at."""
        return sum(len(group) * (len(group) - 1) // 2 for group in self.members.values())

    def __iter__(self) -> Iterator[Edge]:
        done: Counter[str] = Counter()
        for one in sorted(self.groups):
            if len(self.groups[one]) < self.least_weight:
                continue
            shared: Counter[str] = Counter()
            for group in self.groups[one]:
                # The members of a group are in order, so all before have been the first end.
                done[group] += 1
                shared.update(self.members[group][done[group] :])
            for other in sorted(shared):
                if (weight := shared[other]) >= self.least_weight:
                    yield self._tie(one, other, weight)

    def _tie(self, one: str, other: str, weight: int) -> Edge:
        either = len(self.groups[one]) + len(self.groups[other]) - weight
        attributes = {"jaccard": round(weight / either, JACCARD_DIGITS)}
        return Edge(f"{self.kind}/{one}", f"{self.kind}/{other}", weight, attributes)


def _links(memberships: MembershipQuerySet, day: datetime.date) -> dict[Pair, Mapping[str, Any]]:
    """Return the membership to show by the slugs of its city and network."""
    answer = Case(
        When(within(day, strict=True), then=Value(Answer.YES.value)),
        When(within(day), then=Value(Answer.POSSIBLE.value)),
        default=Value(""),
        output_field=CharField(),
    )
    rows = memberships.annotate(answer=answer).order_by("joined_first_day", "pk")
    found: dict[Pair, Mapping[str, Any]] = {}
    for row in rows.values("pk", "city__slug", "network__slug", *_SAID):
        key = (row["city__slug"], row["network__slug"])
        if key not in found or BEST.index(row["answer"]) <= BEST.index(found[key]["answer"]):
            found[key] = row
    return found


def _link_attributes(link: Mapping[str, Any]) -> dict[str, str | bool]:
    known = {name: link[name] for name in _SAID if link[name] != ""}
    return {"membership": Membership(pk=link["pk"]).public_id, **known}


def _facts(mode: str, day: datetime.date) -> dict[str, str | int]:
    return {
        "mode": mode,
        "day": day.isoformat(),
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }
