"""The form by which a passkey is added, in words that people know."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models.text import validate_plain_text


class PlainNameField(forms.CharField):
    """One line of text, short and without invisible characters."""

    default_validators = [validate_plain_text]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)


class PasskeyForm(AddWebAuthnForm):
    """Asks for the name of a key, and whether it may stand in for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = PlainNameField(label=_("Name of the key"), required=False)
        self.fields["passwordless"].label = _("Sign me in without the password")
        self.fields["passwordless"].help_text = _(
            "The key then asks for your finger, face or PIN. Without this it is a second factor "
            "beside the password."
        )
        self.fields["credential"].error_messages["required"] = _(
            "No key has answered. Press the button and let your browser ask for one."
        )
