"""Pages of one's own claims: finding the office, asking to act for it, and all that follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from directory.models import Claim
from directory.models.claim import ClaimState
from directory.models.review import ReviewState
from directory.registration.claims import request_claim
from directory.registration.offices import column_of
from directory.registration.own import own_claims, own_live_claims
from directory.search.query import LONGEST_QUERY
from directory.web.acting import OFFICE_MODELS, limited, signed_in, typed
from directory.web.forms.claims import CLAIM_STEPS, ClaimForm, HandOnForm
from directory.web.forms.records import records_meant
from directory.web.forms.steps import AnswerForm, StepForm
from directory.web.paging import page_of

CLAIMS_A_PAGE = 25


@signed_in
def claim_list(request: HttpRequest) -> HttpResponse:
    """Show a person's claims and what to do next about each."""
    pages, rows = page_of(request, own_claims(request.user), CLAIMS_A_PAGE)
    return render(request, "claims/list.html", {"pages": pages, "claims": rows})


@signed_in
def find_office(request: HttpRequest) -> HttpResponse:
    """Find the city or the network that one works for, by any of its names."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    context = {"looked_for": text, "found": []}
    if text:
        claimed = {each.office: each for each in own_live_claims(request.user)}
        context["found"] = [
            (
                table,
                [(office, claimed.get(office)) for office in records_meant(table, text).records],
            )
            for table in OFFICE_MODELS
        ]
    return render(request, "claims/new.html", context)


@signed_in
@limited("claim")
def claim_office(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Ask to act for a city or a network; where one has asked already, show that claim."""
    office = get_object_or_404(OFFICE_MODELS[table].objects.public(), slug=slug)
    existing = own_live_claims(request.user).filter(**{column_of(office): office}).first()
    if existing:
        return redirect("claim", existing.pk)
    form = ClaimForm(typed(request), initial={"work_address": request.user.email})
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(request_claim, actor=request.user, office=office, **form.cleaned_data)
        if made:
            return redirect("claim", made.pk)
    return render(request, "claims/office.html", {"office": office, "form": form})


@signed_in
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of a person's own claims, and what can be done about it."""
    return _page(request, get_object_or_404(own_claims(request.user), pk=pk))


@signed_in
def claim_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Withdraw a claim, have its link sent again, hand it on, or answer a question about it."""
    own = get_object_or_404(own_claims(request.user), pk=pk)
    form = CLAIM_STEPS[step](typed(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.step(actor=request.user, asked=own):
        said = {"office": own.office.name, "work_address": own.work_address}
        messages.success(request, form.done % said)
        return redirect("claim", own.pk)
    return _page(request, own, {step.replace("-", "_"): form})


def _page(
    request: HttpRequest, own: Claim, sent: dict[str, StepForm] | None = None
) -> HttpResponse:
    review = getattr(own, "review", None)
    is_asked = (
        own.state == ClaimState.VERIFIED and review and review.state == ReviewState.ASKED_BACK
    )
    context = {
        "claim": own,
        "office": own.office,
        "answer": AnswerForm() if is_asked else None,
        "hand_on": HandOnForm() if own.state == ClaimState.GRANTED else None,
    }
    return render(request, "claims/claim.html", context | (sent or {}))
