"""The editors' queue: what waits for a decision, and approving what rests on one source."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import ReviewItem
from directory.models.review import ReviewKind
from directory.registration import queue as rules
from directory.registration import queue_filters, review
from directory.web.acting import signed_in, typed
from directory.web.differences import shown_differences
from directory.web.forms.queue import TogetherForm
from directory.web.review_pages import QueuePage

MOST_TOGETHER = 100
ITEM_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, oldest first."""
    return render(request, "editors/queue.html", {"page": QueuePage(request)})


@signed_in
def together(request: HttpRequest) -> HttpResponse:
    """Show the chosen submissions side by side, and approve all of them or none."""
    said = typed(request)
    items = _chosen(request, said or request.GET)
    if not items:
        messages.error(request, _("First choose one or more suggestions."))
        return redirect("queue")
    form = TogetherForm(said)
    if request.method == "POST" and form.is_valid():
        form.carry_out(
            review.approve_together,
            actor=request.user,
            items=items,
            reason=form.cleaned_data["reason"],
        )
        if form.refusal is None:
            words = ngettext(
                "%(number)d suggestion is published.",
                "%(number)d suggestions are published, in one change.",
                len(items),
            )
            messages.success(request, words % {"number": len(items)})
            return redirect("queue")
    return render(request, "editors/together.html", {"form": form, "items": _shown(items)})


def _chosen(request: HttpRequest, data: QueryDict) -> list[ReviewItem]:
    numbers = {int(written) for written in data.getlist("item") if ITEM_NUMBER.fullmatch(written)}
    found = rules.open_items(request.user).filter(
        pk__in=sorted(numbers)[:MOST_TOGETHER], kind=ReviewKind.SUBMISSION
    )
    return list(found)


def _shown(items: list[ReviewItem]) -> list[tuple[ReviewItem, str, list[object]]]:
    names = queue_filters.names_of(items)
    differences = shown_differences(item.submission for item in items if item.submission)
    return [(item, names[item.pk], differences[item.submission_id]) for item in items]
