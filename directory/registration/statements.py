"""Writing statements, and deriving from them how well a membership is known."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory.models import Membership, Statement
from directory.models.choices import Says, Voice
from directory.models.standing import derive_from_statements
from directory.models.tables import TABLES
from directory.registration.values import checked

DATES = ("joined", "left", "ended")


@dataclass(frozen=True)
class Evidence:
    """Where what is said can be read, and the year of which it speaks.

    Without a year an office speaks of this one, and a source is undated.
    """

    source: str = ""
    source_year: int | None = None


def say(
    membership: Membership,
    voice: Voice,
    *,
    says: Says = Says.MEMBER,
    evidence: Evidence | None = None,
) -> Statement:
    """Write that a voice says this of the membership today, inside a change set.

    Raises ``Invalid`` for a source that is no address.
    """
    word = word_of(membership, voice, says=says, evidence=evidence)
    word.save()
    return word


def word_of(
    membership: Membership,
    voice: Voice,
    *,
    says: Says = Says.MEMBER,
    evidence: Evidence | None = None,
) -> Statement:
    """Return what ``say`` writes, not yet saved."""
    today = timezone.now().date()
    evidence = evidence or Evidence()
    year = evidence.source_year
    if year is None and voice in (Voice.CITY, Voice.NETWORK):
        year = today.year
    seen = checked(
        TABLES["statements"],
        {"source": evidence.source, "source_year": year},
        allowed=("source", "source_year"),
    )
    dates = dates_of(membership) if says == Says.MEMBER else {}
    return Statement(membership=membership, voice=voice, says=says, made=today, **dates, **seen)


def dates_of(said: Membership | Statement) -> dict[str, Any]:
    """Return the dates that a membership or a statement states."""
    return {name: getattr(said, name) for name in DATES}


def last_word(membership: Membership, voice: Voice) -> Statement | None:
    """Return the newest statement of a voice, or None."""
    # Read as a whole, since whoever asks for many memberships has their statements at hand.
    spoken = [word for word in membership.statements.all() if word.voice == voice]
    return max(spoken, key=lambda word: (word.made, word.pk), default=None)


def repeats(membership: Membership, voice: Voice, *, today: bool = False) -> bool:
    """Whether the voice's newest word says what the membership says (and was said today)."""
    newest = last_word(membership, voice)
    if newest is None or newest.says != Says.MEMBER or dates_of(newest) != dates_of(membership):
        return False
    return not today or newest.made == timezone.now().date()


def follow_statements(membership: Membership) -> None:
    """Derive from all statements how well the membership is known, and save it."""
    derive_from_statements(membership)
    membership.save()


def end_if_denied(membership: Membership) -> None:
    """End an open membership of which its offices, as far as they speak, say that it is none.

    Since when is not known; sources that said otherwise stay beside it.
    """
    words = [last_word(membership, voice) for voice in (Voice.CITY, Voice.NETWORK)]
    spoken = [word for word in words if word is not None]
    if spoken and membership.is_open and all(w.says == Says.NOT_A_MEMBER for w in spoken):
        membership.ended = True
        follow_statements(membership)
