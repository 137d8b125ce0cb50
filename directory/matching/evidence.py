"""What speaks for each bearer of a name: how it is called, where it lies, how large it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.matching.bearers import Bearer, Bearers
from directory.matching.bodies import names_no_town
from directory.matching.countries import TERRITORIES
from directory.matching.distances import kilometres
from directory.matching.divisions import Divisions
from directory.matching.written import Reading
from directory.models.text import fold

# How well a name fits, and how much less likely each way of fitting makes a bearer.
OWN_NAME, OTHER_NAME = 1.0, 0.95
SHARE_BY_OTHER_NAME = 0.005
# Without a country, names in other languages are what people write; and large cities are called
# by the beginning of their names.
SHARE_BY_EXONYM = 0.3
LARGE = 100_000
PER_DOUBT = 1e-30
# From here on down a name is taken only where nothing fits better.
LAST_RESORT = 0.8
# Members of networks are asked for more often than others.
LISTED_COUNT_AS = 4.0
UNKNOWN_POPULATION = 500
MISFIT, UNKNOWN_FIT = 0.0005, 0.001
# A town of a territory may be written under its state's code.
OF_A_TERRITORY = 0.1
# As far as the capital of a province may lie from its towns, in kilometres.
PROVINCE = 70
SEAT_OF_PROVINCE = 5_000


@dataclass(slots=True)
class Evidence:
    """Why one bearer may be meant. ``quality`` is how well the name fits, ``weight`` how likely
    it is meant beside others, ``fits`` whether all that stands beside the name was found right.
    """

    bearer: Bearer
    reading: Reading
    is_own: bool
    is_shared: bool
    quality: float
    weight: float = 0.0
    fits: bool | None = None
    is_twin: bool = False
    is_quarter: bool = False

    @property
    def is_town(self) -> bool:
        """Whether the words speak of a town, or the place itself is called by them."""
        return self.reading.is_town or (
            self.reading.doubt < 0.02 and names_no_town(self.bearer.key)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A query made ready: its readings, the code of its country, what stands beside the name."""

    readings: tuple[Reading, ...]
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None


