"""What the index holds of each network and city: its terms and their weights.

A weight says how much it means that a word stands in that field: a word of a name more than
one of a summary. Only the order of the resulting scores matters, so weights are plain integers.
"""

from collections.abc import Iterable

from directory.models import City, FocusArea, Network
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
SUMMARY = 14
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


class Terms(dict[str, int]):
    """Terms of one record with their weights; a term keeps the greatest weight given to it."""

    def put(self, terms: Iterable[str], weight: float) -> None:
        """Give ``terms`` a weight, unless they have a greater one."""
        for term in terms:
            if term and self.get(term, 0) < weight:
                self[term] = round(weight)

    def put_name(self, name: str, *, whole: float, word: float) -> None:
        """Give a name its weights: as a whole and word by word."""
        self.put([phrase(name)], whole)
        self.put(words(name), word)


def network_terms(network: Network) -> Terms:
    """Return the terms of a network that was read by ``network_documents``."""
    terms = Terms()
    terms.put_name(network.name, whole=NAME_PHRASE, word=NAME)
    terms.put_name(network.acronym, whole=ACRONYM_PHRASE, word=ACRONYM)
    for alias in network.aliases:
        terms.put_name(alias, whole=ALIAS_PHRASE, word=ALIAS)
    for label in network.labels.all():
        terms.put_name(label.name, whole=NAME_PHRASE, word=NAME)
    for link in network.focus_area_links.all():
        _put_focus_area(terms, link.focus_area, _rank_share(link.rank))
    for funder in network.funders.all():
        terms.put_name(funder.name, whole=FUNDER * 2, word=FUNDER)
    terms.put_name(network.headquarters_city, whole=HEADQUARTERS * 2, word=HEADQUARTERS)
    if network.headquarters_country:
        terms.put(words(network.headquarters_country.name), TERRITORY)
    for territory in (*network.countries.all(), *network.regions.all()):
        terms.put(words(territory.name), TERRITORY)
    terms.put(words(network.summary), SUMMARY)
    terms.put(words(network.eligibility), ELIGIBILITY)
    return terms


def _rank_share(rank: int) -> float:
    return RANK_SHARE[rank - 1] if rank <= len(RANK_SHARE) else LEAST_RANK_SHARE


def _put_focus_area(terms: Terms, area: FocusArea, share: float) -> None:
    for name in (area.name, *(label.name for label in area.labels.all())):
        terms.put_name(name, whole=FOCUS_PHRASE * share, word=FOCUS_NAME * share)
    for synonym in area.synonyms:
        terms.put_name(synonym, whole=FOCUS_PHRASE * share, word=FOCUS_SYNONYM * share)
    if area.parent:
        for name in (area.parent.name, *area.parent.synonyms):
            terms.put_name(name, whole=PARENT_PHRASE * share, word=PARENT_WORD * share)


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
            "focus_area_links__focus_area__parent",
            "focus_area_links__focus_area__labels",
        )
        .order_by("pk")
        .iterator(chunk_size=500)
    )


def city_terms(city: City) -> Terms:
    """Return the terms of a city that was read by ``city_documents``."""
    terms = Terms()
    terms.put_name(city.name, whole=CITY_NAME_PHRASE, word=CITY_NAME)
    for label in city.labels.all():
        terms.put_name(label.name, whole=CITY_LABEL_PHRASE, word=CITY_LABEL)
    for name in gazetteer_names(city):
        terms.put_name(name, whole=CITY_PLACE_PHRASE, word=CITY_PLACE_NAME)
    territories = (city.admin1_name, city.country.name, city.country.code, city.country.iso3)
    for territory in territories:
        terms.put(words(territory), CITY_TERRITORY)
    return terms


def gazetteer_names(city: City) -> list[str]:
    """Return the names of the city's place; none where the gazetteer lacks it or is not loaded."""
    if city.place_id is None or city.place is None:
        return []
    return [name.name for name in city.place.names.all()]


def city_documents(ids: Iterable[int] | None = None) -> Iterable[City]:
    """Return cities (all, or those of ``ids``) with everything that their terms come from."""
    cities = City.objects.public()
    if ids is not None:
        cities = cities.filter(pk__in=ids)
    return (
        cities.select_related("country")
        .prefetch_related("labels", "place__names")
        .order_by("pk")
        .iterator(chunk_size=500)
    )
