"""Written names find the city or place that is meant; safe is only what nobody would question."""

import csv
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.matching import NameQuery, UnknownCountries, match
from directory.models import City, Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_data")]

# Places of Europe by their own names that the bundled gazetteer leaves out.
ABSENT = Path(__file__).with_name("absent.csv")


def ask(name, country="", **more):
    return match([NameQuery(name, country, **more)])[0]


def top(result):
    return result.candidates[0].city if result.candidates else None


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [
        ("Gent", "BE", "ghent-be"),
        ("Gand", "be", "ghent-be"),
        ("GHENT", "Belgium", "ghent-be"),
        ("Москва", "RU", "moscow-ru"),
        ("القاهرة", "EG", "cairo-eg"),
        ("京都市", "JP", "kyoto-jp"),
        ("თბილისი", "GE", "tbilisi-ge"),
        ("Δήμος Θεσσαλονίκης", "GR", "thessaloniki-gr"),
        ("Athens", "EL", "athens-gr"),
        ("Comune di Milano", "IT", "milan-it"),
        ("Primăria Municipiului Iași", "RO", "iasi-ro"),
        ("Göteborgs stad", "SE", "gothenburg-se"),
        ("Hague, The", "NL", "the-hague-nl"),
        ("Biel/Bienne", "CH", "biel-ch"),
        ("Bozen - Bolzano", "IT", "bolzano-it"),
        ("San Sebastián-Donostia", "ES", "san-sebastian-es"),
        ("Frankfurt (Oder)", "DE", "frankfurt-de"),
        ("Freiburg i. Br.", "DE", "freiburg-im-breisgau-de"),
        ("Reus, Tarragona", "ES", "reus-es"),
        ("Portland, Oregon", "US", "portland-oregon-us"),
        ("Tbilisi", "", "tbilisi-ge"),
    ],
)
def test_a_name_that_leaves_no_doubt_is_safe(name, country, city):
    result = ask(name, country)
    assert (result.match, top(result)) == (True, city)


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [
        ("Amsterdm", "NL", "amsterdam-nl"),
        ("Barcelonna", "ES", "barcelona-es"),
        ("London", "", "london-gb"),
        ("Frankfurt", "DE", "frankfurt-am-main-de"),
        ("Provincia di Siena", "IT", "siena-it"),
        ("Communauté d'agglomération de Grenoble", "FR", "grenoble-fr"),
    ],
)
def test_a_slip_a_namesake_or_another_body_is_offered_but_not_safe(name, country, city):
    result = ask(name, country)
    assert (result.match, top(result)) == (False, city)


@pytest.mark.parametrize("name", ["", "   ", "?", "Zzyzx Qwrtz", "\0", "—", "a" * 300])
def test_what_is_no_name_means_nothing(name):
    assert ask(name, "DE") == match([NameQuery(name, "DE")])[0]
    assert not ask(name, "DE").match


def test_a_city_in_another_country_is_never_taken():
    assert ask("Paris", "NO").candidates == ()


def test_a_country_that_is_none_is_named():
    with pytest.raises(UnknownCountries) as refused:
        match([NameQuery("Paris", "FR"), NameQuery("Paris", "Freedonia")])
    assert refused.value.countries == {"Freedonia"}


def test_a_division_tells_namesakes_apart():
    assert top(ask("Portland", "US", admin1="OR")) == "portland-oregon-us"
    assert top(ask("London", "CA", admin1="Ontario")) == "london-ontario-ca"
    assert top(ask("London", "CA", admin1="08")) == "london-ontario-ca"


def test_a_point_tells_namesakes_apart():
    result = ask("London", latitude=42.98, longitude=-81.25)
    assert (result.match, top(result)) == (True, "london-ontario-ca")


def test_a_quarter_of_a_larger_city_is_never_safe_by_itself():
    quarter = ask("Altona", "DE")
    assert quarter.candidates[0].place.population > 200_000
    assert not quarter.match


