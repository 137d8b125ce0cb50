"""Places by one of their names, whatever its script, case and accents."""

from directory.models import Place, PlaceName
from directory.models.text import sort_key


def places_named(text: str, country: str | None = None) -> list[Place]:
    """Return the places that bear exactly this name, the most populous first.

    Case, accents and punctuation do not count. ``country`` is an ISO 3166-1 alpha-2 code in
    either case; None looks everywhere. An unknown name or country gives an empty list.
    """
    named = PlaceName.objects.filter(key=sort_key(text)).values("place")
    places = Place.objects.filter(pk__in=named)
    if country is not None:
        places = places.filter(country_code=country.upper())
    return list(places.order_by("-population", "geonameid"))
