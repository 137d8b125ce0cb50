"""Finding networks: by words, by facets, by a city; counted and in order."""

import datetime
import math
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from directory.models import CityTerm, Network, NetworkTerm
from directory.models.choices import Answer, NetworkStatus
from directory.search.criteria import NetworkCriteria, NetworkSort
from directory.search.facets import (
    FACETS,
    RANGE_COLUMNS,
    RANGES,
    Label,
    NetworkTable,
    Row,
    network_table,
)
from directory.search.facets_as_of import Question, tables_as_of
from directory.search.known import known_networks
from directory.search.query import interpret, names_within
from directory.search.scoring import Postings, ranked, score, word_scores
from directory.search.spelling import FEW, Correction, correct
from directory.search.vocabulary import city_vocabulary, network_vocabulary

# What it is worth that a city named in the query is a member.
MEMBER_CITY = 40
# Networks at work come before those that have ended.
STATUS_SHARE = {
    NetworkStatus.ACTIVE: 1.0,
    NetworkStatus.DORMANT: 0.85,
    NetworkStatus.ENDED: 0.7,
    NetworkStatus.MERGED: 0.6,
}
SIZE_SHARE = 0.02
# What another day may answer otherwise. Not the number of members: of two counts neither is surer.
DECIDED_BY_DAY = {"as_of", "member", "not_member", "member_country"}


