"""What is kept about a person: handed out on request, and erased on request.

The row of the account stays, emptied, because what was decided for an office rests on it: the
change log knows the person by ``opaque_id`` alone. Packages above this one add what they keep by
`register`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from directory.accounts.editors import check_another_remains
from directory.accounts.models import User
from directory.accounts.outbox import OutgoingMail


@dataclass(frozen=True)
class Section:
    """What one package keeps about a person: how to read it, and how to erase it."""

    read: Callable[[User], Any]
    erase: Callable[[User], None]


_sections: dict[str, Section] = {}


def register(name: str, *, read: Callable[[User], Any], erase: Callable[[User], None]) -> None:
    """Add what a package keeps about people; ``name`` is its key in the download.

    ``erase`` removes what names the person, within the transaction that empties the account.
    """
    _sections[name] = Section(read, erase)


def all_about(user: User) -> dict[str, Any]:
    """Return everything that is kept about a person, without secrets, ready for JSON."""
    sessions = UserSession.objects.filter(user=user).order_by("created_at")
    factors = Authenticator.objects.filter(user=user).order_by("created_at")
    mails = OutgoingMail.objects.filter(to__iexact=user.email).order_by("created_at")
    own = {
        "account": {
            "id": user.opaque_id,
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "wants_reminders": user.wants_reminders,
            "is_editor": user.is_editor,
            "signed_up": user.joined_at,
            "last_signed_in": user.last_login,
        },
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "second_factors": list(factors.values("type", "created_at", "last_used_at")),
        "sessions": list(sessions.values("created_at", "ip", "user_agent")),
        "mails": list(mails.values("subject", "created_at", "sent_at")),
    }
    return own | {name: section.read(user) for name, section in sorted(_sections.items())}


@transaction.atomic
def erase(user: User) -> None:
    """Empty an account for good: nothing of it names the person or lets anyone in any more.

    Raises ``LastEditor`` for the only editor.
    """
    check_another_remains(user)
    user = User.objects.select_for_update().get(pk=user.pk)
    for section in _sections.values():
        section.erase(user)
    OutgoingMail.objects.filter(to__iexact=user.email).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.email = f"{user.opaque_id}@erased.invalid"
    user.name = ""
    user.last_login = None
    user.wants_reminders = user.is_active = user.is_editor = False
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
