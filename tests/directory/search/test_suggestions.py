"""Suggestions as one types."""

import datetime

import pytest

from directory.search.suggestions import suggest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]
DAY = datetime.date(2026, 11, 23)


def kinds(text: str, **options) -> list[tuple[str, str]]:
    return [(found.kind, found.slug) for found in suggest(text, day=DAY, **options)]


def test_an_issue_is_suggested_first_then_networks_on_it():
    found = kinds("wheelch")
    assert found[0] == ("focus-area", "disability-access")
    assert {kind for kind, _slug in found[1:]} == {"network"}


def test_an_acronym_suggests_its_network():
    assert kinds("eurocit")[0] == ("network", "eurocities")


def test_a_city_is_suggested_itself_not_the_networks_it_is_in():
    assert kinds("berge")[0] == ("city", "bergen-no")
    assert kinds("Моск")[0] == ("city", "moscow-ru")


def test_suggestions_are_few_and_cost_a_fixed_number_of_queries(django_assert_max_num_queries):
    kinds("san")
    with django_assert_max_num_queries(11):
        assert len(kinds("san", limit=1000)) <= 20


@pytest.mark.parametrize("text", ["", "   ", "…", '"', "%", "\u202e"])
def test_nothing_typed_suggests_nothing(text):
    assert kinds(text) == []
