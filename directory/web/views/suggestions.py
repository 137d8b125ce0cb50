"""Suggestions while one types in a search box."""

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from directory.search.suggestions import suggest as find_suggestions
from directory.web.listing import cities_called

LONGEST = 200
CITIES = 8


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return what may be meant by ``q`` so far, as JSON; with ``kind=city`` cities alone."""
    words = request.GET.get("q", "")[:LONGEST]
    if request.GET.get("kind") == "city":
        return JsonResponse({"suggestions": _cities(words)})
    found = find_suggestions(words, day=now().date())
    keys = ("kind", "slug", "name", "detail", "url")
    suggestions = [{key: str(getattr(each, key)) for key in keys} for each in found]
    return JsonResponse({"suggestions": suggestions})


def _cities(words: str) -> list[dict[str, str]]:
    hits = cities_called(words)
    return [
        {
            "kind": "city",
            "slug": city.slug,
            "name": city.name,
            "detail": ", ".join(filter(None, (city.admin1_name, city.country.name))),
            "url": city.get_absolute_url(),
        }
        for city in (hits.page(1, CITIES) if hits else [])
    ]
