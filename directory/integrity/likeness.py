"""Which cities are alike: what is stored follows from the memberships."""

from collections.abc import Iterator

from directory.insights.likeness import Together, stored_by_city, unchanging_days
from directory.integrity.finding import Finding, in_batches
from directory.models import City, LikenessDays

MEND = "run manage.py renew_likeness"


def likest_cities() -> Iterator[Finding]:
    """The stored cities most like each are those that working them out anew would give."""
    stored_for = LikenessDays.objects.first()
    if stored_for is None:
        return
    first, last = stored_for.first_day, stored_for.last_day
    if unchanging_days(first) != (first, last):
        what = f"memberships begin or end between {first} and {last}; {MEND}"
        yield Finding("cities", "likest cities", what)
        return
    together = Together(first)
    for batch in in_batches(City.objects.order_by("pk")):
        stored = stored_by_city([city.pk for city in batch])
        for city in batch:
            if stored[city.pk] != together.likest(city.pk):
                what = f"likest cities: others are stored than follow from memberships; {MEND}"
                yield Finding("cities", city.slug, what)
