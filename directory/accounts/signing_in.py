"""What django-allauth asks us for: who a mail goes to and how, and how secrets are kept."""

import base64
import hashlib
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.accounts.attempts import note_attempts
from directory.accounts.languages import in_language
from directory.accounts.models import User

SITE_NAME = "CityNet"
log = logging.getLogger(__name__)
LINKS_IN_MAILS = {"activate_url", "password_reset_url", "signup_url"}
UNSPOKEN = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    """Writes mails in the language of their reader, and says when to try again."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("There were too many attempts. Try again in ten minutes."),
        "rate_limited": _("There were too many attempts. Try again in ten minutes."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        try:
            return super().authenticate(request, **credentials)
        finally:
            key = self._get_login_attempts_cache_key(request, **credentials)
            note_attempts(request, "login_failed", key=key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = user.language if user else translation.get_language()
        # Made for the page that the mail is asked for on, which may be in another language.
        links = {
            name: _address_in(context[name], language) for name in context.keys() & LINKS_IN_MAILS
        }
        links["site_url"] = settings.SITE_URL + in_language("/", language).removesuffix("/")
        with translation.override(language):
            super().send_mail(template_prefix, email, {**context, **links})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        # Also to an address that no longer is the person's.
        known = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, known, email)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        # The page that follows says it already; after signing out no session should begin anew.
        if message_template not in UNSPOKEN:
            super().add_message(request, level, message_template, *args, **kwargs)

    def new_user(self, request: HttpRequest) -> AbstractBaseUser:
        user = super().new_user(request)
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, so that a copy of the database is no key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # A secret that nobody knows: every code is a wrong one.
            log.error("A second factor was encrypted with another SECRET_KEY; no code fits it.")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": SITE_NAME}


def _address_in(url: str, language: str) -> str:
    """Return the address of the same page in another language."""
    parts = urlsplit(url)
    return parts._replace(path=in_language(parts.path, language)).geturl()


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
