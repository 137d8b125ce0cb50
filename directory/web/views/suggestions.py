"""Suggestions while one types in a search box."""

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.models import City, Network
from directory.search.meant import written
from directory.search.names import named
from directory.search.suggestions import suggest as find_suggestions
from directory.web.forms.records import KINDS, records_meant

LONGEST = 200
TABLES = {kind: table for table, kind in KINDS.items()}


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return what ``q`` may mean so far, as JSON; with ``kind``, cities or networks alone."""
    words = request.GET.get("q", "")[:LONGEST]
    kind = request.GET.get("kind", "")
    if kind in TABLES:
        found = records_meant(TABLES[kind], words).records if words.strip() else []
        return JsonResponse({"suggestions": [_record(kind, record) for record in found]})
    found = find_suggestions(words, day=now().date())
    keys = ("kind", "slug", "name", "detail", "url")
    suggestions = [{key: str(getattr(each, key)) for key in keys} for each in found]
    return JsonResponse({"suggestions": suggestions})


def _record(kind: str, record: City | Network) -> dict[str, str]:
    return {
        "kind": kind,
        "slug": record.slug,
        "name": named(record),
        "detail": record.acronym
        if isinstance(record, Network)
        else ", ".join(filter(None, (record.admin1_name, named(record.country)))),
        "url": record.get_absolute_url(),
        "written": written(record),
    }