def test_a_city_without_a_place_is_found_by_its_name():
    candidate = ask("Aa en Hunze", "NL").candidates[0]
    assert (candidate.city, candidate.place) == ("aa-en-hunze-nl", None)


def test_a_slip_in_the_name_of_a_city_without_a_place_is_seen_through():
    result = ask("Aa en Hunse", "NL")
    assert (result.match, top(result)) == (False, "aa-en-hunze-nl")


def test_answers_come_in_the_order_of_the_questions_also_for_the_same_twice():
    queries = [NameQuery("Gent", "BE"), NameQuery("Paris", "FR"), NameQuery("Gent", "BE")]
    first, second, third = match(queries)
    assert first == third
    assert top(second) == "paris-fr"


def test_scores_lie_between_none_and_all_the_best_first():
    for result in match([NameQuery(name, "DE") for name in ("Neustadt", "Halle", "Kolen")]):
        scores = [candidate.score for candidate in result.candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_candidates_are_at_most_as_many_as_wanted():
    assert len(match([NameQuery("Neustadt", "DE")], limit=2)[0].candidates) == 2


def test_many_names_take_no_more_queries_than_few():
    def queries(count):
        names = [NameQuery(city.name, city.country_id) for city in City.objects.all()[:count]]
        with CaptureQueriesContext(connection) as captured:
            match(names)
        return len(captured)

    queries(1)
    assert queries(100) <= queries(20) + 3


def test_many_misspelt_names_take_no_query_each():
    cities = City.objects.filter(place__isnull=False).exclude(name__contains=" ")[:200]
    names = [NameQuery(f"{city.name}q", city.country_id) for city in cities]
    match(names[:1])
    with CaptureQueriesContext(connection) as captured:
        match(names)
    assert len(captured) < 40


def test_names_of_the_starting_data_find_their_cities():
    written = Statement.objects.exclude(written_as="").filter(membership__city__place__isnull=False)
    rows = {
        *written.values_list("written_as", "membership__city__country", "membership__city__slug"),
        *City.objects.filter(place__isnull=False).values_list("name", "country", "slug"),
    }
    rows = sorted(rows)
    results = match([NameQuery(name, country) for name, country, _slug in rows])
    right = sum(top(result) == row[2] for row, result in zip(rows, results, strict=True))
    wrong = sum(
        result.match and top(result) != row[2] for row, result in zip(rows, results, strict=True)
    )
    assert right / len(rows) >= 0.985
    assert wrong / len(rows) <= 0.002
    assert sum(result.match for result in results) / len(rows) >= 0.9


def test_a_place_that_the_gazetteer_leaves_out_is_taken_for_no_other():
    with ABSENT.open(encoding="utf-8", newline="") as file:
        rows = [NameQuery(row["name"], row["country"]) for row in csv.DictReader(file)]
    wrong = [query for query, result in zip(rows, match(rows), strict=True) if result.match]
    assert len(wrong) / len(rows) <= 0.005, wrong


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Bradford, Devon", "GB", ""),
        ("Bradford", "GB", "Devon"),
        ("Oberhausen", "DE", "Bayern"),
        ("Perth", "GB", "England"),
        ("Reggio", "IT", ""),
    ],
)
def test_nothing_is_safe_against_what_is_said_beside_it(name, country, admin1):
    assert not ask(name, country, admin1=admin1).match


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("Torino (TO)", "turin-it"),
        ("Bologna, Emilia", "bologna-it"),
        ("Bozen (Bolzano)", "bolzano-it"),
    ],
)
def test_what_fits_beside_a_name_leaves_it_safe(name, city):
    result = ask(name, "IT")
    assert (top(result), result.match) == (city, True)


def test_a_town_of_a_territory_is_found_under_the_code_of_its_state():
    assert top(ask("Hong Kong", "CN")) == "hong-kong-hk"
