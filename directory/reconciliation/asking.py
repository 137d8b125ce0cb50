"""What is asked of the reconciliation service, and what it answers."""

from dataclasses import dataclass, field

from directory.reconciliation.entities import Entity
from directory.reconciliation.kinds import KINDS, Kind

Given = str | int | float | bool
MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A name, an id, or neither, and what is known beside it.

    ``properties`` are the values by property, any of which may hold; those that a kind does not
    have say nothing of it. ``limit`` is how many candidates to return at most.
    """

    text: str
    kinds: tuple[Kind, ...] = tuple(KINDS.values())
    properties: dict[str, tuple[Given, ...]] = field(default_factory=dict)
    limit: int = MOST_CANDIDATES


@dataclass(slots=True)
class Candidate:
    """An entity that may be meant.

    ``score`` lies from 0 to 100. ``is_safe`` says whether it may be taken without anyone looking
    at it. ``features`` are what the score was made of, by name.
    """

    entity: Entity
    score: float
    is_safe: bool
    features: dict[str, float | bool]
