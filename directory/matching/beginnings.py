"""How many large places of a country begin with the same words: "Reggio" alone names none."""

import datetime
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

from directory.matching.distances import SMALLEST_WITH_QUARTERS
from directory.models import Place
from directory.models.text import fold
from directory.search.per_revision import PerRevision

Beginnings = Mapping[tuple[str, str], int]
"""How many large places, by country and the first words of their own names."""


def _read_beginnings(_day: datetime.date) -> Beginnings:
    large = Place.objects.filter(population__gte=SMALLEST_WITH_QUARTERS)
    return Counter(
        (country, beginning)
        for country, name in large.values_list("country_code", "name")
        for beginning in _beginnings(fold(name))
    )


large_beginnings = PerRevision(_read_beginnings, of=("places",))


def _beginnings(key: str) -> list[str]:
    return list(accumulate(key.split(" "), "{} {}".format))
