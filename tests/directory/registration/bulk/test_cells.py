"""Columns and cells are understood in the spellings that people use."""

import pytest

from directory.models.tables import TABLES
from directory.registration.bulk import Refused
from directory.registration.bulk.cells import values_of
from directory.registration.bulk.columns import recognise


@pytest.mark.parametrize(
    "header",
    [
        ["City", "Country", "Member since"],
        ["VILLE", "Pays", "Membre depuis"],
        ["Stadt", "Land", "Mitglied seit"],
        ["Name of the city", "ISO_code", "year_joined"],
        ["Город", "Страна", "Joined"],
    ],
)
def test_columns_are_known_in_several_spellings(header):
    assert recognise(header, needed="city").places == {"city": 0, "country": 1, "joined": 2}


def test_the_memberships_table_of_the_data_package_is_known():
    columns = recognise(TABLES["memberships"].column_names, needed="network")
    assert columns.ignored == ["standing"]
    assert {"id", "network", "city", "role", "founder", "joined", "left", "ended"} == set(
        columns.places
    )


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(Refused, match="“City” and “Municipality” would mean the same"):
        recognise(["City", "Municipality"], needed="city")


def test_a_needed_column_that_is_missing_is_named():
    with pytest.raises(Refused, match=r"No column names the city.*“Oslo”"):
        recognise(["Oslo", "NO"], needed="city")


def test_other_columns_are_named_as_not_used():
    assert recognise(["city", "Mayor", ""], needed="city").ignored == ["Mayor"]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2019", "2019"),
        ("2019-5", "2019-05"),
        ("2019-05-03 00:00:00", "2019-05-03"),
        ("3.5.2019", "2019-05-03"),
        ("05.2019", "2019-05"),
        ("05/2019", "2019-05"),
        ("17/5/2019", "2019-05-17"),
        ("5/17/2019", "2019-05-17"),
        ("2019/05/03", "2019-05-03"),
    ],
)
def test_dates_are_read_where_they_can_be_read_in_one_way_alone(written, date):
    errors = {}
    assert values_of({"joined": written}, errors) == {"joined": date}
    assert errors == {}


@pytest.mark.parametrize("written", ["3/5/2019", "May 2019", "31.2.2019", "1492", "19"])
def test_dates_that_may_mean_two_days_or_none_are_errors(written):
    errors = {}
    assert values_of({"joined": written}, errors) == {}
    assert list(errors) == ["joined"]


def test_what_is_left_empty_is_not_said():
    cells = {"role": "", "joined": "n/a", "left": "present", "founder": " ", "ended": "-"}
    assert values_of(cells, errors := {}) == {}
    assert errors == {}


@pytest.mark.parametrize("written", ["Medlem", "Mitglied", "Jäsen", "Członek", "Člen", "Üye"])
def test_a_member_is_known_in_several_languages(written):
    assert values_of({"role": written}, {}) == {"role": "member"}


def test_roles_and_yes_are_known_in_several_languages():
    said = values_of({"role": "Full Member", "founder": "oui"}, errors := {})
    assert said == {"role": "member", "founder": True}
    assert errors == {}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@SUM(A1)", "-2", '=HYPERLINK("x")'])
def test_a_cell_that_begins_like_a_formula_is_an_error(cell):
    values_of({"role": cell}, errors := {})
    assert "formula" in errors["role"][0]


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "www.example.org", "<b>x</b>"])
def test_a_source_is_an_address(cell):
    values_of({"source": cell}, errors := {})
    assert list(errors) == ["source"]
