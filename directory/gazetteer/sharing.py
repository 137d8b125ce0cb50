"""Names that a small gazetteer gives to one place and the whole world to several."""

from collections.abc import Iterable

from directory.gazetteer.places import PlaceRecord, SharedNames
from directory.models.text import sort_key


def shared_names(places: Iterable[PlaceRecord], world: Iterable[PlaceRecord]) -> SharedNames:
    """Return the names of ``places`` that others of the same country are called by in the world.

    As country and key. Without them a gazetteer of large places would take a village for the town
    of its name.
    """
    ours: set[tuple[str, str]] = set()
    included: set[int] = set()
    for place in places:
        included.add(place.geonameid)
        ours |= {(place.country_code, sort_key(name)) for name in (place.name, *place.other_names)}
    return {
        name
        for place in world
        if place.geonameid not in included
        and (name := (place.country_code, sort_key(place.name))) in ours
    }
