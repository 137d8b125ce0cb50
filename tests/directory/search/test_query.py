"""What a person types becomes exact terms."""

from hypothesis import given
from hypothesis import strategies as st

from directory.search.query import MOST_WORDS, names_within
from directory.search.words import words


def test_a_name_in_a_spaced_script_takes_the_words_it_is_made_of():
    assert names_within("green city") == {"=green city": (0, 2), "=green": (0, 1), "=city": (1, 2)}


def test_a_name_in_an_unspaced_script_takes_all_pairs_it_is_cut_into():
    assert words("名古屋") == ["名古", "古屋"]
    found = names_within("名古屋 mayor")
    assert found["=名古屋"] == (0, 2)
    assert found["=名古屋 mayor"] == (0, 3)
    assert found["=mayor"] == (2, 3)


@given(st.text(max_size=60))
def test_every_name_lies_within_the_words_that_are_asked_for(text):
    asked = len(words(text)[:MOST_WORDS])
    assert all(end <= asked for _start, end in names_within(text).values())
