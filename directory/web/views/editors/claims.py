"""All claims, by state and words, and revoking one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.models import Claim
from directory.models.claim import ClaimState
from directory.registration import claims as rules
from directory.registration.evidence import claims_like
from directory.registration.permissions import Action, require
from directory.web.acting import signed_in, typed
from directory.web.addresses import Address
from directory.web.forms.people import ClaimsForm, RevokeForm
from directory.web.paging import Pages, page_number

CLAIMS_A_PAGE = 50


@signed_in
def claims(request: HttpRequest) -> HttpResponse:
    """Show claims, the granted ones unless others are asked for, the newest first."""
    require(request.user, Action.SEE_QUEUE)
    data = request.GET if request.GET else {"state": ClaimState.GRANTED.value}
    form = ClaimsForm(data)
    asked = form.cleaned_data if form.is_valid() else {}
    found = claims_like(asked.get("text", ""), state=asked.get("state", ""))
    address = Address.of(request.path, request.GET, [*form.fields, "page"])
    pages = Pages(address, page_number(request.GET), found.count(), CLAIMS_A_PAGE)
    context = {"form": form, "pages": pages, "claims": found[pages.start : pages.stop]}
    return render(request, "editors/claims.html", context)


@signed_in
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Show a claim, and end it if it is granted."""
    require(request.user, Action.SEE_QUEUE)
    found = Claim.objects.select_related("city", "network", "person", "review")
    claim = get_object_or_404(found, pk=number)
    require(request.user, Action.REVOKE_CLAIM, claim)
    form = RevokeForm(typed(request), claim=claim)
    if request.method == "POST" and form.is_valid():
        form.carry_out(rules.revoke, actor=request.user, claim=claim, **form.cleaned_data)
        if form.refusal is None:
            messages.success(request, _("The claim is revoked; the person is told by mail."))
            return redirect("editor-claims")
    context = {"claim": claim, "form": form, "is_granted": claim.state == ClaimState.GRANTED}
    return render(request, "editors/claim_page.html", context)
