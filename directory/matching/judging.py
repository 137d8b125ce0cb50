"""What the evidence comes to: scores, the order of candidates, and whether the first is safe."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from directory.gazetteer.spelling import skeleton
from directory.matching.bearers import Bearer
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
SAFE_POPULATION_OF_SHARED_NAME = 100_000


@dataclass(slots=True)
class Judged:
    """The evidence that counts, the likeliest first, with scores from 0 to 1."""

    is_safe: bool
    ranked: list[tuple[float, Evidence]]


def judge(asked: Asked, found: Sequence[Evidence], large: dict[Cell, list[Large]]) -> Judged:
    """Return what may be meant, in order, and whether the first is safe to take."""
    for each in found:
        if not each.bearer.slug and _is_quarter(each.bearer, large):
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
    top = ranked[0][0]
    ranked = [ranked[0], *sorted(ranked[1:], key=lambda each: (-each[0], weightiest(each[1])))]
    ranked = [(min(score, top), each) for score, each in ranked]
    return Judged(is_safe=_is_safe(asked, best, share), ranked=ranked)


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