class Weighing:
    """Gathers the evidence for one query from the bearers that were read."""

    def __init__(self, bearers: Bearers, divisions: Divisions) -> None:
        self._bearers = bearers
        self._divisions = divisions

    def evidence(self, asked: Asked) -> list[Evidence]:
        """Return the evidence for each bearer that may be meant."""
        best: dict[Bearer, Evidence] = {}
        sides: dict[Bearer, set[int]] = {}
        for found in _whole_or_sides(list(self._by_name(asked))):
            known = best.get(found.bearer)
            sides.setdefault(found.bearer, set()).add(found.reading.side)
            if known is None or (found.quality, found.is_own) > (known.quality, known.is_own):
                best[found.bearer] = found
        for bearer, found in best.items():
            if len(sides[bearer] - {0}) > 1:
                # Both names of a twin are its names: nothing fits better.
                found.is_twin = True
                found.quality = max(found.quality, OWN_NAME - 0.01)
        likely = _without_last_resorts(list(best.values()))
        for found in likely:
            found.weight = self._weight(asked, found)
            self._place(asked, found)
        self._tell_apart(asked, likely)
        return likely

    def _by_name(self, asked: Asked) -> Iterable[Evidence]:
        for reading in asked.readings:
            for bearer, is_own, is_shared in self._bearers.of(reading.key):
                quality = (OWN_NAME if is_own else OTHER_NAME) - reading.doubt
                if asked.country and bearer.country != asked.country:
                    if bearer.country not in TERRITORIES.get(asked.country, ()):
                        continue
                    quality -= OF_A_TERRITORY
                yield Evidence(bearer, reading, is_own, is_shared, quality)

    def _weight(self, asked: Asked, found: Evidence) -> float:
        weight = float(max(found.bearer.population, UNKNOWN_POPULATION))
        if found.bearer.slug:
            weight *= LISTED_COUNT_AS
        if found.is_twin:
            return weight
        if not found.is_own:
            is_exonym = not asked.country or _is_short_for_large(found)
            weight *= SHARE_BY_EXONYM if is_exonym else SHARE_BY_OTHER_NAME
        return weight * PER_DOUBT**found.reading.doubt

    def _place(self, asked: Asked, found: Evidence) -> None:
        """Weigh where the bearer lies against the point that was asked for."""
        if asked.latitude is None or asked.longitude is None:
            return
        far = kilometres(
            asked.latitude, asked.longitude, found.bearer.latitude, found.bearer.longitude
        )
        found.weight *= 1.0 if far < 10 else 0.2 if far < 30 else 0.01 if far < 100 else 1e-5
        if far > 60:
            found.fits = False

    def _tell_apart(self, asked: Asked, found: list[Evidence]) -> None:
        """Weigh where the bearers lie against what was said beside the name."""
        said = {text for each in found for text in self._beside(asked, each)}
        is_whole = any(each.quality > OTHER_NAME and not each.reading.beside for each in found)
        for text in sorted(said):
            fits = {
                id(each): self._fits(text, each.bearer)
                for each in found
                if text in self._beside(asked, each)
            }
            is_understood = any(fits.values())
            for each in found:
                fit = fits.get(id(each))
                if fit is False or (
                    fit is None
                    and text in each.reading.beside
                    and self._is_another_town(text, each)
                ):
                    each.weight *= MISFIT
                    each.fits = False
                elif fit and each.fits is not False:
                    each.fits = True
                elif fit is None and is_whole and text in each.reading.beside:
                    each.weight *= MISFIT
                elif fit is None and is_understood:
                    each.weight *= UNKNOWN_FIT

    def _is_another_town(self, text: str, found: Evidence) -> bool:
        """Return whether a large town elsewhere is called so: "Wien, Graz" is a list of two."""
        return any(
            is_own
            and town.population >= LARGE
            and town.country == found.bearer.country
            and _apart(town, found.bearer) > PROVINCE
            for town, is_own, _is_shared in self._bearers.of(fold(text))
        )

    def _beside(self, asked: Asked, found: Evidence) -> tuple[str, ...]:
        return (*filter(None, [asked.admin1]), *found.reading.beside)

    def _fits(self, text: str, bearer: Bearer) -> bool | None:
        """Return whether a text beside the name says where the bearer lies."""
        if bearer.admin1_code and text.upper() in (
            bearer.admin1_code,
            f"{bearer.country}-{bearer.admin1_code}",
            f"{bearer.country}.{bearer.admin1_code}",
        ):
            return True
        fits = self._divisions.fits(text, bearer)
        called_so = [each.bearer for each in self._bearers.of(fold(text))]
        if fits is None and bearer in called_so:
            # "Mons (Bergen)": its other name.
            return True
        if fits is None and any(
            seat.country == bearer.country
            and seat.population >= SEAT_OF_PROVINCE
            and seat is not bearer
            and _apart(seat, bearer) < PROVINCE
            for seat in called_so
        ):
            # Provinces are called after their capitals: "Reus, Tarragona".
            return True
        return fits


def _apart(one: Bearer, other: Bearer) -> float:
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude)


def _is_short_for_large(found: Evidence) -> bool:
    """Return whether a city is meant by the beginning of its name: "Frankfurt"."""
    return found.bearer.population >= LARGE and found.bearer.key.startswith(f"{found.reading.key} ")


def _whole_or_sides(found: list[Evidence]) -> list[Evidence]:
    """Leave out the sides of a twin where a place is called by the whole of what was written."""
    whole = {
        each.bearer for each in found if each.is_own and not each.reading.doubt and each.is_town
    }
    if not whole:
        return found
    return [each for each in found if not each.reading.side or each.bearer in whole]


def _without_last_resorts(found: list[Evidence]) -> list[Evidence]:
    better = [each for each in found if each.quality > LAST_RESORT]
    return better or found
