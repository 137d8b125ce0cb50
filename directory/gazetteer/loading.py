"""Makes the places of the database those of a gazetteer, at once or not at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.db import transaction

from directory.gazetteer import spelling
from directory.gazetteer.places import Divisions, PlaceRecord, SharedNames
from directory.history import change_set
from directory.models import City, Place, PlaceName
from directory.models.choices import Origin
from directory.models.inserting import insert_rows, refresh_statistics
from directory.models.locking import lock_against_writers
from directory.models.text import sort_key

# Places compared and written at once: some 25,000 names, a few megabytes.
BATCH = 5000
PLACE_FIELDS = (
    "geonameid",
    "name",
    "country_code",
    "admin1_code",
    "latitude",
    "longitude",
    "population",
    "timezone",
    "admin1_name",
)
NAME_FIELDS = ("place", "name", "key", "left_half", "right_half", "is_shared")

Item = TypeVar("Item")
# A row of Place in the order of PLACE_FIELDS, and rows of PlaceName without the place.
PlaceRow = tuple[object, ...]
Names = set[tuple[object, ...]]


@dataclass
class Outcome:
    """What a load did, in places; ``names`` counts all names of the gazetteer, own ones too."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    names: int = 0
    touched: set[int] = field(default_factory=set)

    @property
    def places(self) -> int:
        """How many places the database holds now."""
        return self.added + self.changed + self.unchanged

    @property
    def is_news(self) -> bool:
        """Whether anything differs from before."""
        return bool(self.added or self.changed or self.removed)


def is_loaded() -> bool:
    """Return whether there are places, with what finds their misspelt names (since version 1.0)."""
    return PlaceName.objects.filter(left_half__gt=0).exists()


def load_places(
    places: Iterable[PlaceRecord],
    *,
    divisions: Divisions,
    reason: str,
    shared: SharedNames = frozenset(),
    progress: Callable[[int], None] = lambda count: None,
) -> Outcome:
    """Make the places of the database those given, in any order, and tell the followers.

    One transaction: readers see the old places until it ends, and for good if it fails or if
    ``places`` raises half way. Places that are the same already are not written; if all are,
    the revision stays. ``shared`` are names that places left out bear as well. ``progress`` is told
    how many places were seen so far.
    """
    outcome = Outcome()
    with transaction.atomic():
        lock_against_writers(Place)
        seen: set[int] = set()
        for batch in _batches(places):
            _merge(batch, divisions, shared, outcome)
            seen.update(place.geonameid for place in batch)
            progress(len(seen))
        _remove_all_but(seen, outcome)
        if outcome.is_news:
            refresh_statistics(Place, PlaceName)
            _tell(outcome, reason)
    return outcome


def _merge(
    batch: list[PlaceRecord], divisions: Divisions, shared: SharedNames, outcome: Outcome
) -> None:
    """Write the places of the batch that are new or differ."""
    ids = [place.geonameid for place in batch]
    old_places, old_names = _stored(ids)
    rows: list[PlaceRow] = []
    names: list[tuple[object, ...]] = []
    replaced: list[int] = []
    for place in batch:
        row = _row(place, divisions)
        keyed = _keyed(place, shared)
        outcome.names += len(keyed)
        old = old_places.get(place.geonameid)
        if old == row and old_names.get(place.geonameid) == keyed:
            outcome.unchanged += 1
            continue
        if old is not None:
            replaced.append(place.geonameid)
        rows.append(row)
        names.extend((place.geonameid, *name) for name in sorted(keyed))
    if rows:
        _delete(replaced)
        insert_rows(Place, PLACE_FIELDS, rows)
        insert_rows(PlaceName, NAME_FIELDS, names)
    outcome.changed += len(replaced)
    outcome.added += len(rows) - len(replaced)
    outcome.touched.update(row[0] for row in rows)


def _stored(ids: list[int]) -> tuple[dict[int, PlaceRow], dict[int, Names]]:
    """Return what the database has of these places: their rows and their names."""
    rows = {row[0]: row for row in Place.objects.filter(pk__in=ids).values_list(*PLACE_FIELDS)}
    names: dict[int, Names] = {}
    if rows:
        stored = PlaceName.objects.filter(place__in=ids).values_list(*NAME_FIELDS)
        for geonameid, *name in stored.iterator():
            names.setdefault(geonameid, set()).add(tuple(name))
    return rows, names


def _row(place: PlaceRecord, divisions: Divisions) -> PlaceRow:
    return (*place[:-1], divisions.get((place.country_code, place.admin1_code), ""))


def _keyed(place: PlaceRecord, shared: SharedNames) -> Names:
    """Return all names of a place with what they are found by."""
    country = place.country_code
    named = [(name, sort_key(name)) for name in (place.name, *sorted(place.other_names))]
    return {(*name, (country, name[1]) in shared) for name in spelling.keyed_names(country, named)}


def _remove_all_but(seen: set[int], outcome: Outcome) -> None:
    stored = set(Place.objects.values_list("pk", flat=True).iterator())
    gone = sorted(stored - seen)
    _delete(gone)
    outcome.removed = len(gone)
    outcome.touched.update(gone)


def _delete(ids: list[int]) -> None:
    """Delete places with their names; cities keep their geonameid, for a fuller gazetteer."""
    for batch in _batches(ids):
        PlaceName.objects.filter(place__in=batch).delete()
        Place.objects.filter(pk__in=batch)._raw_delete(using=Place.objects.db)


def _tell(outcome: Outcome, reason: str) -> None:
    """Move the revision and name the cities whose places have other names now.

    Their rows stay as they are, so nothing is logged of them, but the followers of the change
    set (the search index) are told.
    """
    linked = City.objects.filter(place__isnull=False).values_list("place_id", "slug")
    with change_set(origin=Origin.GAZETTEER, reason=reason, moves_revision=True) as changes:
        changes.touch("cities", [slug for place, slug in linked if place in outcome.touched])


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    walk = iter(items)
    while batch := list(islice(walk, BATCH)):
        yield batch
