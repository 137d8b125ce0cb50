"""What a city or a network says against a membership: that it is none, or was a mistake."""

from typing import Any

from django.utils.translation import gettext as _

from directory.models import Membership
from directory.models.choices import Origin, Says
from directory.registration import disputes
from directory.registration.offices import Office, voice_of
from directory.registration.periods import check_period
from directory.registration.problems import NotPossible
from directory.registration.recording import recorded
from directory.registration.sides import fill, locked, require_side
from directory.registration.statements import (
    Evidence,
    dates_of,
    end_if_denied,
    follow_statements,
    last_word,
    say,
)
from directory.registration.versions import Versions


def dispute(
    *,
    actor: Any,
    office: Office,
    membership: Membership,
    reason: str,
    evidence: Evidence | None = None,
    origin: Origin = Origin.WEB,
    versions: Versions = None,
) -> Membership:
    """Say that the city is not a member; editors are told.

    While the other side says that it is, both words stand and the membership is disputed. Where
    the other side is silent, the word of this office counts: the membership has ended.
    """
    require_side(actor, office, membership)
    with recorded(actor=actor, office=office, reason=reason, origin=origin) as changes:
        membership = locked(changes, membership, versions)
        own = last_word(membership, voice_of(office))
        if own is not None and own.says == Says.NOT_A_MEMBER:
            return membership
        say(membership, voice_of(office), says=Says.NOT_A_MEMBER, evidence=evidence)
        follow_statements(membership)
        end_if_denied(membership)
        disputes.open_for(membership)
    return membership


def withdraw(
    *,
    actor: Any,
    office: Office,
    membership: Membership,
    reason: str,
    origin: Origin = Origin.WEB,
    versions: Versions = None,
) -> Membership | None:
    """Take back all that the office said of a membership, as entered by mistake.

    Where nobody else speaks of it the membership goes, and None is returned; else it says what
    the others say. History keeps it all. Raises ``NotPossible`` where the office said nothing.
    """
    require_side(actor, office, membership)
    with recorded(actor=actor, office=office, reason=reason, origin=origin) as changes:
        membership = locked(changes, membership, versions)
        own = membership.statements.filter(voice=voice_of(office))
        if not own.exists():
            raise NotPossible(
                _("%(office)s has said nothing here that could be taken back. Dispute it instead.")
                % {"office": office.name},
                code="nothing_said",
            )
        own.delete()
        others = membership.statements.filter(says=Says.MEMBER).order_by("made", "pk")
        latest = others.last()
        if latest is None:
            disputes.drop(membership)
            membership.statements.all().delete()
            membership.delete()
            return None
        fill(membership, dates_of(latest))
        check_period(membership)
        follow_statements(membership)
        end_if_denied(membership)
        disputes.follow(membership)
    return membership
