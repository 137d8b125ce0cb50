"""How well records answer a query: one score, computed the same way on every database."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from directory.models import CityTerm, NetworkTerm
from directory.search.query import Query

# A run of words that is a whole name counts less than the same name asked for alone.
PARTIAL_PHRASE = 0.7


class Postings:
    """The rows of an index for the terms of one query; one statement."""

    def __init__(self, model: type[NetworkTerm | CityTerm], owner: str, query: Query) -> None:
        self._by_term: dict[str, dict[int, int]] = defaultdict(dict)
        rows = model.objects.filter(term__in=query.all_terms).values_list("term", owner, "weight")
        for term, record, weight in rows:
            self._by_term[term][record] = weight

    def of(self, term: str) -> Mapping[int, int]:
        """Return the weight of ``term`` by record."""
        return self._by_term.get(term, {})


def word_scores(query: Query, postings: Postings, size: int) -> list[dict[int, float]]:
    """Return, for each word of the query, the score by record.

    A record's score for a word is the greatest weight × share among the terms that answer the
    word, times how rare the word is among ``size`` records.
    """
    scores = []
    for word in query.words:
        best: dict[int, float] = {}
        for term in sorted(word.terms):
            share = word.terms[term]
            for record, weight in postings.of(term).items():
                if weight * share > best.get(record, 0):
                    best[record] = weight * share
        rarity = 0.5 + math.log((size + 1) / (len(best) + 1))
        scores.append({record: value * rarity for record, value in best.items()})
    return scores


def phrase_scores(query: Query, postings: Postings) -> dict[int, float]:
    """Return the score by record for whole names and synonyms among the words of the query."""
    best: dict[int, float] = {}
    for term in sorted(query.phrases):
        share = query.phrases[term]
        factor = 1.0 if share == 1.0 else share * PARTIAL_PHRASE
        for record, weight in postings.of(term).items():
            if weight * factor > best.get(record, 0):
                best[record] = weight * factor
    return best


def called(query: Query, postings: Postings) -> set[int]:
    """Return the records of which the whole query is a name or a synonym."""
    whole = [term for term, share in query.phrases.items() if share == 1.0]
    return {record for term in whole for record in postings.of(term)}


def score(
    query: Query, postings: Postings, by_word: list[dict[int, float]], *, all_words: bool
) -> dict[int, float]:
    """Return the score of each record that answers the query.

    With ``all_words`` a record must answer every required word, or be called by the whole
    query; otherwise any word is enough, and a record counts by the share of words it answers.
    """
    by_phrase = phrase_scores(query, postings)
    required = [scores for word, scores in zip(query.words, by_word, strict=True) if word.required]
    if all_words:
        matching = set.intersection(*map(set, required)) | called(query, postings)
    else:
        matching = set().union(*map(set, required))
    total = {}
    for record in matching:
        answered = sum(record in scores for scores in required) / len(required)
        sums = sum(scores.get(record, 0.0) for scores in by_word) + by_phrase.get(record, 0.0)
        total[record] = sums if all_words else sums * answered
    return total


def ranked(scores: Mapping[int, float], order: Mapping[int, Iterable]) -> list[int]:
    """Return records by falling score, ties broken by ``order`` (a total key per record)."""
    return sorted(scores, key=lambda record: (-round(scores[record], 6), order[record]))
