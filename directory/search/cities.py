"""Finding cities: by any of their names, in any script, and by what they belong to."""

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from directory.models import City, CityTerm
from directory.models.as_of import AsOf, answer
from directory.models.membership import counted_on
from directory.search.query import interpret
from directory.search.scoring import Postings, ranked, score, word_scores
from directory.search.spelling import Correction, correct
from directory.search.vocabulary import city_vocabulary

# Among namesakes the larger city is the likelier one.
POPULATION_SHARE = 0.12
# And of a merger the city that is left: it often has the name of one that ended.
ENDED_SHARE = 0.7


class CitySort(TextChoices):
    """The orders in which cities are listed; each is total."""

    RELEVANCE = "relevance", _("relevance")
    NAME = "name", _("name")
    LARGEST = "-population", _("population, largest first")
    MOST_MEMBERSHIPS = "-memberships", _("networks, most first")


@dataclass(frozen=True)
class CityCriteria:
    """A valid question for cities; ``rows`` holds those that every filter but the words allows.

    As of a date, ``surely`` holds for those of which all that the day decides is surely so.
    """

    rows: QuerySet[City] = field(repr=False)
    text: str = ""
    exact: bool = False
    sort: str = ""
    as_of: AsOf | None = None
    surely: Q = field(default_factory=Q, repr=False)

    @property
    def order(self) -> str:
        """The order asked for; without one, relevance where there are words, else the name."""
        if self.sort == CitySort.RELEVANCE and not self.text:
            return CitySort.NAME
        return self.sort or (CitySort.RELEVANCE if self.text else CitySort.NAME)


class CityHits:
    """The cities that answer a question: how many, and in which order."""

    def __init__(
        self,
        criteria: CityCriteria,
        day: datetime.date,
        scores: Mapping[int, float] | None,
        correction: Correction | None,
    ) -> None:
        self.criteria = criteria
        self.correction = correction
        self._day = day
        self._scores = scores

    @cached_property
    def total(self) -> int:
        """How many cities answer."""
        return len(self._ranked) if self._by_relevance else self.rows.count()

    @property
    def rows(self) -> QuerySet[City]:
        """The hits as a queryset, in the order asked for (by name where that is relevance)."""
        rows = self.criteria.rows
        if self._scores is not None:
            rows = rows.filter(pk__in=list(self._scores))
        return in_order(rows, self.criteria.order, self._day, self.criteria.as_of)

    def page(self, number: int, size: int) -> list[City]:
        """Return page ``number`` (from 1), each with its country and ``listed_networks``."""
        first, last = (number - 1) * size, number * size
        if not self._by_relevance:
            wanted = list(self.rows.values_list("pk", flat=True)[first:last])
        else:
            wanted = self._ranked[first:last]
        cities = self.with_answers(City.objects.public().with_country()).in_bulk(wanted)
        return [cities[pk] for pk in wanted if pk in cities]

    def with_answers(self, cities: QuerySet[City]) -> QuerySet[City]:
        """Add to hits their ``listed_networks`` and, as of a date, their ``as_of_answer``."""
        cities = with_listed_networks(cities, self._day, self.criteria.as_of)
        if self.criteria.as_of is None:
            return cities
        return cities.annotate(as_of_answer=answer(self.criteria.surely))

    def complete(self, cities: Iterable[City]) -> None:
        """Give hits that are at hand what ``with_answers`` adds; one query for all of them."""
        cities = list(cities)
        said = self.with_answers(City.objects.public()).only("slug")
        answers = said.in_bulk([city.pk for city in cities])
        for city in cities:
            city.listed_networks = answers[city.pk].listed_networks
            if self.criteria.as_of:
                city.as_of_answer = answers[city.pk].as_of_answer

    @property
    def ids(self) -> list[int]:
        """The primary keys of all hits, in order."""
        return self._ranked if self._by_relevance else list(self.rows.values_list("pk", flat=True))

    @property
    def _by_relevance(self) -> bool:
        return self._scores is not None and self.criteria.order == CitySort.RELEVANCE

    @cached_property
    def _ranked(self) -> list[int]:
        rows = self.criteria.rows.filter(pk__in=list(self._scores))
        names = {pk: names for pk, *names in rows.values_list("pk", "name_key", "slug")}
        return ranked({pk: self._scores[pk] for pk in names}, names)


def find_cities(criteria: CityCriteria, *, day: datetime.date) -> CityHits:
    """Return the cities that answer ``criteria`` on ``day``."""
    if not criteria.text:
        return CityHits(criteria, day, None, None)
    scores = score_cities(criteria.text, day)
    correction = None
    if not scores and not criteria.exact:
        correction = correct(criteria.text, city_vocabulary.get(day))
        if correction:
            scores = score_cities(correction.used, day)
            correction = correction if scores else None
    return CityHits(criteria, day, scores, correction)


def score_cities(text: str, day: datetime.date) -> dict[int, float]:
    """Return the score by city of those that answer every word of ``text``."""
    vocabulary = city_vocabulary.get(day)
    query = interpret(text, vocabulary)
    if not query.words:
        return {}
    postings = Postings(CityTerm, "city_id", query)
    by_word = word_scores(query, postings, len(vocabulary.frequency))
    scores = score(query, postings, by_word, all_words=True)
    rows = City.objects.filter(pk__in=list(scores))
    shares = {
        pk: (1 + POPULATION_SHARE * math.log10(1 + (population or 0)))
        * (ENDED_SHARE if ended or successor else 1)
        for pk, population, ended, successor in rows.values_list(
            "pk", "population", "ended", "successor"
        )
    }
    return {pk: value * shares.get(pk, 1) for pk, value in scores.items()}


def in_order(
    rows: QuerySet[City], order: str, day: datetime.date, as_of: AsOf | None = None
) -> QuerySet[City]:
    """Return ``rows`` in one of the total orders of ``CitySort``."""
    if order == CitySort.LARGEST:
        return rows.order_by(F("population").desc(nulls_last=True), "name_key", "slug")
    if order == CitySort.MOST_MEMBERSHIPS:
        listed = with_listed_networks(rows, day, as_of)
        return listed.order_by("-listed_networks", "name_key", "slug")
    return rows.by_name()


def with_listed_networks(
    rows: QuerySet[City], day: datetime.date, as_of: AsOf | None = None
) -> QuerySet[City]:
    """Add ``listed_networks``: in how many networks each city is, today or as of a date."""
    return rows.annotate(
        listed_networks=Count(
            "memberships__network",
            filter=counted_on(day, as_of, "memberships__"),
            distinct=True,
        )
    )
