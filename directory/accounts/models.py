"""The user model: e-mail as login, an opaque id as the only name the change log knows."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.accounts.outbox import OutgoingMail
from directory.models.text import validate_plain_text

__all__ = ["CacheEntry", "OutgoingMail", "User", "UserManager"]


def languages() -> list[tuple[str, str]]:
    """Return the languages that the site speaks; a function, so that a new one moves no table."""
    return list(settings.LANGUAGES)


class UserManager(BaseUserManager):
    """Creates users; Django's authentication asks for a manager with these names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in with ``email``; raises ValueError without one."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        """Return the user of ``email``, whatever its case."""
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person who signs in. What they may do follows from claims and from ``is_editor``."""

    opaque_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        validators=[validate_plain_text],
        help_text=_("Only the editors see it, beside what you ask them to decide."),
    )
    language = models.CharField(
        _("language of mails"), max_length=12, choices=languages, default="en"
    )
    wants_reminders = models.BooleanField(
        _("remind me by mail"),
        default=True,
        help_text=_("When a membership of your city has not been confirmed for a year."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_editor = models.BooleanField(_("editor"), default=False)
    joined_at = models.DateTimeField(_("signed up"), default=timezone.now)
    # The row of who left stays, emptied: what they decided for their office must not vanish.
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is an account with this address already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.opaque_id)


class CacheEntry(models.Model):
    """The table of Django's database cache, where all processes count attempts to sign in.

    A model, so that migrations make it; the columns are those of ``createcachetable``.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "citynet_cache"
