"""Who is an editor: editors appoint and dismiss others, ``manage.py appoint_editor`` the first."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from directory.accounts.editors import LastEditor, check_another_remains
from directory.accounts.models import User
from directory.models import ReviewItem
from directory.models.review import ReviewState
from directory.registration import letters
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, one_line


@transaction.atomic
def appoint_editor(*, actor: Any, address: str) -> User:
    """Make the person who signs in with the address an editor, as an editor."""
    require(actor, Action.APPOINT_EDITOR)
    return make_editor(address)


@transaction.atomic
def make_editor(address: str) -> User:
    """Make the person who signs in with the address an editor, as who runs the site.

    Raises ``NotPossible`` where no open account has it, or the address was not confirmed: a
    stranger may have signed up with it.
    """
    confirmed = EmailAddress.objects.filter(email=address.strip().lower(), verified=True)
    person = (
        User.objects.select_for_update()
        .filter(email=address.strip().lower(), is_active=True, pk__in=confirmed.values("user"))
        .first()
    )
    if person is None:
        raise NotPossible(
            _(
                "No open account has the confirmed address %(address)s. Sign up with it and open "
                "the mailed link first."
            )
            % {"address": address},
            code="nobody",
        )
    person.is_editor = True
    person.save(update_fields=["is_editor"])
    return person


@transaction.atomic
def dismiss_editor(*, actor: Any, person: User, reason: str) -> User:
    """Let a person be an editor no more, as an editor; the reason is mailed to them.

    What they had taken waits in the queue again. One may step down oneself, while another editor
    remains. Raises ``NotPossible`` for the last one, and for who is no editor.
    """
    require(actor, Action.DISMISS_EDITOR, person)
    reason = one_line(reason)
    if not reason:
        raise Invalid({"reason": [_("Say why; the person will read it.")]})
    try:
        check_another_remains(person)
    except LastEditor:
        raise NotPossible(
            _("Nobody else is an editor. Appoint another editor first."), code="last_editor"
        ) from None
    # Two editors may be dismissing each other; the first one has it.
    require(User.objects.get(pk=actor.pk), Action.DISMISS_EDITOR, person)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_editor:
        raise NotPossible(_("This person is no editor."), code="nobody")
    person.is_editor = False
    person.save(update_fields=["is_editor"])
    taken = ReviewItem.objects.filter(state=ReviewState.TAKEN, taken_by=person)
    taken.update(state=ReviewState.WAITING, taken_by=None, taken_until=None)
    if person.is_active:
        letters.send("editor_dismissed", person.email, reader=person, reason=reason)
    return person
