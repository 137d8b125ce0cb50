"""What somebody means by a name: sure only where no other record is called the same."""

import datetime

import pytest

from directory.search.meant import cities_meant, networks_meant, written
from tests.factories import make_city, make_label, make_network

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def bergen():
    make_city("bergen-op-zoom-nl", country="NL", name="Bergen op Zoom")
    return make_city("bergen-no", name="Bergen", admin1_name="Vestland")


def test_a_name_that_one_city_bears_is_sure(bergen):
    assert cities_meant("BERGEN", day=DAY).sure == bergen


def test_a_name_in_another_language_is_as_good(bergen):
    make_label(bergen, "is", "Björgvin")
    assert cities_meant("björgvin", day=DAY).sure == bergen


def test_of_namesakes_none_is_sure_until_the_country_is_said(bergen):
    other = make_city("bergen-de", country="DE", name="Bergen")
    meant = cities_meant("Bergen", day=DAY)
    assert meant.sure is None
    assert {*meant.records} >= {bergen, other}
    assert cities_meant("Bergen, Germany", day=DAY).sure == other
    assert cities_meant("Bergen, Vestland, Norway", day=DAY).sure == bergen


def test_a_beginning_or_a_mistyped_name_is_offered_never_taken(bergen):
    for text in ("berg", "Bergne"):
        meant = cities_meant(text, day=DAY)
        assert meant.sure is None
        assert bergen in meant.records


def test_a_network_is_found_by_name_alias_and_acronym():
    c40 = make_network("c40", name="C40 Cities", acronym="C40", aliases=["Large Cities Group"])
    for text in ("c40 cities", "C40", "large cities group", "c40"):
        assert networks_meant(text, day=DAY).sure == c40
    assert networks_meant("large cities", day=DAY).records == [c40]


def test_an_acronym_that_two_networks_have_is_not_sure():
    both = [make_network(slug, acronym="ICN") for slug in ("first", "second")]
    meant = networks_meant("ICN", day=DAY)
    assert (meant.sure, meant.records) == (None, both)


def test_the_text_that_names_a_record_means_it(bergen):
    network = make_network("eurocities", name="Eurocities")
    assert cities_meant(written(bergen), day=DAY).sure == bergen
    assert networks_meant(written(network), day=DAY).sure == network


@pytest.mark.parametrize("text", ["", ",", "[]", "\x00", "…, Norway", "%' OR 1=1", "a" * 5000])
def test_whatever_is_typed_is_answered(bergen, text):
    assert cities_meant(text, day=DAY).sure is None
    assert networks_meant(text, day=DAY).sure is None
