"""The forms for signing in and up, in the words of our other pages and without a second label.

django-allauth calls an address "Email" and repeats each label inside its field, where it vanishes
with the first letter typed.
"""

from typing import Any

from allauth.account import forms as theirs
from django.utils.translation import gettext_lazy as _


class _PlainlyLabelled:
    """Names the address as everywhere else, and empties the fields of their second labels."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in ("login", "email"):
                field.label = _("E-mail address")


class SignInForm(_PlainlyLabelled, theirs.LoginForm):
    """Asks for an address and its password."""


class SignUpForm(_PlainlyLabelled, theirs.SignupForm):
    """Asks for the address and the password of a new account."""


class ForgottenForm(_PlainlyLabelled, theirs.ResetPasswordForm):
    """Asks where the link to a new password goes."""


class NewPasswordForm(_PlainlyLabelled, theirs.ResetPasswordKeyForm):
    """Asks for a password in place of a forgotten one."""


class PasswordForm(_PlainlyLabelled, theirs.ChangePasswordForm):
    """Asks for the password and for the one that replaces it."""


class AddressForm(_PlainlyLabelled, theirs.AddEmailForm):
    """Asks for another address."""


class StillYouForm(_PlainlyLabelled, theirs.ReauthenticateForm):
    """Asks for the password before what touches the safety of an account."""
