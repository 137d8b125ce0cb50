"""Pages on which anyone suggests what is wrong or missing; it waits for an editor."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.models import City, Network, Submission
from directory.models.tables import TABLES
from directory.web.acting import limited, slug_in
from directory.web.changed_records import record_page, record_title
from directory.web.forms.submissions import CorrectionForm, MembershipForm

anyone_may_write = require_http_methods(["GET", "HEAD", "POST"])


@anyone_may_write
@limited("submission", visitors="visitor submission")
def correct(request: HttpRequest, table: str, record: str) -> HttpResponse:
    """Suggest what a record should say instead."""
    row = next(TABLES[table].rows([record]), None)
    if row is None:
        raise Http404
    form = CorrectionForm(request.POST or None, table=table, row=row)
    if request.method == "POST" and form.is_valid():
        made = form.suggest(actor=_actor(request), record=record)
        if made:
            return _thank(request, made)
    context = {"form": form, "title": record_title(table, row), "url": record_page(table, record)}
    return render(request, "corrections/correct.html", context | {"table": table})


@anyone_may_write
@limited("submission", visitors="visitor submission")
def suggest_membership(request: HttpRequest) -> HttpResponse:
    """Suggest a membership that is missing; city and network may come with the address."""
    initial = {
        "city": City.objects.public().with_country().filter(slug=slug_in(request, "city")).first(),
        "network": Network.objects.public().filter(slug=slug_in(request, "network")).first(),
    }
    form = MembershipForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = form.suggest(actor=_actor(request))
        if made:
            return _thank(request, made)
    return render(request, "corrections/membership.html", {"form": form})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say to a visitor what becomes of the suggestion; they get no answer by mail."""
    table, _slash, record = request.GET.get("about", "").partition("/")
    return render(request, "corrections/thanks.html", {"url": record_page(table, record)})


def _actor(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _thank(request: HttpRequest, made: Submission) -> HttpResponse:
    if made.person_id:
        messages.success(request, _("Thank you. The editors have it now."))
        return redirect("suggestion", made.pk)
    address = redirect("correction-thanks")
    if made.record:
        address["Location"] += f"?about={made.table}/{made.record}"
    return address
