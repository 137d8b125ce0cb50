"""What to answer where no record is found: its new address, that it was taken out, or 404."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from directory.models import Entry, Redirect
from directory.models.choices import RecordType
from directory.web.errors import gone

URL_NAMES = {
    RecordType.NETWORK: "network",
    RecordType.CITY: "city",
    RecordType.FOCUS_AREA: "focus-area",
    RecordType.FUNDER: "funder",
}
TABLES = {
    RecordType.NETWORK: "networks",
    RecordType.CITY: "cities",
    RecordType.FOCUS_AREA: "focus_areas",
    RecordType.FUNDER: "funders",
}


def moved_or_missing(
    request: HttpRequest, kind: RecordType, slug: str, *, url_name: str = ""
) -> HttpResponse:
    """Answer for a slug that no record has: 301 where it was renamed or merged, 410 where removed.

    ``url_name`` is that of the record's page unless something else of it was asked for. Raises
    Http404 where the directory never had it.
    """

    def page(present: str) -> str:
        return reverse(url_name or URL_NAMES[kind], args=[present])

    if slug != slug.lower():
        return HttpResponsePermanentRedirect(page(slug.lower()))
    return moved_or_removed(request, kind, TABLES[kind], slug, address=page)


def moved_or_removed(
    request: HttpRequest,
    kind: RecordType | None,
    table: str,
    record: str,
    *,
    address: Callable[[str], str],
) -> HttpResponse:
    """Answer for an id, rightly written, that no record has; ``address`` leads to another id.

    ``kind`` is None for records that are never renamed. Raises Http404 as above.
    """
    moved = present_slug(kind, record) if kind else ""
    if moved:
        return HttpResponsePermanentRedirect(address(moved))
    return removed_or_missing(request, table, record)


def present_slug(kind: RecordType, slug: str) -> str:
    """Return the slug that stands for a former one now; nothing where none does."""
    return present_slugs(kind, [slug]).get(slug, "")


def present_slugs(kind: RecordType, slugs: Iterable[str]) -> dict[str, str]:
    """Return the slugs that stand for former ones now, by the former one; one query."""
    moved = Redirect.objects.public().filter(record_type=kind, old_slug__in=list(slugs))
    return dict(moved.order_by("old_slug").values_list("old_slug", "new_slug"))


def removed_or_missing(request: HttpRequest, table: str, record: str) -> HttpResponse:
    """Answer 410 for a record that the change log saw leaving; raises Http404 for all others."""
    newest = Entry.objects.filter(table=table, record=record).order_by("-id").first()
    if newest and newest.action == Entry.Action.REMOVED:
        return gone(request)
    raise Http404(record)
