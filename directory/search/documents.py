"""What the index holds of each network and city: its terms and their weights.

A weight says how much it means that a word stands in that field: a word of a name more than
one of a summary. Only the order of the resulting scores matters, so weights are plain integers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

from directory.models import City, Country, FocusArea, Network, PlaceName, Region
from directory.search.names import in_every_language
from directory.search.words import phrase, words

# Whole names and synonyms.
NAME_PHRASE = 1000
ACRONYM_PHRASE = 1200
ALIAS_PHRASE = 700
FOCUS_PHRASE = 300
PARENT_PHRASE = 120
# Single words.
ACRONYM = 150
NAME = 90
ALIAS = 70
FOCUS_NAME = 60
FOCUS_SYNONYM = 45
PARENT_WORD = 15
HEADQUARTERS = 30
FUNDER = 30
TERRITORY = 20
SUMMARY = 25
ELIGIBILITY = 8
# How much of a focus area's weight counts, by its rank in the network.
RANK_SHARE = (1.0, 0.8, 0.65, 0.55)
LEAST_RANK_SHARE = 0.5

CITY_NAME_PHRASE = 1000
CITY_LABEL_PHRASE = 900
CITY_PLACE_PHRASE = 600
CITY_NAME = 90
CITY_LABEL = 80
CITY_PLACE_NAME = 50
CITY_TERRITORY = 10
# What people write for a country beside its name and its codes.
COUNTRY_ABBREVIATIONS = {
    "AE": "UAE Emirates",
    "BA": "BiH",
    "CD": "DRC Congo Kinshasa",
    "CZ": "Czech Republic",
    "GB": "UK Britain England",
    "KR": "Korea",
    "NL": "Holland",
    "TR": "Turkey Turkiye",
    "US": "America States",
}


CITIES_AT_ONCE = 500


class Terms(dict[str, int]):
    """Terms of one record with their weights.

    Within a field a term has the greatest weight given to it there; what several fields say of
    it adds up.
    """

    def add_field(self, *names: str, word: float, whole: float = 0) -> None:
        """Add the names of one field, with their weights as wholes and word by word."""
        self.add_weighted((name, whole, word) for name in names)

    def add_weighted(self, names: Iterable[tuple[str, float, float]]) -> None:
        """Add one field's names, each with its own weights: (name, as a whole, by word)."""
        field: dict[str, float] = {}
        for name, whole, word in names:
            as_a_whole, word_by_word = _terms_of(name)
            if whole and field.get(as_a_whole, 0) < whole:
                field[as_a_whole] = whole
            for term in word_by_word:
                if field.get(term, 0) < word:
                    field[term] = word
        field.pop("", None)
        for term, weight in field.items():
            self[term] = self.get(term, 0) + round(weight)


