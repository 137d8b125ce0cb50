"""Atom feeds of changes: of the whole directory, of a network, of a city."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.history import history_of, recent_changes
from directory.web.changed_records import record_title
from directory.web.feeds import atom
from directory.web.views.history import subject_or_address

ENTRIES = 30


@require_safe
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Answer with the newest changes of all public data."""
    title = _("What changed in CityNet")
    found = recent_changes(ENTRIES)
    return atom(found, title=title, page=reverse("changes"), address=request.path)


@require_safe
def network_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the newest changes of a network and its memberships."""
    return _feed(request, "networks", slug, "network")


@require_safe
def city_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the newest changes of a city and its memberships."""
    return _feed(request, "cities", slug, "city")


def _feed(request: HttpRequest, table: str, slug: str, name: str) -> HttpResponse:
    subject, address = subject_or_address(table, slug, f"{name}-feed")
    if subject is None:
        return HttpResponsePermanentRedirect(address)
    record = record_title(table, subject.row)
    return atom(
        history_of(subject, limit=ENTRIES, with_entries=False),
        title=_("Changes of %(record)s in CityNet") % {"record": record},
        page=reverse(f"{name}-history", args=[slug]),
        address=request.path,
    )
