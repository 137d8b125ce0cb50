"""Taking a change set back as an editor, and what follows from it in the editors' queue."""

from typing import Any

from directory.datapackage.reverting import RevertRefusedError, take_back, taken_back_by
from directory.models import ChangeSet
from directory.registration import disputes
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.registration.recording import recorded


class CannotRevert(NotPossible):
    """A change set cannot be taken back; ``conflicts`` has a sentence for each thing in the way."""

    def __init__(self, refusal: RevertRefusedError) -> None:
        super().__init__(str(refusal), code="conflicts")
        self.conflicts = refusal.conflicts


def revert_change_set(*, actor: Any, change_set: ChangeSet, reason: str) -> ChangeSet:
    """Take a change set back, all of it or nothing, and return the one that did.

    Memberships about which city and network now differ wait for the editors again; those about
    which they no longer do leave the queue. Raises ``CannotRevert`` with every conflict.
    """
    require(actor, Action.REVERT, change_set)
    try:
        with recorded(actor=actor, office=None, reason=reason, reverts=change_set) as changes:
            take_back(changes, change_set)
            disputes.follow_all(changes.touched["memberships"])
    except RevertRefusedError as refusal:
        raise CannotRevert(refusal) from refusal
    return taken_back_by(change_set)
