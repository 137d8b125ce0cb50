"""Which city or network is meant by a name that somebody typed: one for sure, or some to choose."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from directory.models import City, CityTerm, Network
from directory.models.fields import SLUG
from directory.models.text import fold
from directory.search.cities import CityCriteria, find_cities
from directory.search.facets import network_table
from directory.search.names import named
from directory.search.networks import score_networks
from directory.search.query import LONGEST_QUERY
from directory.search.scoring import ranked
from directory.search.spelling import correct
from directory.search.vocabulary import network_vocabulary
from directory.search.words import phrase

MOST_MEANT = 8
CONSIDERED = 32


@dataclass(frozen=True)
class Meant:
    """What may be meant, the likeliest first; ``sure`` is the one that is meant, if any is."""

    records: list[City | Network] = field(default_factory=list)
    sure: City | Network | None = None


def written(record: City | Network) -> str:
    """Return the text that names this record and no other: ``Bergen, Norway [bergen-no]``."""
    if isinstance(record, Network):
        return f"{record.name} [{record.slug}]"
    parts = (named(record), record.admin1_name, named(record.country))
    return f"{', '.join(filter(None, parts))} [{record.slug}]"


def cities_meant(text: str, *, day: datetime.date, most: int = MOST_MEANT) -> Meant:
    """Return the cities that ``text`` may mean: an id, or any name, with country or without."""
    rows = City.objects.public().with_country()
    if by_id := rows.filter(slug=_id_in(text)).first():
        return Meant([by_id], by_id)
    name, _comma, places = _plain(text).partition(",")
    if not fold(name):
        return Meant()
    hits = find_cities(CityCriteria(City.objects.public(), text=name), day=day)
    found = [city for city in hits.page(1, CONSIDERED) if _lies_in(city, places)]
    terms = CityTerm.objects.filter(term=phrase(name), city__in=found)
    return _meant(found, set(terms.values_list("city", flat=True)), most)


def networks_meant(text: str, *, day: datetime.date, most: int = MOST_MEANT) -> Meant:
    """Return the networks that ``text`` may mean: an id, any name, an acronym."""
    if by_id := Network.objects.public().filter(slug=_id_in(text)).first():
        return Meant([by_id], by_id)
    text, table = _plain(text), network_table.get(day)
    scores = score_networks(text, table, day, by_members=False)
    if not scores and (better := correct(text, network_vocabulary.get(day))):
        scores = score_networks(better.used, table, day, by_members=False)
    names = {row.pk: (row.name_key, row.slug) for row in table.rows}
    likeliest = ranked(scores, names)[:CONSIDERED]
    networks = Network.objects.public().prefetch_related("labels").in_bulk(likeliest)
    found = [networks[pk] for pk in likeliest if pk in networks]
    called = {each.pk for each in found if fold(text) in map(fold, _names(each))}
    return _meant(found, called, most)


def _meant(found: list[Any], called: set[int], most: int) -> Meant:
    """Put those that are called exactly so first; one alone is sure."""
    ordered = sorted(found, key=lambda record: record.pk not in called)
    return Meant(ordered[:most], ordered[0] if len(called) == 1 else None)


def _names(network: Network) -> list[str]:
    labels = (label.name for label in network.labels.all())
    return [network.name, network.acronym, *network.aliases, *labels]


def _lies_in(city: City, places: str) -> bool:
    """Whether every word that was typed after the name is of its division or country."""
    country = f"{city.country.name} {named(city.country)} {city.country_id}"
    own = fold(f"{city.admin1_name} {country}").split()
    return all(word in own for word in fold(places).split())


def _id_in(text: str) -> str:
    """Return the public id in a text: alone, or in brackets at its end, as `written` puts it."""
    _before, _bracket, rest = text.strip().rpartition("[")
    found = rest.removesuffix("]")
    return found if re.fullmatch(SLUG, found) else ""


def _plain(text: str) -> str:
    """Return a typed text as a search takes it."""
    return "".join(c for c in text[:LONGEST_QUERY] if c.isprintable()).strip()
