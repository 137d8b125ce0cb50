"""How people write the name of a city into a table, and which names that may stand for."""

import re
from dataclasses import dataclass

from directory.matching.bodies import names_a_body, names_no_town, seat_of, without_body
from directory.matching.variants import variants
from directory.models.text import fold

PARTS = re.compile(r"[,(\[（，、;]")
ALTERNATIVES = re.compile(r"\s*[/|=]\s*|\s+[-–—]\s+|\s+(?:or|ou|oder)\s+(?=[^\W\d_]{3})")
DIVISION_CODE = re.compile(r"[A-Z]{2,3}")
BY_WATER = ("am", "an der", "sur", "upon")
HYPHEN = re.compile(r"[-–—]")
ARTICLE_BEHIND = re.compile(
    r"^(?P<name>[^,(]+?)\s*[,(]\s*(?P<article>the|la|le|les|los|las|el|l|lo|il|i|gli|a|as|o|os|den"
    r"|de|het|die|der|das|sa|s|es|ses|els|na|u|en)\s*['’]?\s*\)?\s*$",
    re.IGNORECASE,
)
ELIDED = re.compile(r"(?<=\w )(d|dell|sant)['’](?=\w)", re.IGNORECASE)
ARTICLES = frozenset(
    (
        *("the", "la", "le", "les", "los", "las", "el", "lo", "il"),
        *("den", "het", "die", "der", "das", "a", "o", "els", "al"),
    )
)
AMPERSAND = re.compile(r"\s[&+]\s(?!county\b)", re.IGNORECASE)
AND = ("and", "und", "et", "y", "e", "en", "og", "och", "i")
SEVERAL = 0.1
LONGEST_WRITTEN = 300
MOST_READINGS = 48


@dataclass(frozen=True, slots=True)
class Reading:
    """A name that may be meant, what else was written beside it, and how far from as written.

    ``doubt`` lies from 0 to 1. ``side`` numbers the names of a twin ("Biel/Bienne"), 0 for a name
    that stands alone. ``is_town`` is False where the words speak of another kind of body.
    """

    key: str
    beside: tuple[str, ...] = ()
    doubt: float = 0.0
    side: int = 0
    is_town: bool = True


def readings(written: str) -> tuple[Reading, ...]:
    """Return what a cell may mean, as it stands first, the most doubtful last.

    >>> [reading.key for reading in readings("City of Portland")]
    ['city of portland', 'portland']
    """
    written = written[:LONGEST_WRITTEN]
    found: dict[str, Reading] = {}

    def add(reading: Reading) -> None:
        if reading.key and len(found) < MOST_READINGS:
            found.setdefault(reading.key, reading)

    # "Gent & Brugge" is two, unless a town is called just so.
    several = SEVERAL if AMPERSAND.search(written) else 0.0
    texts: dict[str, str] = {}
    for text, beside, doubt, side in _texts(written):
        key = fold(text)
        texts.setdefault(key, text)
        # Where "&" stands for a word, the two are one.
        more = several if AMPERSAND.search(text) else 0.0
        add(Reading(key, beside, doubt + more, side, is_town=not names_no_town(key)))
    for reading in list(found.values()):
        for key in without_body(reading.key):
            doubt = reading.doubt + 0.03
            add(Reading(key, reading.beside, doubt, reading.side, reading.is_town))
        if not reading.is_town:
            seat = seat_of(reading.key)
            for key in (seat, *without_body(seat)):
                add(Reading(key, reading.beside, reading.doubt + 0.3, reading.side, is_town=False))
    for reading in list(found.values()):
        for key, doubt in variants(reading.key, texts.get(reading.key, "")).items():
            doubt += reading.doubt
            add(Reading(key, reading.beside, doubt, reading.side, reading.is_town))
        for key in _other_article(reading.key):
            doubt = reading.doubt + 0.05
            add(Reading(key, reading.beside, doubt, reading.side, reading.is_town))
    return tuple(sorted(found.values(), key=lambda reading: reading.doubt))


def _texts(written: str) -> list[tuple[str, tuple[str, ...], float, int]]:
    """Return the pieces of a cell: text, what stands beside it, doubt, side of a twin."""
    parts = [part.strip(" )）]") for part in PARTS.split(written)]
    beside = tuple(part for part in parts[1:] if part and not names_a_body(fold(part)))
    found: list[tuple[str, tuple[str, ...], float, int]] = [(written, (), 0.0, 0)]
    if AMPERSAND.search(written):
        found += [(AMPERSAND.sub(f" {word} ", written), (), 0.005, 0) for word in AND]
    if ELIDED.search(written):
        # "Ville d'Aix": by folding, "daix" would be a word.
        found.append((ELIDED.sub(r"\1 ", written), (), 0.005, 0))
    behind = ARTICLE_BEHIND.match(written)
    if behind:
        article = behind["article"]
        found.append((f"{article} {behind['name']}", (), 0.005, 0))
        if article.casefold() == "l":
            found.append((f"l{behind['name']}", (), 0.005, 0))
        found.append((behind["name"], (), 0.02, 0))
    elif len(parts) > 1:
        found.append((parts[0], beside, 0.01, 0))
        if not parts[0]:
            found += [(part, (), 0.05, 0) for part in beside[:1]]
    sides = [part for part in ALTERNATIVES.split(parts[0]) if part.strip()][:4]
    if len(sides) == 2 and DIVISION_CODE.fullmatch(sides[1].strip()):
        # "Porto Alegre - RS", "Porto Alegre/RS".
        name, code = sides
        return [*found, (name, (code.strip(), *beside), 0.01, 0)]
    if len(sides) == 2 and "/" in parts[0]:
        # "Frankfurt/Main".
        found += [(f"{sides[0]} {by} {sides[1]}", beside, 0.02, 0) for by in BY_WATER]
    if len(sides) > 1:
        found += [(part, beside, 0.03, side) for side, part in enumerate(sides, start=1)]
    elif len(beside) == 1 and fold(parts[0]) != fold(beside[0]) and not behind:
        # "Bolzano (Bozen)": what stands in brackets may be the other name.
        found.append((beside[0], (), 0.2, 2))
    halves = [part for part in HYPHEN.split(parts[0]) if part.strip()]
    if len(halves) == 2 and len(sides) == 1:
        found += [(part, beside, 0.25, side) for side, part in enumerate(halves, start=1)]
    return found


def _other_article(key: str) -> list[str]:
    """Return the name without the article before it."""
    first, _blank, rest = key.partition(" ")
    return [rest] if first in ARTICLES and len(rest) > 3 else []
