"""Suggestions as one types: networks, focus areas and cities whose names begin like that."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from directory.models import City, FocusArea, Network
from directory.models.text import fold
from directory.search.cities import score_cities
from directory.search.facets import network_table
from directory.search.names import named, other_words, words_in_any_language
from directory.search.networks import score_networks
from directory.search.scoring import ranked

MOST_SUGGESTIONS = 20
CITIES_AMONG = 3
CANDIDATES = 40

Record = TypeVar("Record")


@dataclass(frozen=True)
class Suggestion:
    """One thing that may be meant: its kind, public id, name, and a detail that tells it apart."""

    kind: str
    slug: str
    name: str
    detail: str
    url: str


def suggest(text: str, *, day: datetime.date, limit: int = 8) -> list[Suggestion]:
    """Return up to ``limit`` suggestions for what has been typed so far.

    Focus areas that it names first, then networks, then cities; each the best of its kind.
    """
    limit = min(limit, MOST_SUGGESTIONS)
    if not fold(text):
        return []
    areas = _areas(text)[:2]
    cities = _cities(text, day)
    networks = _networks(text, day, limit - len(areas) - min(len(cities), CITIES_AMONG))
    return [*areas, *networks, *cities][:limit]


def _areas(text: str) -> list[Suggestion]:
    """Return areas by what they are called in the reader's language, English, then any other."""
    beginning = fold(text)
    foreign = words_in_any_language(FocusArea)
    found = []
    for area in FocusArea.objects.public().in_display_order().select_related("parent"):
        known = [named(area), *other_words(area), area.name, *area.synonyms]
        names = [fold(name) for name in (*known, *foreign.get(area.pk, ()))]
        begins = [f" {beginning}" in f" {name}" for name in names]
        if any(begins):
            rank = (not names[0].startswith(beginning), not any(begins[: len(known)]))
            found.append(((*rank, area.position), area))
    return [
        Suggestion(
            "focus-area",
            area.slug,
            named(area),
            named(area.parent) if area.parent else "",
            area.get_absolute_url(),
        )
        for _rank, area in sorted(found, key=lambda item: item[0])
    ]


def _networks(text: str, day: datetime.date, limit: int) -> list[Suggestion]:
    table = network_table.get(day)
    scores = score_networks(text, table, day, by_members=False)
    names = {row.pk: (row.name_key, row.slug) for row in table.rows}
    likeliest = ranked(scores, names)[:CANDIDATES]
    networks = Network.objects.public().in_bulk(likeliest)
    best = _beginning_first(
        [networks[pk] for pk in likeliest], text, lambda network: [network.name, network.acronym]
    )
    return [
        Suggestion(
            "network",
            network.slug,
            network.name,
            network.acronym,
            network.get_absolute_url(),
        )
        for network in best[: max(limit, 0)]
    ]


def _cities(text: str, day: datetime.date) -> list[Suggestion]:
    scores = score_cities(text, day)
    names = {
        pk: key
        for pk, *key in City.objects.public()
        .filter(pk__in=list(scores))
        .values_list("pk", "name_key", "slug")
    }
    likeliest = ranked({pk: scores[pk] for pk in names}, names)[:CANDIDATES]
    cities = City.objects.public().with_country().in_bulk(likeliest)
    best = _beginning_first(
        [cities[pk] for pk in likeliest], text, lambda city: [city.name, named(city)]
    )
    return [
        Suggestion(
            "city",
            city.slug,
            named(city),
            ", ".join(filter(None, (city.admin1_name, named(city.country), _ended(city)))),
            city.get_absolute_url(),
        )
        for city in best[:CITIES_AMONG]
    ]


def _ended(city: City) -> str:
    return _("ended") if city.has_ended else ""


def _beginning_first(
    records: list[Record], text: str, names: Callable[[Record], list[str]]
) -> list[Record]:
    """Return the records with those first that are called by a name that begins with ``text``."""
    beginning = fold(text)
    return sorted(
        records,
        key=lambda record: not any(fold(name).startswith(beginning) for name in names(record)),
    )
