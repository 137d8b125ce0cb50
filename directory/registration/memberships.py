"""What a city or a network says of memberships: published at once, as the word of the office.

Each function writes a statement in the office's voice and derives from all of them how well the
membership is known. Functions join an open change set, so that a bulk upload is one.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from directory.models import City, Membership, Network
from directory.models.choices import MembershipStanding, Origin
from directory.models.membership import OPEN
from directory.models.tables import TABLES
from directory.registration import disputes
from directory.registration.joining import check_not_over, lock_sides
from directory.registration.office_notes import leave_note
from directory.registration.offices import Office, voice_of
from directory.registration.periods import check_period
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, one_line
from directory.registration.recording import recorded
from directory.registration.sides import check_side, fill, lock_cities, locked, require_side
from directory.registration.statements import (
    Evidence,
    follow_statements,
    repeats,
    say,
)
from directory.registration.values import checked
from directory.registration.versions import Versions

EDITABLE = ("role", "founder", "joined", "left", "ended")


def add_membership(
    *,
    actor: Any,
    office: Office,
    city: City,
    network: Network,
    evidence: Evidence | None = None,
    reason: str = "",
    note: str = "",
    origin: Origin = Origin.WEB,
    **values: Any,
) -> Membership:
    """Add a membership; ``values`` are of ``EDITABLE``, ``note`` is for the editors alone.

    Sent twice, the answer is the same membership. Raises ``NotPossible`` with the ``existing``
    one where the city is or was a member at that time already.
    """
    require(actor, Action.SPEAK_FOR, office)
    check_side(office, city, network)
    said = checked(TABLES["memberships"], values, allowed=EDITABLE)
    check_not_over(city, network, said)
    membership = Membership(city=city, network=network, standing=MembershipStanding.UNVERIFIED)
    fill(membership, said)
    with recorded(actor=actor, office=office, reason=reason or "Added", origin=origin):
        lock_sides(city, network)
        # Years alone may not surely overlap with themselves, so no refusal tells of them.
        if (said_before := _said_already(membership, office)) is not None:
            return said_before
        try:
            check_period(membership)
            with transaction.atomic():
                membership.save()
        except (NotPossible, IntegrityError) as refusal:
            return _said_before(membership, office, refusal)
        say(membership, voice_of(office), evidence=evidence)
        follow_statements(membership)
        leave_note(actor=actor, membership=membership, text=note)
    return membership


def change_membership(
    *,
    actor: Any,
    office: Office,
    membership: Membership,
    evidence: Evidence | None = None,
    reason: str = "",
    origin: Origin = Origin.WEB,
    versions: Versions = None,
    **values: Any,
) -> Membership:
    """Change what a membership says; ``values`` are of ``EDITABLE``, others stay as they are.

    With ``versions``, raises ``NotPossible`` unless the membership still is one of them.
    """
    require_side(actor, office, membership)
    said = checked(TABLES["memberships"], values, allowed=EDITABLE)
    with recorded(actor=actor, office=office, reason=reason or "Changed", origin=origin) as changes:
        membership = locked(changes, membership, versions)
        before = {name: getattr(membership, name) for name in EDITABLE}
        fill(membership, said)
        changed = any(getattr(membership, name) != value for name, value in before.items())
        if not changed and repeats(membership, voice_of(office)):
            return membership
        check_period(membership)
        membership.save()
        say(membership, voice_of(office), evidence=evidence)
        follow_statements(membership)
        disputes.follow(membership)
    return membership


def end_membership(
    *,
    actor: Any,
    office: Office,
    membership: Membership,
    reason: str,
    left: str = "",
    evidence: Evidence | None = None,
    origin: Origin = Origin.WEB,
    versions: Versions = None,
    **values: Any,
) -> Membership:
    """End a membership on its last day, or on a day not known; its history stays.

    ``values`` are what else is to be changed with it.
    """
    if not one_line(reason):
        raise Invalid({"reason": [_("Say why it ended; it is published with the change.")]})
    return change_membership(
        actor=actor,
        office=office,
        membership=membership,
        evidence=evidence,
        reason=reason,
        origin=origin,
        versions=versions,
        left=left,
        ended=not one_line(left),
        **values,
    )


def confirm(
    *,
    actor: Any,
    office: Office,
    membership: Membership,
    reason: str = "",
    origin: Origin = Origin.WEB,
    versions: Versions = None,
) -> Membership:
    """Say that what the membership says is still true; twice a day is once."""
    require_side(actor, office, membership)
    with recorded(
        actor=actor, office=office, reason=reason or "Confirmed", origin=origin
    ) as changes:
        membership = locked(changes, membership, versions)
        if repeats(membership, voice_of(office), today=True):
            return membership
        say(membership, voice_of(office))
        follow_statements(membership)
        disputes.follow(membership)
    return membership


def confirm_all(
    *,
    actor: Any,
    office: Office,
    memberships: Iterable[Membership],
    origin: Origin = Origin.WEB,
) -> int:
    """Say of several memberships that they are still true, in one change set; return how many."""
    require(actor, Action.SPEAK_FOR, office)
    memberships = list(memberships)
    with recorded(actor=actor, office=office, reason="Confirmed", origin=origin):
        lock_cities(membership.city for membership in memberships)
        for membership in memberships:
            confirm(actor=actor, office=office, membership=membership, origin=origin)
    return len(memberships)


def _said_already(membership: Membership, office: Office) -> Membership | None:
    """Return the membership that says the same by the same office's newest word, if any."""
    same = {name: getattr(membership, name) for name in EDITABLE}
    alike = Membership.objects.filter(city=membership.city, network=membership.network, **same)
    voice = voice_of(office)
    return next((each for each in alike.order_by("pk") if repeats(each, voice)), None)


def _said_before(membership: Membership, office: Office, refusal: Exception) -> Membership:
    """Return what the same form added before, or raise with what stands in the way."""
    existing = getattr(refusal, "existing", None)
    if existing is None and isinstance(refusal, IntegrityError):
        pair = Membership.objects.filter(city=membership.city, network=membership.network)
        existing = pair.filter(OPEN).first()
    if existing is None:
        raise refusal
    if (same := _said_already(membership, office)) is not None:
        return same
    raise NotPossible(
        _("%(city)s is in %(network)s already. Change or confirm what is there.")
        % {"city": membership.city.name, "network": membership.network.name},
        code="exists",
        existing=existing,
    ) from refusal
