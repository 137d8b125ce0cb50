"""Answers questions with candidates, the likeliest first, and says which are safe to take."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from directory.matching.countries import Countries
from directory.reconciliation.asking import Candidate, Question
from directory.reconciliation.comparing import agreements, compared
from directory.reconciliation.entities import Entity, entities
from directory.reconciliation.finding import SHARE_IF_OTHERWISE, FoundByKind, find
from directory.reconciliation.kinds import KINDS, Kind
from directory.reconciliation.properties import values_of


def reconcile(questions: Sequence[Question]) -> list[list[Candidate]]:
    """Return the candidates for each question, in the same order, the likeliest first.

    At most one of them is safe to take, and only the first.
    """
    day = timezone.now().date()
    found = find(questions, day)
    known = {
        kind: entities(kind, slugs) if (slugs := _slugs(found, kind)) else {}
        for kind in KINDS.values()
    }
    held = _agreements(questions, found, known, day)
    answers = []
    for number, (question, by_kind) in enumerate(zip(questions, found, strict=True)):
        candidates = [
            _candidate(
                known[kind][slug],
                score,
                held.get((number, kind, slug), {}),
                is_safe=slug in here.safe,
            )
            for kind, here in by_kind.items()
            for slug, score in here.scores.items()
            if slug in known[kind]
        ]
        answers.append(_in_order(candidates)[: question.limit])
    return answers


def _slugs(found: list[FoundByKind], kind: Kind) -> set[str]:
    return {slug for by_kind in found if kind in by_kind for slug in by_kind[kind].scores}


def _agreements(
    questions: Sequence[Question],
    found: list[FoundByKind],
    known: dict[Kind, dict[str, Entity]],
    day: datetime.date,
) -> dict[tuple[int, Kind, str], dict[str, bool]]:
    """Return which properties hold, by the number of the question, kind and slug.

    The values of all candidates of a kind are read at once.
    """
    held: dict[tuple[int, Kind, str], dict[str, bool]] = {}
    if not any(question.properties for question in questions):
        return held
    countries = Countries()
    for kind in KINDS.values():
        asked = sorted({name for question in questions for name in compared(question, kind)})
        if not asked or not known[kind]:
            continue
        values = values_of(kind, list(known[kind]), asked, day)
        for number, (question, by_kind) in enumerate(zip(questions, found, strict=True)):
            for slug in by_kind[kind].scores if kind in by_kind else ():
                if slug in values:
                    held[number, kind, slug] = agreements(question, kind, values[slug], countries)
    return held


def _candidate(entity: Entity, score: float, held: dict[str, bool], *, is_safe: bool) -> Candidate:
    misfits = sum(not holds for holds in held.values())
    return Candidate(
        entity=entity,
        score=round(score * 100 * SHARE_IF_OTHERWISE**misfits, 1),
        is_safe=is_safe and not misfits,
        features={"name": round(score, 3), **held},
    )


def _in_order(candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates of all kinds, the likeliest first, of which at most the first is safe."""
    ordered = sorted(candidates, key=lambda one: (-one.score, not one.is_safe, one.entity.id))
    safe = [one for one in ordered if one.is_safe]
    for one in safe:
        one.is_safe = len(safe) == 1 and one is ordered[0]
    return ordered
