"""The forms by which editors look after people: who is an editor, who acts for an office."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from directory.models import Claim, VerifiedDomain
from directory.models.claim import ClaimState
from directory.registration.offices import column_of
from directory.web.acting import ActionForm
from directory.web.forms.decisions import reason_field


class AddressForm(forms.Form):
    """Whose claims an editor wants to see."""

    address = forms.EmailField(label=_lazy("E-mail address of the account"), max_length=254)


class AppointForm(ActionForm):
    """Make a person an editor."""

    address = forms.EmailField(
        label=_lazy("E-mail address of the account"),
        max_length=254,
        help_text=_lazy("The person must have an account with this address, and confirmed it."),
    )


class DismissForm(ActionForm):
    """Let a person be an editor no more."""

    reason = reason_field(_lazy("It is mailed to the person."))


class ClaimsForm(forms.Form):
    """Which claims an editor wants to see."""

    state = forms.ChoiceField(
        label=_lazy("State"), required=False, choices=[("", _lazy("Any state"))]
    )
    text = forms.CharField(label=_lazy("Office, address or role"), required=False, max_length=200)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["state"].choices = [*self.fields["state"].choices, *ClaimState.choices]


class RevokeForm(ActionForm):
    """End a granted claim."""

    reason = reason_field(_lazy("It is mailed to the person."))

    def __init__(self, data: Any = None, *, claim: Claim) -> None:
        super().__init__(data)
        own = VerifiedDomain.objects.filter(
            domain=claim.domain, **{column_of(claim.office): claim.office}
        )
        if own.exists():
            self.fields["forget_domain"] = forms.BooleanField(
                label=_("%(domain)s is no verified domain of it any more")
                % {"domain": claim.domain},
                help_text=_("Others who have an address there then need an editor again."),
                required=False,
            )
