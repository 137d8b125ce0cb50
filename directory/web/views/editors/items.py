"""One item of the queue: taking it, putting it back, deciding."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.accounts import drafts
from directory.models import ReviewItem
from directory.registration import queue
from directory.registration.permissions import Action, require
from directory.registration.problems import NotPossible
from directory.web.acting import signed_in
from directory.web.forms.decisions import DecisionForm
from directory.web.forms.review import steps_of
from directory.web.review_pages import ItemPage

WITH_ALL = (
    *("claim__city__country", "claim__network", "claim__person", "submission__person"),
    *("membership__city", "membership__network", "taken_by", "decided_by"),
)


@signed_in
def review_item(request: HttpRequest, number: int) -> HttpResponse:
    """Show an item with its evidence and what may be decided."""
    item = _item(request, number)
    page = ItemPage(request.user, item)
    if page.is_mine:
        page = ItemPage(request.user, item, _drafts(request, item))
    return render(request, "editors/item.html", {"page": page})


@signed_in
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take an item for half an hour."""
    item = _item(request, number)
    if request.method == "POST":
        try:
            item = queue.take(actor=request.user, item=item)
            until = date_format(item.taken_until, "H:i")
            messages.success(request, _("It is yours until %(time)s UTC.") % {"time": until})
        except NotPossible as refusal:
            messages.error(request, str(refusal))
    return redirect("review-item", number)


@signed_in
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Give an item back to the queue."""
    item = _item(request, number)
    if request.method == "POST":
        try:
            queue.put_back(actor=request.user, item=item)
        except NotPossible as refusal:
            messages.error(request, str(refusal))
            return redirect("review-item", number)
        messages.success(request, _("It waits in the queue again."))
        return redirect("queue")
    return redirect("review-item", number)


@signed_in
def decide(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Carry out a decision; what the rules refuse is shown beside what was typed."""
    item = _item(request, number)
    if step not in steps_of(item):
        raise Http404(step)
    if request.method != "POST":
        return redirect("review-item", number)
    require(request.user, Action.DECIDE_ITEM, item)
    form = steps_of(item)[step](request.POST, item=item, step=step)
    if form.is_valid() and form.decide(request.user):
        messages.success(request, str(form.done))
        return redirect("queue") if form.is_last else redirect("review-item", number)
    item.refresh_from_db()
    page = ItemPage(request.user, item, {step: form})
    return render(request, "editors/item.html", {"page": page, "refused": form})


def _drafts(request: HttpRequest, item: ReviewItem) -> dict[str, DecisionForm]:
    """Return the forms of a decision that was typed before the editor had to sign in again."""
    steps = steps_of(item)
    kept = {
        step: drafts.take(request, reverse("review-decide", args=[item.pk, step])) for step in steps
    }
    return {step: steps[step](data, item=item, step=step) for step, data in kept.items() if data}


def _item(request: HttpRequest, number: int) -> ReviewItem:
    require(request.user, Action.SEE_QUEUE)
    return get_object_or_404(ReviewItem.objects.select_related(*WITH_ALL), pk=number)
