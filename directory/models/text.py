"""Text from the world made comparable: one folding for search, sorting and matching alike.

Both databases must agree on what equals what and what sorts first, so that is decided
here, in Python, and stored in normalised columns.
"""

import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Letters that Unicode does not decompose (NFKD leaves them whole) but that people type plainly.
PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ĸ": "k",
        "ə": "a",
        "ǝ": "e",
        "ɛ": "e",
        "ɔ": "o",
        "ſ": "s",
        "ƒ": "f",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ς": "σ",
    }
)
# Written inside words and left out when people type: women's, Xi'an, Okinawaʻ.
APOSTROPHES = re.compile("['’‘`´ʹʻʼʽʾʿˈ׳״]")
NOT_A_WORD = re.compile(r"[^\w]+|_+", re.UNICODE)
# Unicode categories that have no place in a name or a sentence: control, format, surrogate,
# private use, unassigned. Zero-width joiners are format characters that some scripts need.
FORBIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINERS = {"\u200c", "\u200d"}


def fold(text: str) -> str:
    """Return ``text`` without case, accents and punctuation, its words joined by one space.

    >>> fold("Łódź — Women’s Safety")
    'lodz womens safety'
    """
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN_LETTERS)
    bare = "".join(
        character for character in folded if unicodedata.category(character) not in {"Mn", "Cf"}
    )
    # NFKD may bring capitals back (the Kelvin sign), hence the second casefold.
    bare = APOSTROPHES.sub("", unicodedata.normalize("NFC", bare.casefold()))
    return NOT_A_WORD.sub(" ", bare).strip()


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """Return the accent-free key by which names are ordered, the same in every language.

    Falls back on the case-folded name itself where nothing else is left of it, so that the
    key is never empty.
    """
    return (fold(name) or name.casefold().strip())[:SORT_KEY_LENGTH]


SORT_KEY_LENGTH = 200


def forbidden_characters(text: str) -> list[str]:
    """Return the characters of ``text`` that no public text may hold, as ``U+0000`` names."""
    return [
        f"U+{ord(character):04X}"
        for character in text
        if character not in JOINERS and unicodedata.category(character) in FORBIDDEN_CATEGORIES
    ]


def validate_plain_text(text: str) -> None:
    """Raise ValidationError when ``text`` holds control or other invisible characters."""
    found = forbidden_characters(text)
    if found:
        raise ValidationError(
            _("Text may not contain the invisible character %(character)s."),
            code="invisible_character",
            params={"character": found[0]},
        )
