"""The dashboard of a city or a network for the people who act for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.insights.similar import LikeCity
from directory.models import City
from directory.models.upload import UploadState
from directory.registration.bulk.previewing import uploads_of
from directory.registration.dashboard import STATES, Desk
from directory.registration.own import own_open_suggestions
from directory.web.acting import acting_office, signed_in
from directory.web.office_lists import OfficeLists


@require_safe
@signed_in
def office(request: HttpRequest, table: str, slug: str) -> HttpResponse:
    """Show what an office is to say next, how complete its page is, and all its memberships."""
    found, day = acting_office(request, table, slug), now().date()
    desk = Desk(found, day=day)
    checks = desk.checks()
    context = {
        "office": found,
        "table": table,
        "day": day,
        "lists": OfficeLists(request, desk),
        "states": STATES.items(),
        "checks": checks,
        "met": sum(check.is_met for check in checks),
        "waiting": own_open_suggestions(request.user).count(),
        "uploads": uploads_of(actor=request.user, office=found)
        .filter(state=UploadState.PREVIEWED)
        .count(),
        "suggested": LikeCity(found, day=day).networks() if isinstance(found, City) else [],
    }
    return render(request, "offices/office.html", context)
