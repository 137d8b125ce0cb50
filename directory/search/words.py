"""Text cut into the words that are indexed and asked for."""

import re
from functools import lru_cache

from directory.models.text import fold

# Scripts written without spaces: words cannot be told apart, so pairs of characters stand in.
UNSPACED = re.compile(
    "([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+)"
)
# A whole name or synonym is indexed as one term too, marked so that it is never a word.
PHRASE_MARK = "="
MAX_WORD_LENGTH = 60
MAX_PHRASE_LENGTH = 160

IRREGULAR = {
    "women": "woman",
    "womens": "woman",
    "womans": "woman",
    "men": "man",
    "mens": "man",
    "children": "child",
    "childrens": "child",
    "people": "person",
    "programme": "program",
    "programmes": "program",
    "centre": "center",
    "centres": "center",
    "labour": "labor",
    "harbour": "harbor",
    "harbours": "harbor",
    "neighbourhood": "neighborhood",
    "neighbourhoods": "neighborhood",
}
# The longest fitting ending is replaced; spellings that differ across the Atlantic become one.
ENDINGS = (
    ("isations", "ization"),
    ("izations", "ization"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("dades", "dad"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ies", "y"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
)
SHORTEST_PLURAL = 4


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order; unspaced scripts as pairs of characters.

    >>> words("Women’s Safety in 東京都")
    ['womens', 'safety', 'in', '東京', '京都']
    """
    found: list[str] = []
    for word in fold(text).split():
        for part in UNSPACED.split(word):
            if not part:
                continue
            if UNSPACED.fullmatch(part) and len(part) > 2:
                found.extend(part[start : start + 2] for start in range(len(part) - 1))
            else:
                found.append(part[:MAX_WORD_LENGTH])
    return found


def phrase(text: str) -> str:
    """Return the term under which ``text`` is indexed as a whole, or ``""`` if nothing is left.

    Plurals do not matter here either: each of its words is reduced to its stem.
    """
    folded = " ".join(stem(word) for word in fold(text).split())
    return f"{PHRASE_MARK}{folded[:MAX_PHRASE_LENGTH]}" if folded else ""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what the forms of a word share: ``cities`` and ``city`` → ``city``.

    Deliberately slight: it undoes plurals and transatlantic spellings, nothing more, so that it
    does no harm to names.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < SHORTEST_PLURAL or not word.isascii() or not word.isalpha():
        return word
    for ending, replacement in ENDINGS:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + replacement
    return word
