"""What records are called in the language of the page: by labels, and by CLDR for the world."""

import datetime
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.lists import format_list
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from directory.models import City, Country, FocusArea, Label, Network, Region
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

# Tables by what a label is of, then primary keys, then languages.
Labels = Mapping[type, Mapping[int, Mapping[str, str]]]


def named(record: City | Country | FocusArea | Network | Region) -> str:
    """Return what a record is called in the active language, else its own name."""
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return record.name
    if isinstance(record, Country):
        return _territories(language).get(record.code, record.name)
    if isinstance(record, Region):
        return _region(record, language)
    labels = known_labels.get(timezone.now().date())
    return labels.get(type(record), {}).get(record.pk, {}).get(language, record.name)


# For what is made once and read in many languages.
lazily_named = lazy(named, str)


def _region(region: Region, language: str) -> str:
    territories = _territories(language)
    if region.slug in JOINED:
        names = [territories[code] for code in JOINED[region.slug]]
        return format_list(names, locale=Locale.parse(language, sep="-"))
    return territories.get(CODES.get(region.slug, ""), region.name)


@lru_cache(maxsize=len(settings.LANGUAGES))
def _territories(language: str) -> Mapping[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def _read_labels(_day: datetime.date) -> Labels:
    found: dict[type, dict[int, dict[str, str]]] = {City: {}, FocusArea: {}, Network: {}}
    rows = Label.objects.order_by().values_list("city", "focus_area", "network", "language", "name")
    for city, area, network, language, name in rows:
        owner, pk = next(
            (table, pk)
            for table, pk in ((City, city), (FocusArea, area), (Network, network))
            if pk is not None
        )
        found[owner].setdefault(pk, {})[language] = name
    return found


known_labels = PerRevision(_read_labels)
