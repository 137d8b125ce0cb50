"""Pages of what changed about a network, a city or a membership, and what it said back then."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.history import Subject, current_revision, find_subject
from directory.models.choices import RecordType
from directory.web.change_pages import HistoryPage
from directory.web.changed_records import HISTORY_URL_NAMES, facts, record_page, record_title
from directory.web.former_addresses import present_slug
from directory.web.paging import revision_number

KINDS = {"networks": RecordType.NETWORK, "cities": RecordType.CITY}


@require_safe
def network_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed about a network and its memberships."""
    return _history(request, "networks", slug)


@require_safe
def city_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed about a city and its memberships."""
    return _history(request, "cities", slug)


@require_safe
def membership_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what changed about a membership and its statements."""
    return _history(request, "memberships", f"m{int(public_id[1:]):05d}")


def _history(request: HttpRequest, table: str, record: str) -> HttpResponse:
    subject, address = subject_or_address(table, record, HISTORY_URL_NAMES[table])
    if subject is None:
        return HttpResponsePermanentRedirect(address)
    revision = revision_number(request.GET, "revision")
    context = {
        "subject": subject,
        "title": record_title(table, subject.row),
        "record_url": "" if subject.is_gone else record_page(table, record),
        "feed": feed_address(table, record),
    }
    if revision is not None:
        return _at(request, context, subject, revision)
    context["page"] = HistoryPage(request, subject)
    return render(request, "history/history.html", context)


def _at(
    request: HttpRequest, context: dict[str, object], subject: Subject, revision: int
) -> HttpResponse:
    if revision > current_revision():
        raise Http404(_("There is no revision %(number)d yet.") % {"number": revision})
    row = subject.at(revision)
    context |= {"revision": revision, "row": row, "facts": facts(subject.table, row) if row else []}
    return render(request, "history/at_revision.html", context)


def feed_address(table: str, record: str) -> str:
    """Return the address of the feed of a record; nothing where it has none."""
    names = {"networks": "network-feed", "cities": "city-feed"}
    return reverse(names[table], args=[record]) if table in names else ""


def subject_or_address(table: str, record: str, url_name: str) -> tuple[Subject | None, str]:
    """Return the record whose history is asked for, or where the page about it is now.

    Raises Http404 where the directory never had the record.
    """
    subject = find_subject(table, record)
    if subject is not None and not subject.is_gone:
        return subject, ""
    moved = present_slug(KINDS[table], record) if table in KINDS else ""
    if moved:
        return None, reverse(url_name, args=[moved])
    if subject is None:
        raise Http404(record)
    return subject, ""
