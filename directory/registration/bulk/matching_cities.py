"""Which city a row means: what directory.matching finds, of which only listed cities can be taken.

All rows of a file are asked for at once.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from directory.matching import Candidate, FoundPlace, NameQuery, Result, match
from directory.models import City, Redirect
from directory.models.choices import RecordType
from directory.registration.bulk.finding import CLOSE, Match, choose

# What a city of this name in another country than the row says counts for.
ELSEWHERE = 0.5
# Of two of the same name each scores at least that.
CLOSE_BESIDE_OTHERS = 0.5


class CityFinder:
    """Finds cities by what is written of them; ``queries`` are those that will be asked for."""

    def __init__(self, queries: Iterable[NameQuery]) -> None:
        self.slugs = set(City.objects.public().values_list("slug", flat=True))
        self._renamed = dict(
            Redirect.objects.filter(record_type=RecordType.CITY).values_list("old_slug", "new_slug")
        )
        self._found: dict[NameQuery, Match] = {}
        self._search(queries)

    def find(self, query: NameQuery) -> Match:
        """Return what is meant."""
        if query not in self._found:
            self._search([query])
        return self._found[query]

    def _search(self, queries: Iterable[NameQuery]) -> None:
        unknown = []
        for query in dict.fromkeys(queries):
            slug = self._renamed.get(query.name, query.name)
            if slug in self.slugs:
                self._found[query] = Match(slug, 1.0)
            else:
                unknown.append(query)
        results = match(unknown)
        abroad = [
            query
            for query, result in zip(unknown, results, strict=True)
            if query.country and not result.candidates
        ]
        elsewhere = dict(zip(abroad, match([NameQuery(one.name) for one in abroad]), strict=True))
        for query, result in zip(unknown, results, strict=True):
            self._found[query] = (
                _from_elsewhere(elsewhere[query]) if query in elsewhere else _decided(result)
            )


def _decided(result: Result) -> Match:
    """Return the one that is meant, or all between which the person must choose."""
    if not result.candidates:
        return Match()
    best = result.candidates[0]
    listed = _listed(result.candidates)
    if result.match and best.city:
        return Match(best.city, best.score)
    if result.match or not listed:
        remark = _("A place of this name exists but is not in the directory yet.")
        return choose(listed, is_close=False, remark=remark)
    return choose(
        listed,
        is_close=_is_close(sorted(listed.values(), reverse=True)),
        remark=_unlisted(result.candidates),
    )


def _from_elsewhere(result: Result) -> Match:
    listed = _listed(result.candidates)
    scores = {slug: score * ELSEWHERE for slug, score in listed.items()}
    return choose(scores, is_close=False)


def _is_close(scores: Sequence[float]) -> bool:
    return scores[0] >= CLOSE or (len(scores) > 1 and scores[1] >= CLOSE_BESIDE_OTHERS)


def _listed(candidates: Sequence[Candidate]) -> dict[str, float]:
    return {each.city: each.score for each in candidates if each.city}


def _unlisted(candidates: Sequence[Candidate]) -> str:
    """Return a remark on the likeliest place that is no city of the directory."""
    places = [each.place for each in candidates if each.place and not each.city]
    if not places:
        return ""
    return _("Another place of this name (%(where)s) is not in the directory yet.") % {
        "where": _where(places[0])
    }


def _where(place: FoundPlace) -> str:
    return f"{place.name}, {place.country}"
