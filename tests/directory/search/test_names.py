"""Records are called, and found, as the reader's language has it."""

import datetime

import pytest
from django.utils.translation import override

from directory.history import change_set
from directory.models import City, Country, FocusArea, Label, Region
from directory.models.choices import Origin
from directory.search.meant import cities_meant, written
from directory.search.names import also_called, called, named, other_words
from tests.factories import make_city, make_country, make_focus_area, make_label

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def london():
    city = make_city("london-gb", country="GB", name="London")
    make_label(city, "fr", "Londres")
    make_label(city, "es", "Londres")
    make_label(city, "ar", "لندن")
    return city


@pytest.mark.parametrize(
    ("language", "name", "country"),
    [
        ("en", "London", "United Kingdom"),
        ("fr", "Londres", "Royaume-Uni"),
        ("ar", "لندن", "المملكة المتحدة"),
        ("de", "London", "Vereinigtes Königreich"),
    ],
)
def test_a_city_has_the_name_of_its_label_else_its_own(london, language, name, country):
    with override(language):
        assert named(london) == called(City, london.pk, "London") == name
        assert called(Country, "GB", "United Kingdom") == country
        assert written(london) == f"{name}, {country} [london-gb]"
        assert cities_meant(written(london), day=DAY).sure == london
        assert cities_meant(f"{name}, {country}", day=DAY).sure == london


def test_the_other_names_stand_each_once_and_without_the_one_that_is_shown(london):
    labels = london.labels.order_by("language")
    assert also_called(london, labels) == [("ar", "لندن"), ("es", "Londres")]
    with override("fr"):
        assert also_called(london, labels) == [("", "London"), ("ar", "لندن")]


def test_a_focus_area_has_the_synonyms_of_the_language():
    area = make_focus_area("gender-equality", synonyms=["women's rights"])
    make_label(area, "fr", "Égalité de genre", synonyms=["droits des femmes", "parité"])
    assert other_words(area) == ["women's rights"]
    with override("fr"):
        assert other_words(area) == ["droits des femmes", "parité"]
    with override("de"):
        assert other_words(area) == []


def test_a_changed_label_is_read_at_once(london):
    with override("ar"):
        assert named(london) == "لندن"
        with change_set(origin=Origin.COMMAND, reason="A test edits"):
            label = Label.objects.get(language="ar")
            label.name = "مدينة لندن"
            label.save()
        assert named(london) == "مدينة لندن"


def test_a_name_costs_no_query_in_the_sites_own_language(london, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert named(london) == "London"


def test_countries_and_regions_are_called_as_in_cldr():
    country = make_country("DE")
    region = Region.objects.get(pk=country.region_id)
    with override("fr"):
        assert named(country) == "Allemagne"
        assert named(region) == "Europe de l’Ouest"


def test_nothing_is_called_otherwise_without_a_label():
    with override("fr"):
        assert named(make_city("oslo-no", name="Oslo")) == "Oslo"
        assert named(FocusArea(pk=0, name="Noise")) == "Noise"
