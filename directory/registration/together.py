"""Many memberships at once, in an office's voice: the rules of ``memberships``, in few queries.

A list of ten thousand must not keep everybody else from writing for long.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.models import City, Membership, Network, Statement
from directory.models.choices import MembershipStanding, Origin
from directory.models.standing import derive_from_statements
from directory.models.tables import TABLES
from directory.registration import disputes
from directory.registration.joining import check_not_over
from directory.registration.memberships import EDITABLE
from directory.registration.offices import Office, column_of, voice_of
from directory.registration.periods import check_period
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.registration.recording import recorded
from directory.registration.sides import check_side, fill, lock_cities
from directory.registration.statements import Evidence, repeats, word_of
from directory.registration.values import checked

AT_ONCE = 500


@dataclass(frozen=True)
class Addition:
    """A membership to be added: its sides, what is said of it, and where that can be read."""

    city: City
    network: Network
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: Evidence | None = None


def add_memberships(
    *,
    actor: Any,
    office: Office,
    additions: Sequence[Addition],
    reason: str = "",
    origin: Origin = Origin.WEB,
) -> list[Membership]:
    """Add memberships as ``add_membership`` does each, in one change set; all or none.

    Raises what that raises, for the first that is refused.
    """
    require(actor, Action.SPEAK_FOR, office)
    with recorded(actor=actor, office=office, reason=reason or "Added", origin=origin):
        lock_cities(addition.city for addition in additions)
        there = _memberships_of(office)
        added = [_checked(addition, office, there) for addition in additions]
        Membership.objects.bulk_create(added, batch_size=AT_ONCE)
        words = [
            word_of(membership, voice_of(office), evidence=addition.evidence)
            for membership, addition in zip(added, additions, strict=True)
        ]
        Statement.objects.bulk_create(words, batch_size=AT_ONCE)
        _follow(_read([membership.pk for membership in added]))
    return added


def confirm_memberships(
    *,
    actor: Any,
    office: Office,
    confirmed: Mapping[int, Evidence | None],
    reason: str = "",
    origin: Origin = Origin.WEB,
) -> None:
    """Say of memberships, by primary key, that they are still true: as ``confirm`` does each."""
    require(actor, Action.SPEAK_FOR, office)
    voice = voice_of(office)
    keys = sorted(confirmed)
    with recorded(
        actor=actor, office=office, reason=reason or "Confirmed", origin=origin
    ) as changes:
        lock_cities(membership.city for membership in _read(keys))
        found = _read(keys)
        if len(found) != len(keys):
            raise NotPossible(_("A membership was taken back meanwhile."), code="gone")
        for membership in found:
            check_side(office, membership.city, membership.network)
        changes.touch("memberships", [membership.public_id for membership in found])
        said = [m for m in found if not repeats(m, voice, today=True)]
        Statement.objects.bulk_create(
            [word_of(m, voice, evidence=confirmed[m.pk]) for m in said], batch_size=AT_ONCE
        )
        _follow(_read([membership.pk for membership in said]))


def _checked(
    addition: Addition, office: Office, there: Mapping[tuple[int, int], list[Membership]]
) -> Membership:
    check_side(office, addition.city, addition.network)
    said = checked(TABLES["memberships"], addition.values, allowed=EDITABLE)
    check_not_over(addition.city, addition.network, said)
    membership = Membership(
        city=addition.city, network=addition.network, standing=MembershipStanding.UNVERIFIED
    )
    fill(membership, said)
    others = there[addition.city.pk, addition.network.pk]
    check_period(membership, others=others)
    others.append(membership)
    return membership


def _memberships_of(office: Office) -> defaultdict[tuple[int, int], list[Membership]]:
    there: defaultdict[tuple[int, int], list[Membership]] = defaultdict(list)
    for membership in Membership.objects.filter(**{column_of(office): office}).order_by("pk"):
        there[membership.city_id, membership.network_id].append(membership)
    return there


def _read(keys: Sequence[int]) -> list[Membership]:
    found: list[Membership] = []
    for start in range(0, len(keys), AT_ONCE):
        batch = Membership.objects.filter(pk__in=keys[start : start + AT_ONCE])
        found += batch.with_names().with_statements().order_by("pk")
    return found


def _follow(memberships: Iterable[Membership]) -> None:
    """Derive from all statements, as ``follow_statements`` does, and save what that changes."""
    by_standing: dict[str, list[int]] = defaultdict(list)
    for membership in memberships:
        before = (membership.standing, membership.ended_seen)
        derive_from_statements(membership)
        if membership.ended_seen != before[1]:
            membership.save()
        elif membership.standing != before[0]:
            by_standing[membership.standing].append(membership.pk)
        if MembershipStanding.DISPUTED in (before[0], membership.standing):
            disputes.follow(membership)
    for value, keys in by_standing.items():
        for start in range(0, len(keys), AT_ONCE):
            batch = Membership.objects.filter(pk__in=keys[start : start + AT_ONCE])
            batch.update(standing=value)
