"""What a written name may stand for, before anyone looks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.matching.written import MOST_READINGS, readings


def keys(written):
    return [reading.key for reading in readings(written)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("City of Portland", "portland"),
        ("Comune di Milano", "milano"),
        ("Ayuntamiento de la Coruña", "coruna"),
        ("Câmara Municipal do Porto", "porto"),
        ("Mairie d'Évry", "evry"),
        ("Landeshauptstadt Stuttgart", "stuttgart"),
        ("Göteborgs stad", "goteborg"),
        ("Espoon kaupunki", "espoo"),
        ("Община Пловдив", "пловдив"),
        ("Δήμος Θεσσαλονίκης", "θεσσαλονικη"),
        ("Δήμος Αθηναίων", "αθηνα"),
        ("京都市", "京都"),
        ("Budapest Főváros Önkormányzata", "budapest"),
    ],
)
def test_words_for_the_body_may_be_left_out(written, meant):
    assert meant in keys(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hague, The", "the hague"),
        ("Spezia (La)", "la spezia"),
        ("Coruña, A", "a coruna"),
        ("Aquila, L'", "laquila"),
        ("St. Pölten", "sankt polten"),
        ("S. Giovanni in Persiceto", "san giovanni in persiceto"),
        ("Münster", "muenster"),
        ("Goeteborg", "goteborg"),
        ("Reus, Tarragona", "reus"),
    ],
)
def test_articles_abbreviations_and_umlauts_may_stand_otherwise(written, meant):
    assert meant in keys(written)


@pytest.mark.parametrize("written", ["Biel/Bienne", "Bozen - Bolzano", "Donostia-San Sebastián"])
def test_both_names_of_a_twin_are_read_and_told_apart(written):
    assert {1, 2} <= {reading.side for reading in readings(written)}


def test_what_stands_beside_a_name_is_kept_for_telling_places_apart():
    reading = next(each for each in readings("Reus, Tarragona") if each.key == "reus")
    assert reading.beside == ("Tarragona",)


@pytest.mark.parametrize(
    "written",
    ["Provincia di Siena", "Communauté de communes de Reims", "Kreis Unna", "Cork County"],
)
def test_bodies_that_are_no_towns_are_known_as_such(written):
    assert not any(each.is_town for each in readings(written))


def test_the_name_as_it_stands_comes_first_and_is_beyond_doubt():
    first = readings("City of London")[0]
    assert (first.key, first.doubt) == ("city of london", 0)


@given(st.text(max_size=400))
def test_any_text_has_few_readings_each_once(written):
    found = keys(written)
    assert len(found) == len(set(found)) <= MOST_READINGS + 1
    assert all(found)
