"""What a question finds among all that the directory and the gazetteer have."""

import pytest

from directory.reconciliation.asking import Question
from directory.reconciliation.kinds import CITY
from directory.reconciliation.reconciling import reconcile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]


def found(*questions):
    return [[one.entity.id for one in candidates] for candidates in reconcile(questions)]


def test_a_listed_city_is_found_behind_places_that_are_none_whatever_else_is_asked():
    asked = Question("Königsberg", (CITY,), limit=1)
    [alone] = found(asked)
    [beside, _other] = found(asked, Question("Bergen", (CITY,), limit=6))
    assert alone == beside == ["chojna-pl"]


def test_a_point_that_there_is_not_says_nothing():
    said = {"latitude": (150.0,), "longitude": (5.3,)}
    [candidates] = reconcile([Question("Bergen", (CITY,), properties=said)])
    [plain] = reconcile([Question("Bergen", (CITY,))])
    assert [one.score for one in candidates] == [one.score for one in plain]
