"""Pages of what one has suggested: how far it has come, a question to answer, a way to withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from directory.models import Submission
from directory.models.review import OPEN_REVIEW_STATES, ReviewState
from directory.registration.own import own_suggestions
from directory.registration.queue_filters import names_of
from directory.web.acting import signed_in, typed
from directory.web.changed_records import record_page
from directory.web.differences import shown_differences
from directory.web.forms.steps import SUGGESTION_STEPS, AnswerForm, StepForm
from directory.web.paging import page_of

SUGGESTIONS_A_PAGE = 25


@signed_in
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """Show what a person has suggested; what needs them comes first."""
    pages, rows = page_of(request, own_suggestions(request.user), SUGGESTIONS_A_PAGE)
    names = names_of(each.review for each in rows)
    suggestions = [(each, names[each.review.pk]) for each in rows]
    return render(request, "suggestions/list.html", {"pages": pages, "suggestions": suggestions})


@signed_in
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion of one's own, and what became of it."""
    return _page(request, get_object_or_404(own_suggestions(request.user), pk=pk))


@signed_in
def suggestion_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Withdraw a suggestion, or answer an editor's question about it."""
    own = get_object_or_404(own_suggestions(request.user), pk=pk)
    form = SUGGESTION_STEPS[step](typed(request))
    sent = request.method == "POST" and form.is_valid()
    if sent and form.step(actor=request.user, asked=own):
        messages.success(request, form.done)
        return redirect("suggestion", own.pk)
    return _page(request, own, {step: form})


def _page(
    request: HttpRequest, own: Submission, sent: dict[str, StepForm] | None = None
) -> HttpResponse:
    state = own.review.state
    context = {
        "suggestion": own,
        "review": own.review,
        "name": names_of([own.review])[own.review.pk],
        "record_url": record_page(own.table, own.record),
        "differences": shown_differences([own])[own.pk],
        "is_open": state in OPEN_REVIEW_STATES,
        "answer": AnswerForm() if state == ReviewState.ASKED_BACK else None,
    }
    return render(request, "suggestions/suggestion.html", context | (sent or {}))
