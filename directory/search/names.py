"""What records are called in the language of the page: by labels, and by CLDR for the world."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from babel import Locale
from babel.lists import format_list
from django.conf import settings
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from directory.models import City, Country, FocusArea, Label, Network, Region
from directory.models.membership import MembershipQuerySet
from directory.models.text import fold
from directory.search.per_revision import PerRevision

# The codes under which CLDR names the regions of UN M49.
CODES = {
    "world": "001",
    "africa": "002",
    "northern-africa": "015",
    "sub-saharan-africa": "202",
    "americas": "019",
    "northern-america": "021",
    "antarctica": "AQ",
    "asia": "142",
    "central-asia": "143",
    "eastern-asia": "030",
    "south-eastern-asia": "035",
    "southern-asia": "034",
    "western-asia": "145",
    "europe": "150",
    "eastern-europe": "151",
    "northern-europe": "154",
    "southern-europe": "039",
    "western-europe": "155",
    "oceania": "009",
    "melanesia": "054",
    "micronesia": "057",
    "polynesia": "061",
}
# CLDR names only one half of these.
JOINED = {
    "latin-america-and-the-caribbean": ("419", "029"),
    "australia-and-new-zealand": ("AU", "NZ"),
}

Record = City | Country | FocusArea | Network | Region


class Words(NamedTuple):
    """What a label says: the name in its language, and other words for it."""

    name: str
    synonyms: Sequence[str]


# By what a label is of, then primary keys, then languages.
Labels = Mapping[type, Mapping[Any, Mapping[str, Words]]]


def named(record: Record) -> str:
    """Return what a record is called in the active language, else its own name."""
    if isinstance(record, Region):
        return _region(record, _language())
    return called(type(record), record.pk, record.name)


# For what is made once and read in many languages.
lazily_named = lazy(named, str)


def called(kind: type[Model], key: Any, own: str) -> str:
    """Return what a record that was not read as a whole is called: by its primary key."""
    return called_in(_language(), kind, key, own)


def called_in(language: str, kind: type[Model], key: Any, own: str) -> str:
    """Return what a record is called in a language, for who names many: by its primary key."""
    if language == settings.LANGUAGE_CODE:
        return own
    if kind is Country:
        return _territories(language).get(key, own)
    words = _labels().get(kind, {}).get(key, {}).get(language)
    return words.name if words else own


def other_words(area: FocusArea) -> Sequence[str]:
    """Return the synonyms of a focus area in the active language."""
    language = _language()
    if language == settings.LANGUAGE_CODE:
        return area.synonyms
    words = _labels()[FocusArea].get(area.pk, {}).get(language)
    return words.synonyms if words else []


def words_in_any_language(kind: type[City | FocusArea | Network]) -> Mapping[int, list[str]]:
    """Return all names and synonyms that labels give the records of a table, by primary key."""
    return {
        pk: [each for words in labels.values() for each in (words.name, *words.synonyms)]
        for pk, labels in _labels()[kind].items()
    }


def in_every_language(country: Country) -> list[str]:
    """Return the names of a country in all languages that pages speak, its own first."""
    others = (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
    found = (_territories(language).get(country.code, country.name) for language in others)
    return list(dict.fromkeys((country.name, *found)))


class NameIn(NamedTuple):
    """A name in a language; that is empty for a record's own name."""

    language: str
    name: str


def names_in_languages(record: City | FocusArea | Network) -> list[NameIn]:
    """Return the names that labels give a record, by language."""
    words = _labels()[type(record)].get(record.pk, {})
    return [NameIn(language, words[language].name) for language in sorted(words)]


def also_called(
    record: City | FocusArea | Network, labels: Iterable[Label | NameIn]
) -> list[NameIn]:
    """Return the other names of a record, each once, its own first where that is not shown."""
    shown = named(record)
    names = {record.name: ""}
    for label in labels:
        names.setdefault(label.name, label.language)
    return [NameIn(language, name) for name, language in names.items() if name != shown]


def called_alike(kind: type[City | Country], key: str) -> list[Any]:
    """Return the primary keys of what has a name in the active language that holds a folded text.

    None in the site's own language, in which the stored names are asked.
    """
    language = _language()
    if language == settings.LANGUAGE_CODE:
        return []
    if kind is Country:
        return [code for code, name in _territories(language).items() if key in fold(name)]
    return [
        pk
        for pk, labels in _labels()[kind].items()
        if language in labels and key in fold(labels[language].name)
    ]


def of_cities_called(memberships: MembershipQuerySet, words: str) -> MembershipQuerySet:
    """Return the memberships of cities whose name, or that of whose country, holds the words."""
    key = fold(words)
    return memberships.filter(
        Q(city__name_key__contains=key)
        | Q(city__in=called_alike(City, key))
        | Q(city__country__name_key__contains=key)
        | Q(city__country__in=called_alike(Country, key))
    )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _labels() -> Labels:
    return known_labels.get(timezone.now().date())


def _region(region: Region, language: str) -> str:
    if language == settings.LANGUAGE_CODE:
        return region.name
    territories = _territories(language)
    if region.slug in JOINED:
        names = [territories[code] for code in JOINED[region.slug]]
        return format_list(names, locale=Locale.parse(language, sep="-"))
    return territories.get(CODES.get(region.slug, ""), region.name)


@lru_cache(maxsize=len(settings.LANGUAGES))
def _territories(language: str) -> Mapping[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def _read_labels(_day: datetime.date) -> Labels:
    found: dict[type, dict[int, dict[str, Words]]] = {City: {}, FocusArea: {}, Network: {}}
    columns = ("city", "focus_area", "network", "language", "name", "synonyms")
    rows = Label.objects.public().order_by().values_list(*columns)
    for city, area, network, language, *words in rows:
        owner, pk = next(
            (table, pk)
            for table, pk in ((City, city), (FocusArea, area), (Network, network))
            if pk is not None
        )
        found[owner].setdefault(pk, {})[language] = Words(*words)
    return found


known_labels = PerRevision(_read_labels, of=("labels",))
