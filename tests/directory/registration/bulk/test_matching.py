"""Names find the city or network that is meant; where two may be, none is guessed."""

import csv
from pathlib import Path

import pytest

from directory.matching import NameQuery
from directory.matching.countries import Countries
from directory.registration.bulk.matching_cities import CityFinder
from directory.registration.bulk.matching_networks import NetworkFinder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

PATH = Path(__file__).with_name("labelled.csv")
with PATH.open(encoding="utf-8", newline="") as file:
    LABELLED = list(csv.DictReader(file))


@pytest.fixture
def finder():
    return CityFinder([])


@pytest.mark.parametrize("row", LABELLED, ids=lambda row: "/".join(list(row.values())[:3]))
def test_a_written_name_finds_its_city_or_a_choice(finder, row):
    country = Countries().code_of(row["country"]) if row["country"] else ""
    assert country is not None
    found = finder.find(NameQuery(row["city"], country, row["division"]))
    answer = found.record or ("?" if found.is_close else "-")
    assert answer == row["expected"]
    assert 0 <= found.score <= 1


def test_what_is_written_plainly_scores_highest(finder):
    scores = [
        finder.find(NameQuery(*asked)).score
        for asked in (("Ghent", "BE"), ("Gent", "BE"), ("Gent", ""), ("Stad Gent", ""))
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1


def test_a_typing_error_offers_what_was_meant_first(finder):
    assert finder.find(NameQuery("Barcelonna", "ES")).candidates[0][0] == "barcelona-es"


def test_another_place_of_the_name_that_is_not_listed_is_told(finder):
    assert "not in the directory yet" in finder.find(NameQuery("Bergen")).remark


def test_a_city_in_another_country_is_offered_but_never_taken(finder):
    found = finder.find(NameQuery("Paris", "NO"))
    assert (found.record, found.candidates[0][0]) == ("", "paris-fr")


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("C40", "c40-cities"),
        ("eurocities", "eurocities"),
        ("EUROCITIES network", ""),
        ("ICLEI – Local Governments for Sustainability", "iclei"),
        ("United Cities and Local Governments (UCLG)", "uclg"),
        ("The Climate Alliance", "climate-alliance"),
        ("No such thing at all", ""),
    ],
)
def test_networks_are_found_by_name_acronym_and_other_names(written, slug):
    assert NetworkFinder().find(written).record == slug


def test_a_network_with_a_typing_error_is_offered():
    found = NetworkFinder().find("Global Parliament of Mayor")
    assert found.is_close
    assert found.candidates[0][0] == "global-parliament-of-mayors"
