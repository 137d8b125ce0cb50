"""Forms by which people ask to act for a city or a network, and go on from there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Claim
from directory.registration import claims, handing_on
from directory.web.acting import ActionForm
from directory.web.forms.steps import AnswerForm, StepForm


def longest(model: type, name: str) -> int:
    """Return how many characters a column holds."""
    return model._meta.get_field(name).max_length


class PositionForm(ActionForm):
    """What somebody does in the office that they act for."""

    role = forms.CharField(
        label=_("Your role"),
        help_text=_("Such as adviser for international relations. Editors alone see it."),
        max_length=longest(Claim, "role"),
    )
    department = forms.CharField(
        label=_("Department"), max_length=longest(Claim, "department"), required=False
    )


class ClaimForm(PositionForm):
    """A request to act for a city or a network."""

    work_address = forms.CharField(
        label=_("Your work e-mail address"),
        help_text=_("A link goes there; opening it shows that the address is yours."),
        max_length=longest(Claim, "work_address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    evidence = forms.CharField(
        label=_("How an editor can check this"),
        help_text=_(
            "Such as the address of a page that names you or your department. Helps most where "
            "the editors do not know the domain of your work address yet."
        ),
        max_length=longest(Claim, "evidence"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class WithdrawForm(StepForm):
    """Taking a claim back, or stepping down."""

    done = _("You do not act for %(office)s, and ask for it no longer.")

    def write(self, *, actor: Any, asked: Any) -> Any:
        return claims.withdraw(actor=actor, claim=asked)


class SendAgainForm(StepForm):
    """Asking for a new link; the earlier one is good no more."""

    done = _("A new link is on its way to %(work_address)s.")

    def write(self, *, actor: Any, asked: Any) -> Any:
        return claims.send_link_again(actor=actor, claim=asked)


class HandOnForm(StepForm):
    """The offer of a granted claim to a successor."""

    done = _("A link is on its way to your successor. Until they accept, you act for %(office)s.")

    address = forms.CharField(
        label=_("Work e-mail address of your successor"),
        max_length=longest(Claim, "work_address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def write(self, *, actor: Any, asked: Any, address: str) -> Any:
        return handing_on.hand_on(actor=actor, claim=asked, address=address)


CLAIM_STEPS: dict[str, type[StepForm]] = {
    "withdraw": WithdrawForm,
    "send-again": SendAgainForm,
    "hand-on": HandOnForm,
    "answer": AnswerForm,
}
