"""Which city a row means: by any of its names, in any script, within country and division.

All names are read once for a whole file; a name that two places may bear is never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from directory.matching.divisions import Divisions
from directory.matching.written import Reading, readings
from directory.models import City, Label, PlaceName, Redirect
from directory.models.choices import RecordType
from directory.models.text import fold
from directory.registration.bulk.finding import VERY_LIKE, Match, alike, choose

NAME, OTHER_NAME = 1.0, 0.95
# A place counts for less where the name is only one of its many, and not at all where it is small
# beside the largest that bears it.
SHARE_BY_OTHER_NAME, NEGLIGIBLE = 0.3, 0.1
UNKNOWN_POPULATION = 1_000
WITHOUT_COUNTRY, DIVISION_UNKNOWN = 0.95, 0.97
KEYS_PER_QUERY = 500


@dataclass(frozen=True)
class Bearer:
    """A place that bears a name: a listed city (with its public id), or another one."""

    slug: str
    country: str
    admin1_code: str
    admin1_name: str
    population: int
    quality: float

    @property
    def weight(self) -> float:
        """How likely it is meant by the name alone."""
        share = 1.0 if self.quality > OTHER_NAME else SHARE_BY_OTHER_NAME
        return (self.population or UNKNOWN_POPULATION) * share


class CityFinder:
    """Finds cities by what is written of them; ``written`` are all names that will be asked."""

    def __init__(self, written: Iterable[str]) -> None:
        self._by_key: dict[str, dict[str, Bearer]] = defaultdict(dict)
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._divisions = Divisions()
        self.slugs: set[str] = set()
        self._read_cities()
        self._renamed = dict(
            Redirect.objects.filter(record_type=RecordType.CITY).values_list("old_slug", "new_slug")
        )
        self._others = self._read_others({r.key for text in set(written) for r in readings(text)})
        self._found: dict[tuple[str, str, str], Match] = {}

    def find(self, written: str, country: str = "", division: str = "") -> Match:
        """Return what is meant; ``country`` is a code or empty, ``division`` as written."""
        asked = (written, country, division)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, written: str, country: str, division: str) -> Match:
        slug = self._renamed.get(written, written)
        if slug in self.slugs:
            return Match(slug, 1.0)
        other_place = False
        for reading in readings(written):
            listed = self._within(self._by_key.get(reading.key, {}).values(), country)
            others = self._within(self._others.get(reading.key, ()), country)
            beside = tuple(filter(None, (division, *reading.beside)))
            listed, others, told = self._told_apart(listed, others, beside)
            if listed:
                return _decide(reading, listed, others, country=country, told=told)
            other_place = other_place or bool(others)
        return self._nearest(written, country, is_known=other_place)

    def _told_apart(
        self, listed: list[Bearer], others: list[Bearer], beside: tuple[str, ...]
    ) -> tuple[list[Bearer], list[Bearer], bool]:
        """Return who fits what stands beside the name, and whether all of that was understood."""
        told = True
        for text in beside:
            fits = {b: self._divisions.fits(text, b) for b in (*listed, *others)}
            if any(fits.values()):
                listed, others = ([b for b in bearers if fits[b]] for bearers in (listed, others))
            else:
                told = False
                listed, others = (
                    [b for b in bearers if fits[b] is None] for bearers in (listed, others)
                )
        return listed, others, told

    def _within(self, bearers: Iterable[Bearer], country: str) -> list[Bearer]:
        return [bearer for bearer in bearers if not country or bearer.country == country]

    def _nearest(self, written: str, country: str, *, is_known: bool) -> Match:
        """Return names that are alike, and cities of this very name in other countries."""
        scores: dict[str, float] = {}
        keys = self._keys[country]
        for reading in readings(written):
            if country:
                for slug in self._by_key.get(reading.key, {}):
                    scores[slug] = max(scores.get(slug, 0), 0.5)
            for key, likeness in alike(reading.key, keys):
                for bearer in self._within(self._by_key[key].values(), country):
                    score = likeness / 100 * 0.9 - reading.doubt
                    scores[bearer.slug] = max(scores.get(bearer.slug, 0), score)
        if is_known:
            return choose(
                scores,
                is_close=False,
                remark=_("A place of this name exists but is not in the directory yet."),
            )
        return choose(scores, is_close=max(scores.values(), default=0) >= VERY_LIKE / 100 * 0.9)

    def _read_cities(self) -> None:
        of_place: dict[int, Bearer] = {}
        of_city: dict[int, Bearer] = {}
        columns = ("pk", "slug", "name_key", "country", "admin1_code", "admin1_name", "population")
        for (
            pk,
            slug,
            key,
            country,
            code,
            division,
            population,
            place,
        ) in City.objects.public().values_list(*columns, "place_id"):
            bearer = Bearer(slug, country, code, division, population or 0, NAME)
            self.slugs.add(slug)
            of_city[pk] = bearer
            self._add(key, bearer)
            self._divisions.add(country, code, division)
            # Without a country, names in many languages are alike that mean nothing alike.
            self._keys[""].add(key)
            if place:
                of_place[place] = Bearer(slug, country, code, division, population or 0, OTHER_NAME)
        for pk, name in Label.objects.filter(city__isnull=False).values_list("city", "name"):
            self._add(fold(name), of_city[pk])
        names = PlaceName.objects.filter(place__cities__isnull=False)
        for place, key in names.values_list("place_id", "key").iterator(chunk_size=5000):
            self._add(key, of_place[place])

    def _add(self, key: str, bearer: Bearer) -> None:
        self._by_key[key].setdefault(bearer.slug, bearer)
        self._keys[bearer.country].add(key)

    def _read_others(self, keys: set[str]) -> dict[str, list[Bearer]]:
        """Return the places of the gazetteer that are no listed city, by the names asked for."""
        found: dict[str, list[Bearer]] = defaultdict(list)
        wanted = iter(sorted(keys))
        while batch := list(islice(wanted, KEYS_PER_QUERY)):
            rows = PlaceName.objects.filter(key__in=batch, place__cities__isnull=True)
            for key, name, country, code, division, population in rows.values_list(
                "key",
                "place__name",
                "place__country_code",
                "place__admin1_code",
                "place__admin1_name",
                "place__population",
            ):
                quality = NAME if fold(name) == key else OTHER_NAME
                found[key].append(Bearer("", country, code, division, population, quality))
                self._divisions.add(country, code, division)
        return found


def _decide(
    reading: Reading, listed: list[Bearer], others: list[Bearer], *, country: str, told: bool
) -> Match:
    """Return the one that is meant, or all between which the person must choose."""
    best = max(listed, key=lambda bearer: (bearer.quality, bearer.weight))
    sure = (1.0 if country or (reading.beside and told) else WITHOUT_COUNTRY) * (
        1.0 if told else DIVISION_UNKNOWN
    )
    rivals = [
        bearer
        for bearer in (*listed, *others)
        if bearer is not best
        and (
            (bearer.slug and bearer.quality >= best.quality)
            or bearer.weight >= NEGLIGIBLE * best.weight
        )
    ]
    if not rivals:
        return Match(best.slug, round(best.quality * sure - reading.doubt, 2))
    total = sum(bearer.weight for bearer in (best, *rivals))
    scores = {
        bearer.slug: bearer.quality * sure * bearer.weight / total
        for bearer in (best, *rivals)
        if bearer.slug
    }
    unlisted = [bearer for bearer in rivals if not bearer.slug]
    remark = ""
    if unlisted:
        largest = max(unlisted, key=lambda bearer: bearer.weight)
        where = ", ".join(filter(None, (largest.admin1_name, largest.country)))
        remark = _("Another place of this name (%(where)s) is not in the directory yet.") % {
            "where": where
        }
    return choose(scores, remark=remark)
