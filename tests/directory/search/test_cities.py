"""Finding cities by any of their names."""

import datetime

import pytest
from django.http import QueryDict

from directory.history import change_set
from directory.models import City
from directory.models.choices import Origin
from directory.search.filters import CityFilter
from tests.factories import make_city

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]
DAY = datetime.date(2026, 11, 23)


def ask(query: str) -> CityFilter:
    filters = CityFilter(QueryDict(query), queryset=City.objects.public(), day=DAY)
    assert filters.is_valid(), filters.errors
    return filters


def first(text: str) -> str:
    return ask(f"q={text}").hits().page(1, 1)[0].slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Malmo", "malmo-se"),
        ("Vienna", "vienna-at"),
        ("Wien", "vienna-at"),
        ("Москва", "moscow-ru"),
        ("東京", "tokyo-jp"),
        ("Αθήνα", "athens-gr"),
        ("Barcelna", "barcelona-es"),
        ("Birmingham UK", "birmingham-gb"),
    ],
)
def test_a_city_is_found_by_any_name_in_any_script(text, slug):
    assert City.objects.filter(slug=slug).exists()
    assert first(text) == slug


def test_filters_narrow_and_orders_are_total():
    everything = City.objects.count()
    for sort in ("name", "-population", "-memberships"):
        hits = ask(f"sort={sort}").hits()
        assert hits.total == everything
        assert len({city.pk for city in hits.page(1, everything)}) == everything
    norwegian = ask("country=no").qs
    assert {city.country_id for city in norwegian} == {"NO"}
    assert ask("region=northern-europe").qs.count() > norwegian.count()
    assert ask("region=europe").qs.count() > ask("region=northern-europe").qs.count()
    assert ask("region=world").qs.count() == everything
    assert 0 < ask("network=eurocities").qs.count() < everything
    assert ask("focus_area=inclusion").qs.count() > ask("focus_area=lgbt-rights").qs.count() > 0


def test_a_city_that_ended_is_found_after_its_living_namesake():
    with change_set(origin=Origin.COMMAND, reason="Merged"):
        malmo = City.objects.get(slug="malmo-se")
        successor = make_city("malmo-new-se", country="SE", name="Malmö", population=400_000)
        malmo.ended, malmo.successor = 2020, successor
        malmo.save()
    hits = ask("q=Malmö").hits()
    assert [city.slug for city in hits.page(1, 2)] == ["malmo-new-se", "malmo-se"]
    assert [city.slug for city in ask("ended=true").qs] == ["malmo-se"]
    assert ask("ended=false").qs.count() == City.objects.count() - 1


def test_a_page_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    ask("q=san").hits().page(1, 5)
    with django_assert_max_num_queries(8):
        for city in ask("q=san&sort=relevance").hits().page(1, 50):
            assert city.country.region.name
            assert city.listed_networks >= 0
