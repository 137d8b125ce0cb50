import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cursors import Cursor, NotACursor, decode, encode

NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80)


@given(number=NUMBERS, text=TEXTS, backwards=st.booleans())
def test_a_cursor_comes_back_as_it_was(number, text, backwards):
    cursor = Cursor((number, text), backwards)
    assert decode(encode(cursor, "city"), "city", (int, str)) == cursor


@given(TEXTS)
def test_a_cursor_may_stand_in_an_address_as_it_is(text):
    assert set(encode(Cursor((text,)), "city")) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


@given(st.text(max_size=200))
def test_garbage_is_refused(text):
    with pytest.raises(NotACursor):
        decode(text, "city", (str,))


@given(st.binary(max_size=60))
def test_garbage_in_the_right_letters_is_refused(raw):
    with pytest.raises(NotACursor):
        decode(base64.urlsafe_b64encode(raw).decode(), "city", (str,))


def test_a_cut_or_edited_cursor_is_refused():
    whole = encode(Cursor(("newtown",)), "city")
    for wrong in (whole[:-2], whole[:-4] + "AAAA", "B" + whole[1:]):
        with pytest.raises(NotACursor):
            decode(wrong, "city", (str,))


def test_a_cursor_of_another_order_or_kind_is_refused():
    cursor = encode(Cursor((5,)), "membership")
    for order, kinds in (("statement", (int,)), ("membership", (str,)), ("membership", (int, int))):
        with pytest.raises(NotACursor):
            decode(cursor, order, kinds)


@pytest.mark.parametrize("key", [("a\0b",), (2**63,)])
def test_what_no_database_could_compare_is_refused(key):
    with pytest.raises(NotACursor):
        decode(encode(Cursor(key), "city"), "city", (type(key[0]),))