@dataclass(frozen=True)
class Choice:
    """A value of a facet and how many of the hits have it."""

    value: str
    label: Label
    count: int
    selected: bool
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A facet with its choices (kind ``choices``) or its bounds (kind ``range``)."""

    name: str
    label: Label
    kind: str
    choices: list[Choice]
    least: int | None = None
    most: int | None = None


class NetworkHits:
    """The networks that answer a question: how many, in which order, with which facets."""

    def __init__(
        self,
        criteria: NetworkCriteria,
        table: NetworkTable,
        scores: Mapping[int, float] | None,
        correction: Correction | None,
        sure_table: NetworkTable | None = None,
    ) -> None:
        self.criteria = criteria
        self.correction = correction
        self._sure_table = sure_table
        self._table = table
        self._scores = scores
        self._found_by_words = table.everything if scores is None else table.bits(scores)
        self._sets = _filter_sets(criteria, table)
        self._bits = self._found_by_words
        for networks in self._sets.values():
            self._bits &= networks

    @property
    def total(self) -> int:
        """How many networks answer."""
        return self._bits.bit_count()

    @cached_property
    def ids(self) -> list[int]:
        """The primary keys of all hits, in order."""
        rows = list(self._table.members_of(self._bits))
        order = self.criteria.order
        if order == NetworkSort.RELEVANCE and self._scores is not None:
            names = {row.pk: (row.name_key, row.slug) for row in rows}
            return ranked({row.pk: self._scores[row.pk] for row in rows}, names)
        return [row.pk for row in sorted(rows, key=lambda row: _sort_key(row, order))]

    def page(self, number: int, size: int) -> list[Network]:
        """Return page ``number`` (from 1), each with its facts and ``listed_members``."""
        wanted = self.ids[(number - 1) * size : number * size]
        known = known_networks().by_key
        networks = [copy(known[pk]) for pk in wanted if pk in known]
        self.complete(networks)
        return networks

    def complete(self, networks: Iterable[Network]) -> None:
        """Give networks their ``listed_members`` and, as of a date, their ``as_of_answer``."""
        for network in networks:
            place = self._table.position.get(network.pk)
            network.listed_members = 0 if place is None else self._table.rows[place].listed
            if self.criteria.as_of:
                is_sure = place is not None and self._surely >> place & 1
                network.as_of_answer = (Answer.YES if is_sure else Answer.POSSIBLE).value

    @cached_property
    def _surely(self) -> int:
        """The networks of which all that the day decides is surely so."""
        table = self._sure_table or self._table
        surely = table.everything
        for name, networks in _filter_sets(self.criteria, table).items():
            if name in DECIDED_BY_DAY:
                surely &= networks
        return surely

    @property
    def facets(self) -> list[Facet]:
        """Every facet; its counts respect all other filters and ignore its own choice."""
        found = []
        for name, label in FACETS.items():
            others = self._without(name)
            selected = self.criteria.choices.get(name, frozenset())
            choices = [
                Choice(key, value.label, count, key in selected, value.depth)
                for key, value in self._table.values[name].items()
                if (count := (value.bits & others).bit_count()) or key in selected
            ]
            found.append(Facet(name, label, "choices", choices))
        for name, label in RANGES.items():
            rows = self._table.members_of(self._without(name))
            known = [getattr(row, RANGE_COLUMNS[name]) for row in rows]
            numbers = [number for number in known if number is not None]
            least, most = (min(numbers), max(numbers)) if numbers else (None, None)
            found.append(Facet(name, label, "range", [], least, most))
        return found

    def _without(self, name: str) -> int:
        bits = self._found_by_words
        for other, networks in self._sets.items():
            if other != name:
                bits &= networks
        return bits


def find_networks(criteria: NetworkCriteria, *, day: datetime.date) -> NetworkHits:
    """Return the networks that answer ``criteria`` on ``day``."""
    table, sure_table = _tables(criteria, day)
    if not criteria.text:
        return NetworkHits(criteria, table, None, None, sure_table)
    scores = score_networks(criteria.text, table, day)
    correction = None
    if not criteria.exact and len(scores) < FEW:
        correction = correct(criteria.text, network_vocabulary.get(day), city_vocabulary.get(day))
        if correction:
            corrected = score_networks(correction.used, table, day)
            if corrected:
                scores = corrected
            else:
                correction = None
    if not scores:
        scores = score_networks(criteria.text, table, day, all_words=False)
    return NetworkHits(criteria, table, scores, correction, sure_table)


def _tables(
    criteria: NetworkCriteria, day: datetime.date
) -> tuple[NetworkTable, NetworkTable | None]:
    """Return the table that answers and, as of a date, the one of what is surely so."""
    if criteria.as_of is None:
        return network_table.get(day), None
    tables = tables_as_of.get(Question(criteria.as_of.day, today=day))
    return (tables.sure if criteria.as_of.strict else tables.possible), tables.sure


def score_networks(
    text: str,
    table: NetworkTable,
    day: datetime.date,
    *,
    all_words: bool = True,
    by_members: bool = True,
) -> dict[int, float]:
    """Return the score by network of those that answer ``text``.

    A required word is answered by a term of the network or, unless ``by_members`` is false, by
    the name of a member city.
    """
    query = interpret(text, network_vocabulary.get(day))
    if not query.words:
        return {}
    postings = Postings(NetworkTerm, "network_id", query)
    by_word = word_scores(query, postings, len(table.rows))
    if by_members:
        _add_member_cities(text, by_word, table)
    scores = score(query, postings, by_word, all_words=all_words)
    return {
        pk: value * _prior(table.rows[table.position[pk]])
        for pk, value in scores.items()
        if pk in table.position
    }


def _add_member_cities(text: str, by_word: list[dict[int, float]], table: NetworkTable) -> None:
    """Let the words that name a city be answered by the networks that it is a member of."""
    spans = names_within(text)
    rows = CityTerm.objects.filter(term__in=sorted(spans)).values_list("term", "city_id")
    for term, city in rows:
        start, end = spans[term]
        for row in table.members_of(table.members.get(city, 0)):
            for index in range(start, end):
                scores = by_word[index]
                scores[row.pk] = max(scores.get(row.pk, 0.0), MEMBER_CITY)


def _prior(row: Row) -> float:
    size = max(row.listed, row.stated)
    return STATUS_SHARE[row.status] * (1 + SIZE_SHARE * math.log2(1 + size))


def _filter_sets(criteria: NetworkCriteria, table: NetworkTable) -> dict[str, int]:
    """Return, by facet, the set of networks that its choice allows."""
    sets = {}
    for name, chosen in criteria.choices.items():
        if chosen:
            sets[name] = 0
            for value in chosen:
                known = table.values[name].get(value)
                sets[name] |= known.bits if known else 0
    for name, bounds in criteria.ranges.items():
        if bounds:
            sets[name] = table.within(RANGE_COLUMNS[name], bounds.least, bounds.most)
    if criteria.member is not None:
        sets["member"] = table.members.get(criteria.member, 0)
    if criteria.not_member is not None:
        sets["not_member"] = table.without_member(criteria.not_member)
    if table.existing is not None:
        sets["as_of"] = table.existing
    if criteria.sections_of is not None:
        sets["parent"] = table.bits(criteria.sections_of)
    return sets


def _sort_key(row: Row, order: str) -> tuple:
    """Return a total key; what is not known comes last in either direction."""
    name = (row.name_key, row.slug)
    if order in {NetworkSort.OLDEST, NetworkSort.NEWEST}:
        year = row.founded or 0
        return (row.founded is None, year if order == NetworkSort.OLDEST else -year, *name)
    if order in {NetworkSort.FEWEST_MEMBERS, NetworkSort.MOST_MEMBERS}:
        return (row.listed if order == NetworkSort.FEWEST_MEMBERS else -row.listed, *name)
    return name
