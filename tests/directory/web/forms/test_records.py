"""The field that finds a city or a network: nobody is guessed, and no script is needed."""

import pytest
from django import forms

from directory.search.meant import written
from directory.web.forms.records import RecordField
from tests.factories import make_city, make_network

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    city = RecordField("cities")
    network = RecordField("networks", required=False)


@pytest.fixture
def bergens():
    return make_city("bergen-no", name="Bergen"), make_city(
        "bergen-de", country="DE", name="Bergen"
    )


def test_one_that_is_called_so_is_taken():
    city, network = make_city("oslo-no"), make_network("eurocities")
    form = Form({"city": "oslo", "network": "Eurocities"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"city": city, "network": network}


def test_several_are_offered_with_their_countries_and_one_is_chosen(bergens):
    form = Form({"city": "Bergen"})
    assert form.errors["city"] == ["Choose the one that you mean."]
    html = str(form["city"])
    assert 'value="bergen-no"' in html
    assert "Germany" in html
    chosen = {"city": "Bergen", "city_offered": "Bergen", "city_chosen": "bergen-de"}
    form = Form(chosen)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == bergens[1]


def test_a_choice_is_forgotten_once_something_else_is_typed(bergens):
    oslo = make_city("oslo-no")
    form = Form({"city": "Oslo", "city_offered": "Bergen", "city_chosen": "bergen-de"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == oslo


def test_a_choice_that_was_not_offered_is_nothing(bergens):
    assert "city" in Form({"city": "x", "city_offered": "x", "city_chosen": "no-such"}).errors


def test_what_no_record_is_called_is_said_and_kept():
    form = Form({"city": "<b>Atlantis"})
    assert form.errors["city"] == ["No city here is called “<b>Atlantis”. Try another spelling."]
    assert 'value="&lt;b&gt;Atlantis"' in str(form["city"])


def test_an_optional_field_may_stay_empty(bergens):
    form = Form({"city": written(bergens[0]), "network": " "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["network"] is None


def test_a_record_as_initial_value_is_shown_by_its_name(bergens):
    assert "Bergen, Norway [bergen-no]" in str(Form(initial={"city": bergens[0]})["city"])


def test_suggestions_name_the_record_and_no_other(client, bergens):
    found = client.get("/search/suggest/?q=bergen&kind=city").json()["suggestions"]
    assert "Bergen, Germany [bergen-de]" in [each["written"] for each in found]
    make_network("eurocities")
    found = client.get("/search/suggest/?q=euroc&kind=network").json()["suggestions"]
    assert [each["written"] for each in found] == ["Eurocities [eurocities]"]
