"""What follows for a membership from its statements: how well it is known, and until when.

Both results are stored with the membership; whoever writes statements derives them anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from directory.models.choices import MembershipStanding, Says, Voice
from directory.models.membership import Membership
from directory.models.period import possible_days
from directory.models.statement import Statement


@dataclass(frozen=True)
class Word:
    """What one statement says; ``made`` (ISO date) and ``number`` tell which is the latest."""

    voice: str
    says: str
    joined: str
    left: str
    ended: bool
    source_year: int | None
    checked: bool
    made: str
    number: int

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """Return what a stored statement says."""
        return cls(
            voice=statement.voice,
            says=statement.says,
            joined=statement.joined,
            left=statement.left,
            ended=statement.ended,
            source_year=statement.source_year,
            checked=statement.checked,
            made=statement.made.isoformat(),
            number=statement.pk,
        )


def standing(words: Iterable[Word]) -> MembershipStanding:
    """Return the standing of a membership that rests on these words.

    Disputed while the latest words of city and network differ; else confirmed if either has
    spoken; else sourced if what a source or an editor says was seen on the page that is cited;
    else unverified. A word of city or network that an editor contradicted later no longer counts,
    until they speak again: so an editor settles a dispute.
    """
    latest: dict[str, Word] = {}
    for word in sorted(words, key=lambda word: (word.made, word.number)):
        latest[word.voice] = word
        if word.voice == Voice.EDITOR:
            for office in (Voice.CITY, Voice.NETWORK):
                if office in latest and differ(latest[office], word):
                    del latest[office]
        if word.voice in (Voice.SOURCE, Voice.EDITOR) and word.checked:
            latest["checked"] = word
    city, network = latest.get(Voice.CITY), latest.get(Voice.NETWORK)
    if city and network and differ(city, network):
        return MembershipStanding.DISPUTED
    if city or network:
        return MembershipStanding.CONFIRMED
    return MembershipStanding.SOURCED if "checked" in latest else MembershipStanding.UNVERIFIED


def differ(one: Word, other: Word) -> bool:
    """Return whether two words cannot both be true.

    A date that one of them leaves out, or gives less precisely, is no difference.
    """
    if one.says != other.says:
        return True
    if one.says == Says.NOT_A_MEMBER:
        return False
    if bool(one.left or one.ended) != bool(other.left or other.ended):
        return True
    return _apart(one.joined, other.joined) or _apart(one.left, other.left)


def _apart(one: str, other: str) -> bool:
    if not one or not other:
        return False
    first, second = possible_days(one), possible_days(other)
    return first.last < second.first or second.last < first.first


def ended_seen(words: Iterable[Word]) -> int | None:
    """Return the year until which a membership that ended on an unknown day is known.

    That is the newest year of a source that speaks of it as ended, or else the newest year of
    any source that speaks of it as a membership; None where every source is undated.
    """
    member = [word for word in words if word.says == Says.MEMBER and word.source_year]
    years = [word.source_year for word in member if word.ended] or [
        word.source_year for word in member
    ]
    return max((year for year in years if year), default=None)


def derive_from_statements(membership: Membership) -> None:
    """Set what follows from the membership's stored statements; saving it is left to the caller."""
    words = [Word.of(statement) for statement in membership.statements.all()]
    membership.standing = standing(words)
    membership.ended_seen = ended_seen(words) if membership.ended else None
