"""Names within a slip of each other lie under one number."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.gazetteer.places import PlaceRecord
from directory.gazetteer.sharing import shared_names
from directory.gazetteer.spelling import (
    SHORTEST_SKELETON,
    halves,
    keyed_names,
    numbers_within_a_slip,
    skeleton,
)
from tests.directory.gazetteer.places import GHENT

# Letters that stand for one sound each, so that a slip in the name is one in its skeleton.
NAMES = st.text("bdfglmnprtv", min_size=6, max_size=20).filter(lambda name: skeleton(name) == name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sankt polten", "st poelten"),
        ("la spezia", "laspezia"),
        ("thessaloniki", "tesaloniki"),
        ("kharkiv", "harkiv"),
        ("reggio emilia", "regio emilia"),
    ],
)
def test_customs_of_spelling_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@given(name=NAMES, place=st.integers(0, 19), letter=st.sampled_from("bdfglmnprtv"))
def test_a_wrong_letter_is_found_by_one_of_both_halves(name, place, letter):
    place %= len(name)
    for slip in (
        name[:place] + letter + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + name[place + 1 :],
    ):
        assume(skeleton(slip) == slip)
        assert set(halves("BE", name)) & set(numbers_within_a_slip("BE", slip))


@given(NAMES)
def test_names_of_other_countries_lie_elsewhere(name):
    assert not set(halves("BE", name)) & set(numbers_within_a_slip("NL", name))


@given(st.text(string.printable + "äßøŁКαب京", max_size=30))
def test_a_skeleton_never_fails_and_short_ones_have_no_number(name):
    is_short = len(skeleton(name)) < SHORTEST_SKELETON
    assert (halves("BE", name) == (0, 0)) == is_short


def test_a_place_has_each_skeleton_once_the_own_name_first():
    named = [("Sankt Pölten", "sankt polten"), ("St Pölten", "st polten")]
    found = {key: left for _name, key, left, _right in keyed_names("AT", named)}
    assert found["sankt polten"] > 0
    assert found["st polten"] == 0


def test_names_of_places_left_out_are_shared_within_the_country():
    village = GHENT._replace(geonameid=1, name="Gand", population=300, other_names=())
    abroad = village._replace(geonameid=2, country_code="FR")
    other = village._replace(geonameid=3, name="Elsewhere")
    world: list[PlaceRecord] = [GHENT, village, abroad, other]
    assert shared_names([GHENT], world) == {("BE", "gand")}
