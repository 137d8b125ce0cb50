"""What a person typed, made into exact terms; nothing of it ever is query syntax."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from directory.models.text import fold
from directory.search.vocabulary import Vocabulary
from directory.search.words import PHRASE_MARK, phrase, stem, words

MOST_WORDS = 12
LONGEST_QUERY = 200
PREFIX_SHARE = 0.5
# Words that say little of what is looked for: they count where they stand, but are not asked for.
# In the languages in which networks name themselves and in which people search.
OPTIONAL = frozenset(
    map(
        stem,
        words(
            "a an and at by for from in is of on or that the to which who what where with about "
            "against all are has have do does working work works "
            "city cities town towns municipality municipalities network networks member members "
            "organisation organization organisations alliance "
            "ville villes reseau reseaux contre ciudad ciudades red redes cidade cidades rede "
            "contra stadt stadte netzwerk netzwerke gegen مدينة مدن المدن شبكة شبكات في من على ضد "
            "de la le les des du d l et pour dans sur au aux en un une "
            "el los las del y para por con sin e o da das do dos di il lo gli i della delle dei "
            "der die das den dem und fur von zu im mit am "
            "van het een voor och av til og"
        ),
    )
)


@dataclass(frozen=True)
class Word:
    """A word of the query and the indexed terms that answer it, each with its share (0 to 1)."""

    typed: str
    required: bool
    terms: dict[str, float] = field(repr=False)


@dataclass(frozen=True)
class Query:
    """A query against one index."""

    words: list[Word]
    # Runs of its words as whole-name terms, with the share of the query that each makes up.
    phrases: dict[str, float]

    @property
    def all_terms(self) -> list[str]:
        """Every exact term to fetch, sorted, so that the statement is the same each time."""
        terms = set(self.phrases)
        for word in self.words:
            terms.update(word.terms)
        return sorted(terms)


def interpret(text: str, vocabulary: Vocabulary) -> Query:
    """Return the query that ``text`` means in the index of ``vocabulary``."""
    typed = words(text[:LONGEST_QUERY])[:MOST_WORDS]
    optional = [stem(word) in OPTIONAL for word in typed]
    if all(optional):
        optional = [False] * len(typed)
    return Query(
        words=[
            Word(word, not may_lack, _terms(word, vocabulary))
            for word, may_lack in zip(typed, optional, strict=True)
        ],
        phrases=phrases_within(text),
    )


def _terms(word: str, vocabulary: Vocabulary) -> dict[str, float]:
    terms = {
        completion: PREFIX_SHARE * len(word) / len(completion)
        for completion in vocabulary.completions(word)
    }
    terms.update(dict.fromkeys(vocabulary.forms(word), 0.95))
    if word in vocabulary.frequency:
        terms[word] = 1.0
    return terms


def phrases_within(text: str) -> dict[str, float]:
    """Return every run of words of ``text`` as a whole-name term, with its share of the words.

    ``"green city"`` → ``{"=green city": 1.0, "=green": 0.5, "=city": 0.5}``.
    """
    typed = fold(text[:LONGEST_QUERY]).split()[:MOST_WORDS]
    found: dict[str, float] = {}
    for start, end in runs(len(typed)):
        term = phrase(" ".join(typed[start:end]))
        share = (end - start) / len(typed)
        if term and share > found.get(term, 0):
            found[term] = share
    # Written together or apart, a short name is the same: "LGBT +", "C 40", "inter faith".
    if 1 < len(typed) <= 3:
        found.setdefault(f"{PHRASE_MARK}{stem(''.join(typed))}", 1.0)
    return found


def names_within(text: str) -> dict[str, tuple[int, int]]:
    """Return every run of words of ``text`` as a whole-name term, with the query's words it takes.

    In a script without spaces what is typed as one word is several pairs of characters in the
    query: ``"名古屋"`` → ``{"=名古屋": (0, 2), "=名古 古屋": (0, 2), "=名古": (0, 1), …}``.
    """
    typed = fold(text[:LONGEST_QUERY]).split()[:MOST_WORDS]
    asked = words(text[:LONGEST_QUERY])[:MOST_WORDS]
    places = list(accumulate((len(words(word)) for word in typed), initial=0))
    found: dict[str, tuple[int, int]] = {}
    for start, end in runs(len(typed)):
        span = (places[start], min(places[end], len(asked)))
        found.setdefault(phrase(" ".join(typed[start:end])), span)
    for start, end in runs(len(asked)):
        found.setdefault(phrase(" ".join(asked[start:end])), (start, end))
    return found


def runs(length: int) -> Iterator[tuple[int, int]]:
    """Return the start and end of every run of words, the longest first."""
    for size in range(length, 0, -1):
        for start in range(length - size + 1):
            yield start, start + size


def replace_words(text: str, replacements: Iterable[tuple[str, str]]) -> str:
    """Return ``text`` with words replaced: what is shown as "Showing results for …"."""
    corrected = dict(replacements)
    return " ".join(
        corrected.get(word) or corrected.get(fold(word)) or word for word in text.split()
    )
