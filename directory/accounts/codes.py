"""The forms that ask for a code: each code of an authenticator app serves once.

django-allauth remembers a used code for one period. It takes those of the periods before and after
as well (``MFA_TOTP_TOLERANCE``), so a code that somebody saw being typed would serve again.
"""

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from directory.accounts.attempts import note_attempts


class _OnceForm(BaseAuthenticateForm):
    """Refuses a code of an app for as long as the app's clock would make it good."""

    def clean_code(self) -> str:
        try:
            code = super().clean_code()
        finally:
            key = f"mfa-auth-user-{self.user.pk}"
            note_attempts(context.request, "login_failed", key=key)
        if self.authenticator.type == Authenticator.Type.TOTP:
            key = f"citynet.code:{self.authenticator.pk}:{normalize_user_code(code)}"
            good_for = app_settings.TOTP_PERIOD * (1 + 2 * app_settings.TOTP_TOLERANCE)
            if not cache.add(key, 1, timeout=good_for):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OnceForm, AuthenticateForm):
    """Asks for a code at the end of signing in."""


class CodeAgainForm(_OnceForm, ReauthenticateForm):
    """Asks for a code before what touches the safety of an account."""
