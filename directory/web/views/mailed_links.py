"""Pages behind the links that are mailed about claims: they show what a button then does.

Opening a link alone changes nothing: mail programs and their virus scanners open links too.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.models import Claim
from directory.models.claim import ClaimState
from directory.registration import claim_links, claims, handing_on
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.web.acting import ActionForm, limited, signed_in, typed
from directory.web.forms.claims import PositionForm

GONE = 410


@signed_in
@limited("claim")
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show by the mailed link that the work address is one's own."""
    try:
        shown = claim_links.claim_to_show(token, purpose=claim_links.OPEN)
    except NotPossible as refusal:
        return _over(request, refusal)
    require(request.user, Action.OPEN_CLAIM_LINK, shown)
    form = ActionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        opened = form.carry_out(claims.open_link, actor=request.user, token=token)
        if opened:
            messages.success(request, _what_happened(opened))
            return redirect("claim", opened.pk)
    return render(request, "claims/open.html", {"claim": shown, "form": form})


@signed_in
@limited("claim")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take over the claim that somebody hands on."""
    try:
        shown = claim_links.claim_to_show(token, purpose=claim_links.HAND_ON)
    except NotPossible as refusal:
        return _over(request, refusal)
    form = PositionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        arguments = {"actor": request.user, "token": token, **form.cleaned_data}
        taken_over = form.carry_out(handing_on.accept, **arguments)
        if taken_over:
            messages.success(request, _what_happened(taken_over))
            return redirect("claim", taken_over.pk)
    context = {"claim": shown, "form": form, "is_own": shown.person_id == request.user.pk}
    return render(request, "claims/accept.html", context)


def _what_happened(claim: Claim) -> str:
    said = {"office": claim.office.name, "address": claim.work_address}
    if claim.state == ClaimState.GRANTED:
        return _("You now act for %(office)s.") % said
    return _("The address %(address)s is confirmed. An editor decides next.") % said


def _over(request: HttpRequest, refusal: NotPossible) -> HttpResponse:
    return render(request, "claims/link_over.html", {"refusal": refusal}, status=GONE)
