"""Places by one of their names, whatever its script, case and accents."""

from django.db.models import F, QuerySet

from directory.models import Place, PlaceName
from directory.models.text import fold, sort_key

# With fewer letters half the world begins so; three read some thousand names of the index.
SHORTEST_BEGINNING = 3
LAST_CHARACTER = "\U0010ffff"


def places_named(text: str, country: str | None = None) -> list[Place]:
    """Return the places that bear exactly this name, the most populous first.

    Case, accents and punctuation do not count. ``country`` is an ISO 3166-1 alpha-2 code in
    either case; None looks everywhere. An unknown name or country gives an empty list.
    """
    named = PlaceName.objects.filter(key=sort_key(text))
    return list(_most_populous(named, country))


def places_like(text: str, country: str | None = None, *, most: int) -> list[Place]:
    """Return at most that many places: of this name, then whose own name or another begins so.

    Each the most populous first. Fewer than three characters are no beginning, unless they are
    of a script that writes a word with one or two.
    """
    key = sort_key(text)
    choices = [PlaceName.objects.filter(key=key)]
    if fold(text) and (len(key) >= SHORTEST_BEGINNING or not key.isascii()):
        # As a range, which the index of names answers on both databases.
        begins = PlaceName.objects.filter(key__gte=key, key__lt=key + LAST_CHARACTER)
        choices += [begins.filter(name=F("place__name")), begins]
    found: list[Place] = []
    for names in choices:
        others = _most_populous(names, country).exclude(pk__in=[place.pk for place in found])
        found += others[: most - len(found)]
    return found


def _most_populous(names: QuerySet[PlaceName], country: str | None) -> QuerySet[Place]:
    places = Place.objects.filter(pk__in=names.values("place"))
    if country is not None:
        places = places.filter(country_code=country.upper())
    return places.order_by("-population", "geonameid")
