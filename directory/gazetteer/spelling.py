"""Names that differ by a slip or by a custom of spelling: found by an index, not by comparing all.

Each name is brought down to its skeleton, in which common ways to spell a sound are one. Of two
skeletons that differ by one letter, one half is the same; so each name is stored with the numbers
of its two halves, and one within a slip of it is found under one of seven numbers.
"""

import re
from collections.abc import Iterable, Iterator
from zlib import crc32

SHORTEST_SKELETON = 4
# Whole words of one meaning, then sounds. Folded names are in lower case without accents.
SAINTS = re.compile(r"\b(?:saint|sankt|sint|sainte|ste|szent)\b")
SOUNDS = (
    *(("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("ou", "u"), ("ph", "f"), ("th", "t")),
    *(("kh", "h"), ("ch", "h"), ("ck", "k"), ("sh", "s"), ("zh", "z"), ("dj", "j"), ("gh", "g")),
    *(("y", "i"), ("j", "i"), ("w", "v"), ("q", "k"), ("c", "k"), ("z", "s"), ("x", "ks")),
)
DOUBLED = re.compile(r"(.)\1+")
LARGEST_NUMBER = 0x7FFFFFFF


def skeleton(key: str) -> str:
    """Return what is left of a folded name without customs of spelling.

    >>> skeleton("sankt poelten") == skeleton("st polten")
    True
    """
    text = SAINTS.sub("st", key).replace(" ", "")
    if text.isascii():
        for spelling, sound in SOUNDS:
            if spelling in text:
                text = text.replace(spelling, sound)
    return DOUBLED.sub(r"\1", text)


def halves(country: str, key: str) -> tuple[int, int]:
    """Return the numbers under which a name is stored; 0 for one too short to be mistaken."""
    text = skeleton(key)
    if len(text) < SHORTEST_SKELETON:
        return 0, 0
    middle = len(text) // 2
    return _left(country, len(text), text[:middle]), _right(country, len(text), text[middle:])


def numbers_within_a_slip(country: str, key: str) -> Iterator[int]:
    """Yield the numbers under which the names lie whose skeleton differs by one letter.

    Or by two that changed places: where those lay on either side of the middle, no half is right.
    """
    text = skeleton(key)
    middle = len(text) // 2
    if middle > 1:
        swapped = text[: middle - 1] + text[middle] + text[middle - 1] + text[middle + 1 :]
        yield _left(country, len(text), swapped[:middle])
    for length in range(max(len(text) - 1, SHORTEST_SKELETON), len(text) + 2):
        middle = length // 2
        yield _left(country, length, text[:middle])
        yield _right(country, length, text[len(text) - (length - middle) :])


def keyed_names(country: str, named: Iterable[tuple[str, str]]) -> set[tuple[str, str, int, int]]:
    """Return names and keys with the numbers of their halves, each skeleton of a place once.

    The first of those with one skeleton has them: give a place's own name first.
    """
    seen: set[tuple[int, int]] = set()
    found = set()
    for name, key in named:
        numbers = halves(country, key)
        found.add((name, key, *((0, 0) if numbers in seen else numbers)))
        seen.add(numbers)
    return found


def _left(country: str, length: int, letters: str) -> int:
    return crc32(f"{country}<{length}<{letters}".encode()) & LARGEST_NUMBER


def _right(country: str, length: int, letters: str) -> int:
    return crc32(f"{country}>{length}>{letters}".encode()) & LARGEST_NUMBER
