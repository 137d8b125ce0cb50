"""How well the matcher does on the labelled list; the floors are what it has been measured at.

A change that lowers one is a step back; one that raises one moves the floor up with it.
"""

import pytest

from directory.matching import NameQuery, match
from directory.models import Place
from tests.directory.matching.labelled import labels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data"), pytest.mark.slow]

LABELS = labels()
RIGHT_AT_THE_TOP = 0.99
SAFE_AND_RIGHT = 0.94
WRONG_BUT_SAFE = 0.001


@pytest.fixture(scope="module")
def judged(starting_data, django_db_blocker):
    """Each label with whether a place or city is meant, found first, and taken to be safe."""
    with django_db_blocker.unblock():
        results = match([NameQuery(*label[:5]) for label in LABELS], limit=1)
        known = set(Place.objects.values_list("geonameid", flat=True))
    return [
        (label, *_judged(label, result, known))
        for label, result in zip(LABELS, results, strict=True)
    ]


def _judged(label, result, known):
    meant = label.city or (label.geonameid if label.geonameid in known else None)
    first = next(iter(result.candidates), None)
    if first is None or meant is None:
        return meant is not None, False, result.match
    found = first.city if label.city else first.place and first.place.geonameid
    return True, found == meant, result.match


def test_what_is_meant_stands_first(judged):
    right = [is_right for _label, is_meant, is_right, _safe in judged if is_meant]
    assert sum(right) / len(right) >= RIGHT_AT_THE_TOP


def test_most_of_it_is_safe_to_take(judged):
    safe = [is_right and safe for _label, is_meant, is_right, safe in judged if is_meant]
    assert sum(safe) / len(safe) >= SAFE_AND_RIGHT


def test_next_to_nothing_else_is_taken(judged):
    wrong = [label for label, _meant, right, safe in judged if safe and not right]
    assert len(wrong) / len(LABELS) <= WRONG_BUT_SAFE, list(map(str, wrong))
