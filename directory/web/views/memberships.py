"""The page of one membership: who says so, and when."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.statements import membership_with_statements
from directory.linked.memberships import membership_document
from directory.web.former_addresses import removed_or_missing


@require_safe
def membership(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a membership with all statements that it rests on."""
    found = membership_with_statements(int(public_id[1:]))
    if found is None:
        return removed_or_missing(request, "memberships", public_id)
    if found.public_id != public_id:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    day = now().date()
    context = {
        "membership": found,
        "statements": found.statements.all(),
        "current": found.is_current_on(day),
        "day": day,
        "linked": membership_document(found),
    }
    return render(request, "memberships/membership.html", context)
