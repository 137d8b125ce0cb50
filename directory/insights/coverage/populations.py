"""How many people live in the places of a region that the gazetteer counts as towns."""

import datetime
from collections.abc import Mapping

from django.db.models import Sum

from directory.models import Country, Place
from directory.search.per_revision import PerRevision

# The bundled gazetteer ends here; a fuller one is counted from here on, too.
SMALLEST_TOWN = 15_000


def _read_populations(_day: datetime.date) -> Mapping[int, int]:
    region_of = dict(Country.objects.public().values_list("pk", "region_id"))
    places = Place.objects.filter(population__gte=SMALLEST_TOWN).order_by()
    found: dict[int, int] = {}
    for country, population in places.values_list("country_code").annotate(Sum("population")):
        if country in region_of:
            region = region_of[country]
            found[region] = found.get(region, 0) + population
    return found


# By the finest region that countries have.
town_populations = PerRevision(_read_populations, of=("countries", "places"))
