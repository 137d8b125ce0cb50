"""All permissions in one place: who may do what to what.

Every write function asks ``require``; pages and API ask ``may`` to know what to offer.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.models import AccessToken, City, Claim, Membership, Network, ReviewItem, Submission
from directory.registration.offices import granted_claim
from directory.registration.problems import NotAllowed


class Action(StrEnum):
    """What somebody may want to do."""

    REQUEST_CLAIM = "request claim"
    OPEN_CLAIM_LINK = "open claim link"
    SEE_CLAIM = "see claim"
    WITHDRAW_CLAIM = "withdraw claim"
    HAND_ON_CLAIM = "hand on claim"
    DECIDE_CLAIM = "decide claim"
    REVOKE_CLAIM = "revoke claim"
    SPEAK_FOR = "speak for"
    SPEAK_ON_MEMBERSHIP = "speak on membership"
    EDIT_FACTS = "edit facts"
    ISSUE_TOKEN = "issue token"  # noqa: S105 (what one wants to do, no password)
    REVOKE_TOKEN = "revoke token"  # noqa: S105
    SUBMIT_CORRECTION = "submit correction"
    PROPOSE_RECORD = "propose record"
    SEE_SUBMISSION = "see submission"
    ANSWER_SUBMISSION = "answer submission"
    WITHDRAW_SUBMISSION = "withdraw submission"
    SEE_QUEUE = "see queue"
    TAKE_ITEM = "take item"
    DECIDE_ITEM = "decide item"
    EDIT_RECORD = "edit record"
    REVERT = "revert"
    APPOINT_EDITOR = "appoint editor"
    DISMISS_EDITOR = "dismiss editor"


class Decision(NamedTuple):
    """Whether something is allowed, and why not."""

    allowed: bool
    reason: str = ""


ALLOWED = Decision(allowed=True)


def may(actor: Any, action: Action, target: Any = None) -> Decision:
    """Tell whether ``actor`` (a user, or anybody else for a visitor) may do this to ``target``."""
    if action == Action.SUBMIT_CORRECTION and not _is_signed_in(actor):
        return ALLOWED
    if not _is_signed_in(actor):
        return _no(_("Sign in first."))
    if not actor.is_active:
        return _no(_("This account is closed."))
    return _RULES[action](actor, target)


def require(actor: Any, action: Action, target: Any = None) -> None:
    """Raise ``NotAllowed``, with the reason, unless ``actor`` may do this."""
    decision = may(actor, action, target)
    if not decision.allowed:
        raise NotAllowed(decision.reason)


def _is_signed_in(actor: Any) -> bool:
    return isinstance(actor, User) and actor.pk is not None


def _no(reason: str) -> Decision:
    return Decision(allowed=False, reason=reason)


def _anyone(actor: User, target: Any) -> Decision:
    return ALLOWED


def _editor(actor: User, target: Any) -> Decision:
    return ALLOWED if actor.is_editor else _no(_("Only editors may do this."))


def _own_claim(actor: User, claim: Claim) -> Decision:
    if claim.person_id == actor.pk:
        return ALLOWED
    return _no(_("This claim belongs to another account."))


def _own_claim_or_editor(actor: User, claim: Claim) -> Decision:
    return ALLOWED if actor.is_editor else _own_claim(actor, claim)


def _editor_of_another(actor: User, claim: Claim) -> Decision:
    if actor.is_editor and claim.person_id == actor.pk:
        return _no(_("Nobody decides on a claim of their own; ask another editor."))
    return _editor(actor, claim)


def _own_token(actor: User, token: AccessToken) -> Decision:
    if token.person_id == actor.pk:
        return ALLOWED
    return _no(_("This token belongs to another account."))


def _own_submission(actor: User, submission: Submission) -> Decision:
    if submission.person_id == actor.pk:
        return ALLOWED
    return _no(_("This suggestion came from another account."))


def _own_submission_or_editor(actor: User, submission: Submission) -> Decision:
    return ALLOWED if actor.is_editor else _own_submission(actor, submission)


def _editor_of_another_item(actor: User, item: ReviewItem) -> Decision:
    asked = item.claim or item.submission
    if actor.is_editor and asked is not None and asked.person_id == actor.pk:
        return _no(_("Nobody decides on a request of their own; leave it to another editor."))
    return _editor(actor, item)


def _staff(actor: User, office: City | Network) -> Decision:
    if granted_claim(actor, office):
        return ALLOWED
    return _no(_("You do not act for %(office)s. Claim it first.") % {"office": office.name})


def _staff_of_either(actor: User, membership: Membership) -> Decision:
    if granted_claim(actor, membership.city) or granted_claim(actor, membership.network):
        return ALLOWED
    return _no(
        _("You act neither for %(city)s nor for %(network)s. Claim one of them first.")
        % {"city": membership.city.name, "network": membership.network.name}
    )


_RULES: dict[Action, Callable[[User, Any], Decision]] = {
    Action.REQUEST_CLAIM: _anyone,
    Action.OPEN_CLAIM_LINK: _own_claim,
    Action.SEE_CLAIM: _own_claim_or_editor,
    Action.WITHDRAW_CLAIM: _own_claim,
    Action.HAND_ON_CLAIM: _own_claim,
    Action.DECIDE_CLAIM: _editor_of_another,
    Action.REVOKE_CLAIM: _editor,
    Action.SPEAK_FOR: _staff,
    Action.SPEAK_ON_MEMBERSHIP: _staff_of_either,
    Action.EDIT_FACTS: _staff,
    Action.ISSUE_TOKEN: _staff,
    Action.REVOKE_TOKEN: _own_token,
    Action.SUBMIT_CORRECTION: _anyone,
    Action.PROPOSE_RECORD: _anyone,
    Action.SEE_SUBMISSION: _own_submission_or_editor,
    Action.ANSWER_SUBMISSION: _own_submission,
    Action.WITHDRAW_SUBMISSION: _own_submission,
    Action.SEE_QUEUE: _editor,
    Action.TAKE_ITEM: _editor_of_another_item,
    Action.DECIDE_ITEM: _editor_of_another_item,
    Action.EDIT_RECORD: _editor,
    Action.REVERT: _editor,
    Action.APPOINT_EDITOR: _editor,
    Action.DISMISS_EDITOR: _editor,
}