# Names of countries and focus areas stand in hundreds of records.
@lru_cache(maxsize=20_000)
def _terms_of(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name as one term, and its words."""
    return phrase(name), tuple(words(name))


def network_terms(network: Network) -> Terms:
    """Return the terms of a network that was read by ``network_documents``."""
    terms = Terms()
    names, synonyms = _labelled(network)
    terms.add_field(network.name, *names, whole=NAME_PHRASE, word=NAME)
    terms.add_field(network.acronym, whole=ACRONYM_PHRASE, word=ACRONYM)
    terms.add_field(*network.aliases, *synonyms, whole=ALIAS_PHRASE, word=ALIAS)
    terms.add_weighted(
        name
        for link in network.focus_area_links.all()
        for name in _focus_area_names(link.focus_area, _rank_share(link.rank))
    )
    terms.add_field(
        *(funder.name for funder in network.funders.all()), whole=FUNDER * 2, word=FUNDER
    )
    terms.add_field(network.headquarters_city, whole=HEADQUARTERS * 2, word=HEADQUARTERS)
    territories = [*network.countries.all(), *network.regions.all()]
    if network.headquarters_country:
        territories.append(network.headquarters_country)
    terms.add_field(*chain.from_iterable(map(_territory_names, territories)), word=TERRITORY)
    terms.add_field(network.summary, word=SUMMARY)
    terms.add_field(network.eligibility, word=ELIGIBILITY)
    return terms


def _territory_names(territory: Country | Region) -> list[str]:
    return in_every_language(territory) if isinstance(territory, Country) else [territory.name]


def _rank_share(rank: int) -> float:
    return RANK_SHARE[rank - 1] if rank <= len(RANK_SHARE) else LEAST_RANK_SHARE


def _focus_area_names(area: FocusArea, share: float) -> Iterable[tuple[str, float, float]]:
    """Return the names and synonyms of an area and its parent, each with its weights."""
    names, synonyms = _labelled(area)
    for name in (area.name, *names):
        yield name, FOCUS_PHRASE * share, FOCUS_NAME * share
    for synonym in (*area.synonyms, *synonyms):
        yield synonym, FOCUS_PHRASE * share, FOCUS_SYNONYM * share
    if area.parent:
        names, synonyms = _labelled(area.parent)
        for name in (area.parent.name, *names, *area.parent.synonyms, *synonyms):
            yield name, PARENT_PHRASE * share, PARENT_WORD * share


def _labelled(record: Network | City | FocusArea) -> tuple[list[str], list[str]]:
    """Return the names and the synonyms of a record in other languages."""
    labels = record.labels.all()
    return [label.name for label in labels], [
        synonym for label in labels for synonym in label.synonyms
    ]


def network_documents(ids: Iterable[int] | None = None) -> Iterable[Network]:
    """Return networks (all, or those of ``ids``) with everything that their terms come from."""
    networks = Network.objects.public()
    if ids is not None:
        networks = networks.filter(pk__in=ids)
    return (
        networks.select_related("headquarters_country")
        .prefetch_related(
            "labels",
            "funders",
            "countries",
            "regions",
            "focus_area_links__focus_area__labels",
            "focus_area_links__focus_area__parent__labels",
        )
        .order_by("pk")
        .iterator(chunk_size=500)
    )


def city_terms(city: City) -> Terms:
    """Return the terms of a city that was read by ``city_documents``."""
    terms = Terms()
    names, synonyms = _labelled(city)
    terms.add_weighted(
        (
            (city.name, CITY_NAME_PHRASE, CITY_NAME),
            *((name, CITY_LABEL_PHRASE, CITY_LABEL) for name in (*names, *synonyms)),
            *((name, CITY_PLACE_PHRASE, CITY_PLACE_NAME) for name in city.names_of_place),
        )
    )
    country = city.country
    terms.add_field(
        city.admin1_name,
        *in_every_language(country),
        country.code,
        country.iso3,
        COUNTRY_ABBREVIATIONS.get(country.code, ""),
        word=CITY_TERRITORY,
    )
    return terms


def city_documents(ids: Iterable[int] | None = None) -> Iterator[City]:
    """Yield cities (all, or those of ``ids``) with everything that their terms come from.

    ``names_of_place``: the folded names that the gazetteer has for each.
    """
    cities = City.objects.public()
    if ids is not None:
        cities = cities.filter(pk__in=ids)
    found = (
        cities.select_related("country")
        .prefetch_related("labels")
        .order_by("pk")
        .iterator(chunk_size=CITIES_AT_ONCE)
    )
    while batch := list(islice(found, CITIES_AT_ONCE)):
        names = _names_of_places([city.place_id for city in batch if city.place_id])
        for city in batch:
            city.names_of_place = names.get(city.place_id, ())
        yield from batch


def _names_of_places(places: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """Return the folded names of those of the places that are loaded; a city has dozens."""
    found: dict[int, list[str]] = {}
    rows = PlaceName.objects.filter(place__in=places).order_by()
    for place, key in rows.values_list("place_id", "key"):
        found.setdefault(place, []).append(key)
    return found
