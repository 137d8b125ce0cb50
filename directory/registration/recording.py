"""Opening the change set of a write: which office it is for, who acts, and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.history import Changes, change_set, current_changes
from directory.history.change_sets import LONGEST_REASON
from directory.models import ChangeSet
from directory.models.choices import Origin
from directory.models.text import validate_plain_text
from directory.registration.offices import EDITORS, Office, note_use, office_name
from directory.registration.permissions import Action, may
from directory.registration.problems import Invalid, NotAllowed, one_line


@contextmanager
def recorded(
    *,
    actor: Any,
    office: Office | None,
    reason: str,
    origin: Origin = Origin.WEB,
    reverts: ChangeSet | None = None,
) -> Iterator[Changes]:
    """Open the change set of one write, or join the one that is open, as bulk uploads want it.

    ``office`` None: the editors. The log knows the person by the opaque id alone. A change set
    that ``reverts`` another joins none. Raises ``Invalid`` for a reason that is too long or holds
    what no text may hold.
    """
    reason = one_line(reason)
    _check_reason(reason)
    changes = current_changes()
    if changes is not None and reverts is None:
        _act_for(actor, office)
        yield changes
        return
    with change_set(
        origin=origin,
        actor=str(actor.opaque_id),
        office=office_name(office) if office is not None else EDITORS,
        reason=reason,
        reverts=reverts,
    ) as changes:
        _act_for(actor, office)
        yield changes


def _act_for(actor: Any, office: Office | None) -> None:
    """Hold the person's claim until the write is done: whoever revokes it waits, or came first."""
    if office is not None and not note_use(actor, office):
        raise NotAllowed(may(actor, Action.SPEAK_FOR, office).reason)


def _check_reason(reason: str) -> None:
    if not reason:
        raise Invalid({"reason": [_("Say why; it is published with the change.")]})
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            {"reason": [_("At most %(most)s characters fit.") % {"most": LONGEST_REASON}]}
        )
    try:
        validate_plain_text(reason)
    except ValidationError as error:
        raise Invalid({"reason": error.messages}) from error
