import pytest

from directory.gazetteer.places import plain_name, usable_names


def test_other_names_are_sorted_and_each_stands_once():
    assert usable_names("Gent", ["Ghent", "Gand", "Ghent"]) == ("Gand", "Ghent")


@pytest.mark.parametrize(
    "no_name",
    ["Gent", "", "  ", "9000", "https://en.wikipedia.org/wiki/Ghent", "www.gent.be", "a" * 201],
)
def test_what_is_no_other_name_is_left_out(no_name):
    assert usable_names("Gent", [no_name, "Gand"]) == ("Gand",)


def test_names_with_a_number_in_them_stay():
    assert usable_names("Lyon", ["Lyon 03"]) == ("Lyon 03",)


def test_stray_blanks_and_invisible_characters_are_mended():
    assert plain_name(" New\u3000 York\u200e\t") == "New York"


def test_joiners_that_some_scripts_need_stay():
    assert plain_name("برن\u200cللو") == "برن\u200cللو"
