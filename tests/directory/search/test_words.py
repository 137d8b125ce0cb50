"""Text cut into words: what counts as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.words import phrase, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Women’s Safety", ["womens", "safety"]),
        ("LGBT+ / rights", ["lgbt", "rights"]),
        ("Łódź, São Paulo", ["lodz", "sao", "paulo"]),
        ("ÆRØ ß", ["aero", "ss"]),
        ("東京", ["東京"]),
        ("東京都", ["東京", "京都"]),
        ("C40 東京都", ["c40", "東京", "京都"]),
        ("서울특별시", ["서울", "울특", "특별", "별시"]),
        ("  \n ", []),
        ("!!! — …", []),
    ],
)
def test_words_are_folded_and_unspaced_scripts_are_cut_into_pairs(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cities", "city"),
        ("networks", "network"),
        ("women", "womens"),
        ("decarbonisation", "decarbonization"),
        ("programmes", "program"),
        ("churches", "church"),
        ("villes", "ville"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize("name", ["paris", "columbus", "bus", "gas", "c40s", "москвас", "business"])
def test_names_and_short_words_keep_their_last_letter(name):
    assert stem(name) == name


def test_a_phrase_ignores_case_accents_and_plurals():
    assert phrase("Sister Cities") == phrase("sister-city") == "=sister city"
    assert phrase("…") == ""


@given(st.text())
def test_any_text_yields_words_of_letters_and_digits_alone(text):
    for word in words(text):
        assert word
        assert not any(character.isspace() or character in "=\"'*():" for character in word)
        assert stem(stem(word)) == stem(word) or len(stem(word)) < len(word)
