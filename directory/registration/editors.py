"""Who is an editor: editors appoint others, and ``manage.py appoint_editor`` the first."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible


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
    confirmed = EmailAddress.objects.filter(email__iexact=address.strip(), verified=True)
    person = (
        User.objects.select_for_update()
        .filter(email__iexact=address.strip(), is_active=True, pk__in=confirmed.values("user"))
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
