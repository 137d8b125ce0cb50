"""State machines as tables: what is not in the table is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible


@dataclass(frozen=True)
class Transition:
    """One step: from a state to another, what one must be allowed to do, and whether to say why.

    ``action`` is None for what the rules do by themselves (a link opened, time passed).
    """

    source: str
    target: str
    action: Action | None
    needs_reason: bool = False


def find(table: Iterable[Transition], source: str, target: str) -> Transition:
    """Return the step from one state to another; raises ``NotPossible`` where there is none."""
    for step in table:
        if (step.source, step.target) == (source, target):
            return step
    raise NotPossible(
        _("This is “%(source)s” and cannot become “%(target)s”. Load the page again.")
        % {"source": source, "target": target},
        code="wrong_state",
    )


def check(
    table: Iterable[Transition],
    instance: Any,
    target: str,
    *,
    actor: Any,
    reason: str,
    has_reader: bool = True,
) -> None:
    """Check that the instance may take the step; the reason is part of it.

    ``has_reader``: there is a person to whom the reason is mailed.
    Raises ``NotAllowed``, ``NotPossible`` or ``Invalid``. Rows must be locked by the caller.
    """
    step = find(table, instance.state, target)
    if step.action is not None:
        require(actor, step.action, instance)
    if step.needs_reason and not reason:
        why = _("Say why; the person will read it.") if has_reader else _("Say why.")
        raise Invalid({"reason": [why]})
