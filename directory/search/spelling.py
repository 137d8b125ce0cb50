"""Spelling: the likeliest words for misspelt ones, when too little is found as typed."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from directory.models.text import fold
from directory.search.query import OPTIONAL, replace_words
from directory.search.vocabulary import Vocabulary
from directory.search.words import stem

# Fewer hits than this count as few.
FEW = 3


@dataclass(frozen=True)
class Correction:
    """What was typed, and what was looked for instead."""

    typed: str
    used: str


def correct(text: str, *vocabularies: Vocabulary) -> Correction | None:
    """Return ``text`` with every unknown word replaced by its nearest, or None if none is.

    A word is unknown when no vocabulary holds it, a form of it or a word that begins with it.
    Between vocabularies the nearer word wins, then the earlier vocabulary.
    """
    replacements = []
    for word in fold(text).split():
        if stem(word) in OPTIONAL or any(_answers(word, known) for known in vocabularies):
            continue
        candidates = [known.nearest(word) for known in vocabularies]
        found = [candidate for candidate in candidates if candidate]
        if found:
            nearest = min(found, key=lambda candidate: OSA.distance(word, candidate))
            replacements.append((word, nearest))
    if not replacements:
        return None
    used = replace_words(text, replacements)
    if used == text:
        used = replace_words(fold(text), replacements)
    return Correction(text, used) if fold(used) != fold(text) else None


def _answers(word: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.knows(word) or bool(vocabulary.completions(word))
