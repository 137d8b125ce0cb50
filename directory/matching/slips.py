"""Names that differ from what was written by a slip or a custom of spelling."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

from directory.gazetteer.spelling import SAINTS, numbers_within_a_slip, skeleton
from directory.matching.bearers import batches
from directory.models import PlaceName

# A name and its country, and the names of places there that it may be meant for: keys.
Wanted = tuple[str, str]
SHORTEST = 4
LONGEST = 60
MOST_SLIPS = 2
MOST_PER_NAME = 12
# What a slip, a custom of spelling and other blanks take away from how well a name fits.
PER_SLIP, BY_CUSTOM, BY_BLANKS = 0.1, 0.1, 0.03
PER_LETTER = 0.02
WITHOUT_COUNTRY = 0.05


def names_like(
    wanted: Iterable[Wanted], listed: Mapping[int, Collection[str]]
) -> Mapping[Wanted, list[tuple[str, float]]]:
    """Return for each name and country the keys of names there that it is a slip away from.

    With how much less well each fits. Some queries for all of them; names of other lengths or
    with two wrong halves are not found. ``listed`` are keys of cities by number; without a country
    only they are looked through.
    """
    asked = [(country, key) for country, key in set(wanted) if SHORTEST <= len(key) <= LONGEST]
    by_number: dict[int, set[Wanted]] = defaultdict(set)
    for country, key in asked:
        for number in numbers_within_a_slip(country, key):
            by_number[number].add((country, key))
    found: dict[Wanted, dict[str, float]] = defaultdict(dict)

    def compare(name: str, likely: Iterable[Wanted]) -> None:
        for one in likely:
            doubt = _doubt(one[1], name)
            if doubt is not None:
                found[one][name] = doubt if one[0] else doubt + WITHOUT_COUNTRY

    for number in by_number.keys() & listed.keys():
        for name in listed[number]:
            compare(name, by_number[number])
    in_gazetteer = {
        number for number, likely in by_number.items() if any(country for country, _ in likely)
    }
    for batch in batches(sorted(in_gazetteer)):
        for name, left, right in _names_with(batch):
            compare(name, by_number.get(left, set()) | by_number.get(right, set()))
    return {
        one: sorted(names.items(), key=lambda item: (item[1], item[0]))[:MOST_PER_NAME]
        for one, names in found.items()
    }


def _names_with(numbers: list[int]) -> Iterator[tuple[str, int, int]]:
    for half in ("left_half", "right_half"):
        # That it is more than 0 lets SQLite see that the index, which leaves 0 out, has them all.
        rows = PlaceName.objects.filter(**{f"{half}__in": numbers, f"{half}__gt": 0})
        yield from rows.values_list("key", "left_half", "right_half").iterator()


def _doubt(written: str, name: str) -> float | None:
    one, other = skeleton(written), skeleton(name)
    slips = OSA.distance(one, other, score_cutoff=MOST_SLIPS)
    if slips > MOST_SLIPS or slips > len(one) / 4:
        return None
    letters = PER_LETTER * OSA.distance(written, name)
    if slips == 0:
        alike = _without_blanks(written) == _without_blanks(name)
        return BY_BLANKS if alike else BY_CUSTOM + letters
    return slips * PER_SLIP + letters


def _without_blanks(key: str) -> str:
    return SAINTS.sub("st", key).replace(" ", "")
