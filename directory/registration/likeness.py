"""Names that look alike: what a proposal may be a duplicate of, homoglyphs included."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from directory.gazetteer.lookup import places_named
from directory.models import City, Label, Network
from directory.models.text import fold

# Letters of other scripts beside the Latin one each looks like, after folding: small, no accents.
CYRILLIC, GREEK, ARMENIAN = (
    ("абвгезіјкмнопрстухѕԁԛԝһьүӏ", "abbreeijkmhonpctyxsdqwhbyl"),
    ("αβγεζηικμνορστυχω", "abyezhikmvopotyxw"),
    ("աեհյնոօսցզ", "uehjnnougq"),
)
LOOKALIKES = {
    **str.maketrans(*CYRILLIC),
    **str.maketrans(*GREEK),
    **str.maketrans(*ARMENIAN),
}
# Within Latin, too: what differs in one stroke.
STROKES = str.maketrans({"0": "o", "1": "l", "i": "l", "3": "e", "5": "s"})
CLOSE_BY_KM = 15
LIKE, LIKE_AND_CLOSE = 88, 60
MOST_FOUND = 8


@dataclass(frozen=True)
class Lookalike:
    """A record that a proposal may be a duplicate of, and how like it is (0 to 100)."""

    record: Any
    likeness: float


def skeleton(text: str) -> str:
    """Return what the eye sees of a name: equal for names that cannot be told apart.

    >>> skeleton("Сіtіеѕ") == skeleton("cities")
    True
    """
    return fold(text).translate(LOOKALIKES).translate(STROKES).replace(" ", "").replace("rn", "m")


def networks_like(name: str, *, acronym: str = "", website: str = "") -> list[Lookalike]:
    """Return networks that may be the same, the likeliest first."""
    labels: dict[int, list[str]] = {}
    for owner, label in Label.objects.filter(network__isnull=False).values_list("network", "name"):
        labels.setdefault(owner, []).append(label)
    host, found = _host(website), []
    for network in Network.objects.public().order_by("name_key", "slug"):
        names = [network.name, network.acronym, *network.aliases, *labels.get(network.pk, ())]
        likeness = _likeness((name, acronym), filter(None, names))
        if host and host == _host(network.website):
            likeness = max(likeness, LIKE)
        if likeness >= LIKE:
            found.append(Lookalike(network, likeness))
    return _best(found)


def cities_like(
    name: str,
    *,
    country: str,
    latitude: float | None = None,
    longitude: float | None = None,
    geonameid: int | None = None,
) -> list[Lookalike]:
    """Return cities that may be the same: by the place, by any name, by what lies close."""
    places = {place.pk for place in places_named(name, country)}
    cities = City.objects.public().filter(country=country).prefetch_related("labels")
    found = []
    for city in cities.order_by("name_key", "slug"):
        names = [city.name, *(label.name for label in city.labels.all())]
        likeness = _likeness((name,), names)
        if city.place_id is not None and city.place_id == geonameid:
            likeness = 100
        elif city.place_id in places:
            likeness = max(likeness, LIKE)
        close = latitude is not None and longitude is not None
        close = close and _km(city, latitude, longitude) <= CLOSE_BY_KM
        if likeness >= (LIKE_AND_CLOSE if close else LIKE):
            found.append(Lookalike(city, likeness))
    return _best(found)


def _likeness(wanted: Iterable[str], names: Iterable[str]) -> float:
    names = list(names)
    best = 0.0
    for text in filter(None, wanted):
        for name in names:
            if skeleton(text) == skeleton(name):
                return 100
            if min(len(text), len(name)) > 3:
                best = max(best, fuzz.token_sort_ratio(fold(text), fold(name)))
    return best


def _best(found: list[Lookalike]) -> list[Lookalike]:
    ordered = sorted(found, key=lambda each: (-each.likeness, each.record.name_key, each.record.pk))
    return ordered[:MOST_FOUND]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _km(city: City, latitude: float, longitude: float) -> float:
    north = (city.latitude - latitude) * 111.2
    east = ((city.longitude - longitude + 180) % 360 - 180) * 111.2
    return math.hypot(north, east * math.cos(math.radians(latitude)))
