"""Access tokens: issued to people who act for an office, shown once, revoked at any time.

A token is a second way in for what its person may do for that office: it grants nothing by
itself, and what the claim no longer grants the token no longer does.
"""

import datetime
import hashlib
import re
import secrets
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.accounts.models import User
from directory.models import AccessToken
from directory.registration.offices import Office, column_of
from directory.registration.permissions import Action, require
from directory.registration.problems import Invalid, NotPossible, check_row, one_line

MOST_DAYS = 365
MOST_TOKENS = 10
# Recognisable, so that programs that look for leaked secrets find it.
SECRET = re.compile(r"citynet_[0-9a-f]{8}_[0-9a-f]{64}", re.ASCII)
# A token that is used all the time is written down as used once in so long.
USE_NOTED_EVERY = datetime.timedelta(minutes=5)


class TokenRefused(Exception):
    """The secret opens nothing (any more); the message says why."""


@transaction.atomic
def issue_token(*, actor: Any, office: Office, name: str, days: int) -> tuple[AccessToken, str]:
    """Make a token and return it with its secret, which nobody can ever see again.

    Raises ``NotAllowed``, ``Invalid``, and ``NotPossible`` where there are too many already.
    """
    require(actor, Action.ISSUE_TOKEN, office)
    # One at a time, so that two forms sent at once do not pass the limit together.
    User.objects.select_for_update().get(pk=actor.pk)
    name = one_line(name)
    live = live_tokens(actor).filter(**{column_of(office): office})
    _check(name, days, [token.name for token in live])
    prefix = secrets.token_hex(4)
    secret = f"citynet_{prefix}_{secrets.token_hex(32)}"
    now = timezone.now()
    token = AccessToken(
        person=actor,
        name=name,
        prefix=prefix,
        digest=digest_of(secret),
        made_at=now,
        expires_at=now + datetime.timedelta(days=days),
        **{column_of(office): office},
    )
    check_row(token)
    token.save()
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Any, token: AccessToken) -> AccessToken:
    """End a token for good; twice is once."""
    require(actor, Action.REVOKE_TOKEN, token)
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    token.refresh_from_db()
    return token


def live_tokens(person: User) -> QuerySet[AccessToken]:
    """Return the person's tokens that are neither revoked nor expired, oldest first."""
    return AccessToken.objects.filter(
        person=person, revoked_at=None, expires_at__gt=timezone.now()
    ).order_by("pk")


def token_of(secret: str) -> AccessToken:
    """Return the token of a secret, with its person and its office.

    Raises ``TokenRefused`` for a secret that is unknown, revoked or expired, and ``NotAllowed``
    where the account is closed or its person no longer acts for the office.
    """
    found = None
    if SECRET.fullmatch(secret):
        tokens = AccessToken.objects.select_related("person", "city", "network")
        found = tokens.filter(digest=digest_of(secret)).first()
    if found is None:
        raise TokenRefused(_("This is no access token of this site."))
    if found.revoked_at is not None:
        raise TokenRefused(_("This access token was revoked. Make a new one in your account."))
    if found.is_expired:
        raise TokenRefused(_("This access token has expired. Make a new one in your account."))
    require(found.person, Action.SPEAK_FOR, found.office)
    _note_use(found)
    return found


def digest_of(secret: str) -> str:
    """Return under what a secret is kept: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _check(name: str, days: int, taken: list[str]) -> None:
    errors = {}
    if not name:
        errors["name"] = [_("Name the program that will use it.")]
    elif name in taken:
        # So the form that is sent again, by loading the page again, makes no second one.
        errors["name"] = [_("There is a token of this name already. Choose another name.")]
    if not 1 <= days <= MOST_DAYS:
        errors["days"] = [_("Choose from 1 to %(most)d days.") % {"most": MOST_DAYS}]
    if errors:
        raise Invalid(errors)
    if len(taken) >= MOST_TOKENS:
        raise NotPossible(
            _("There are %(most)d tokens already. Revoke one that is no longer needed.")
            % {"most": MOST_TOKENS},
            code="too_many",
        )


def _note_use(token: AccessToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
