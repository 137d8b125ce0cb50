"""What the evidence comes to: scores, the order of candidates, and whether the first is safe."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from directory.gazetteer.spelling import skeleton
from directory.matching.bearers import Bearer
from directory.matching.beginnings import Beginnings
from directory.matching.distances import Cell, Large, is_inside_larger, kilometres
from directory.matching.evidence import Asked, Evidence
from directory.models.text import fold

# A municipality and its town stand side by side in the gazetteer, some kilometres apart.
SAME_PLACE = 8.0
QUARTER_COUNTS_AS = 0.3
SAFE_QUALITY = 0.885
SAFE_SHARE = 0.97
SAFE_SHARE_WITHOUT_COUNTRY = 0.97
SAFE_POPULATION_WITHOUT_COUNTRY = 15_000
SHORTEST_SAFE = 3
TWIN = re.compile(r"\s*/\s*|\s+-\s+")
SAFE_POPULATION_BY_OTHER_NAME = 100_000
LONGEST_CODE = 3
SAFE_POPULATION_OF_SHARED_NAME = 100_000


@dataclass(slots=True)
class Judged:
    """The evidence that counts, the likeliest first, with scores from 0 to 1."""

    is_safe: bool
    ranked: list[tuple[float, Evidence]]


class Judging:
    """Judges by what is known of the large places of the world."""

    def __init__(self, large: dict[Cell, list[Large]], beginnings: Beginnings) -> None:
        self._large = large
        self._beginnings = beginnings

    def judge(self, asked: Asked, found: Sequence[Evidence]) -> Judged:
        """Return what may be meant, in order, and whether the first is safe to take."""
        for each in found:
            if not each.bearer.slug and _is_quarter(each.bearer, self._large):
                each.is_quarter = True
                each.weight *= QUARTER_COUNTS_AS
        meanings = _meanings(sorted(found, key=weightiest))
        if not meanings:
            return Judged(is_safe=False, ranked=[])
        total = sum(each[0].weight for each in meanings) or 1.0
        ranked: list[tuple[float, Evidence]] = []
        for first, *doubles in meanings:
            score = first.quality * (0.5 + 0.5 * first.weight / total)
            if not first.is_town:
                score *= 0.5
            if first.fits is False:
                score *= 0.5
            ranked.append((score, first))
            ranked += [(score * 0.5, double) for double in doubles]
        best = meanings[0][0]
        share = best.weight / total
        is_the_only = len(meanings) == 1
        top = ranked[0][0]
        ranked = [ranked[0], *sorted(ranked[1:], key=lambda each: (-each[0], weightiest(each[1])))]
        ranked = [(min(score, top), each) for score, each in ranked]
        is_safe = (
            self._is_no_beginning_of_several(best)
            and _is_where_it_is_said_to_be(asked, best, is_the_only=is_the_only)
            and (is_the_only or not _is_of_a_territory(asked, best))
            and _is_safe(asked, best, share)
        )
        return Judged(is_safe=is_safe, ranked=ranked)

    def _is_no_beginning_of_several(self, best: Evidence) -> bool:
        """Return whether no two large places of the country begin like this: "Reggio"."""
        key, own = best.reading.key, best.bearer.key
        is_short = own.startswith(f"{key} ")
        return not is_short or self._beginnings.get((best.bearer.country, key), 0) < 2


def weightiest(found: Evidence) -> tuple:
    """Return by what the likeliest comes first; the order is total."""
    bearer = found.bearer
    return (-found.weight, -bearer.population, bearer.geonameid, bearer.slug)


def _is_safe(asked: Asked, best: Evidence, share: float) -> bool:
    if best.quality < SAFE_QUALITY or not best.is_town or best.fits is False:
        return False
    if not best.is_own and not best.is_twin and not _is_safe_by_other_name(best):
        return False
    if best.is_quarter and asked.latitude is None:
        return False
    if best.is_shared and not _is_safe_though_shared(best):
        return False
    if best.reading.side and not best.is_twin and not best.fits:
        # "A / B" where only one of both is known.
        return False
    if asked.country or best.fits or asked.latitude is not None:
        return share >= SAFE_SHARE
    return (
        share >= SAFE_SHARE_WITHOUT_COUNTRY
        and best.bearer.population >= SAFE_POPULATION_WITHOUT_COUNTRY
    )


def _is_where_it_is_said_to_be(asked: Asked, best: Evidence, *, is_the_only: bool) -> bool:
    """Return whether what is said beside the name holds: it is there because of namesakes.

    What nobody understands tells nothing. Beside a name that no other place of the country bears
    it does no harm where it is a short code ("Köniz (BE)"), or of a city whose division is not
    known.
    """
    said = (*filter(None, [asked.admin1]), *best.reading.beside)
    if not said or best.fits or best.is_twin or asked.latitude is not None:
        return True
    is_code = all(len(text) <= LONGEST_CODE for text in said)
    is_placed = bool(best.bearer.admin1_code or best.bearer.admin1_name)
    does_no_harm = is_code or (best.fits is None and not is_placed)
    return does_no_harm and is_the_only and best.is_own and not best.is_shared


def _is_of_a_territory(asked: Asked, best: Evidence) -> bool:
    return bool(asked.country) and best.bearer.country != asked.country


def _is_safe_though_shared(best: Evidence) -> bool:
    """Return whether a place is so much larger than those left out that nobody means them."""
    is_large = best.bearer.population >= SAFE_POPULATION_OF_SHARED_NAME
    return is_large and best.is_own and (bool(best.bearer.slug) or not best.is_quarter)


def _is_safe_by_other_name(best: Evidence) -> bool:
    """Return whether another of its names is enough to tell the place.

    The gazetteer gives towns the short forms of their names and old misspellings, by which
    villages that it lacks are called too.
    """
    key, own = best.reading.key, best.bearer.key
    is_large = best.bearer.population >= SAFE_POPULATION_BY_OTHER_NAME
    shortest = SHORTEST_SAFE if is_large else SHORTEST_SAFE + 1
    if len(key) < shortest and key.isascii():
        # The codes of airports are among the names, too.
        return False
    if is_large:
        return True
    if key in map(fold, TWIN.split(best.bearer.name)):
        return True
    if key in own or own in key:
        return False
    is_misspelt = OSA.distance(key, own) <= max(1, len(own) // 4)
    return bool(best.bearer.slug) or not is_misspelt or skeleton(key) == skeleton(own)


def _is_quarter(bearer: Bearer, large: dict[Cell, list[Large]]) -> bool:
    return is_inside_larger(
        large,
        north=bearer.latitude,
        east=bearer.longitude,
        country=bearer.country,
        population=bearer.population,
    )


def _meanings(found: Sequence[Evidence]) -> list[list[Evidence]]:
    """Return the evidence with what is one place twice put together, the better one first."""
    meanings: list[list[Evidence]] = []
    for each in found:
        same = next((one for one in meanings if _is_same(one[0], each)), None)
        if same is None:
            meanings.append([each])
        else:
            same.append(each)
            same.sort(key=_preferred)
    for one in meanings:
        one[0].weight = max(each.weight for each in one)
    return meanings


def _is_same(one: Evidence, other: Evidence) -> bool:
    if one.bearer.slug and other.bearer.slug and one.bearer.slug != other.bearer.slug:
        # The directory lists them apart.
        return False
    return one.bearer.country == other.bearer.country and (
        kilometres(
            one.bearer.latitude,
            one.bearer.longitude,
            other.bearer.latitude,
            other.bearer.longitude,
        )
        < SAME_PLACE
    )


def _preferred(found: Evidence) -> tuple:
    return (not found.bearer.slug, not found.is_own, *weightiest(found))
