"""The page on which a city or a network keeps the facts about itself."""

import pytest

from directory.history import current_revision
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_funder, make_label, make_network

pytestmark = pytest.mark.django_db

CITY, NETWORK = "/account/cities/bergen-no/facts/", "/account/networks/north/facts/"


@pytest.fixture
def bergen(client):
    """A city for whose staff the client is signed in."""
    city = make_city("bergen-no", website="https://old.example/")
    client.force_login(make_staff(city))
    return city


@pytest.fixture
def north(client):
    """A network for whose secretariat the client is signed in."""
    network = make_network("north", joining="open", fee="none")
    client.force_login(make_staff(network))
    return network


def form_data(client, path):
    """What a browser sends of the form as it stands."""
    form = client.get(path).context["form"]
    data = {}
    for bound in form:
        for name, value in (
            (bound.html_name, bound.value()),
            (bound.html_initial_name, bound.value() if bound.field.show_hidden_initial else None),
        ):
            if value is not None:
                data[name] = bound.field.prepare_value(value)
    return data


def read(response):
    return " ".join(response.content.decode().split())


def test_a_city_keeps_its_website_and_names(client, bergen):
    make_label(bergen, "se", "Birgon")
    make_label(bergen, "fr", "Berguen")
    data = form_data(client, CITY)
    assert (data["website"], data["name_se"]) == ("https://old.example/", "Birgon")
    new = {"language_1": "Deutsch", "new_name_1": "Bergen (Norwegen)", "language_2": "nn"}
    data |= {"website": "https://bergen.example/", "name_fr": "", "new_name_2": "Bjørgvin"} | new
    response = client.post(CITY, data)
    assert response.url == "/account/cities/bergen-no/"
    bergen.refresh_from_db()
    assert bergen.website == "https://bergen.example/"
    names = dict(bergen.labels.values_list("language", "name"))
    assert names == {"se": "Birgon", "de": "Bergen (Norwegen)", "nn": "Bjørgvin"}


def test_a_network_keeps_how_to_join_members_and_funders(client, north):
    make_funder("rich", name="Rich Foundation")
    data = form_data(client, NETWORK)
    data |= {"joining": "application", "fee": "fee", "funders": "Rich Foundation"}
    data |= {
        "stated_members": "120",
        "stated_members_as_of": "2026",
        "stated_members_source": "https://north.example/members",
    }
    assert client.post(NETWORK, data).status_code == 302
    north.refresh_from_db()
    assert (north.joining, north.fee, north.stated_members) == ("application", "fee", 120)
    assert [funder.slug for funder in north.funders.all()] == ["rich"]


def test_a_stated_number_needs_its_source(client, north):
    data = form_data(client, NETWORK) | {"stated_members": "120"}
    response = client.post(NETWORK, data)
    assert response.context["form"].errors
    assert 'value="120"' in read(response)
    north.refresh_from_db()
    assert north.stated_members is None


def test_a_form_sent_unchanged_publishes_nothing(client, bergen):
    before = current_revision()
    response = client.post(CITY, form_data(client, CITY))
    assert "Nothing was changed." in read(client.get(response.url))
    assert current_revision() == before


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://b.example/" + "x" * 400}, "website"),
        ({"language_1": "fr"}, "new_name_1"),
        ({"new_name_1": "Berguen"}, "language_1"),
        ({"language_1": "fr", "new_name_1": "bell\u0007"}, "new_name_1"),
        ({"language_1": "fr", "new_name_1": "x" * 300}, "new_name_1"),
        ({"language_1": "Klingon!", "new_name_1": "Berguen"}, "new_name_1"),
        ({"website": "https://b.example/", "reason": "bell\u0007"}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, bergen, sent, field):
    response = client.post(CITY, form_data(client, CITY) | sent)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    bergen.refresh_from_db()
    assert bergen.website == "https://old.example/"
    assert not bergen.labels.exists()


def test_other_columns_cannot_be_sent_along(client, bergen):
    client.post(CITY, form_data(client, CITY) | {"name": "Capital", "population": "9"})
    bergen.refresh_from_db()
    assert (bergen.name, bergen.population) == ("Bergen", 100_000)


@pytest.mark.parametrize(
    ("typed", "tag"), [("français", "fr"), ("French", "fr"), ("zh-hant", "zh-Hant"), ("zu", "zu")]
)
def test_a_language_is_known_by_name_or_tag(client, bergen, typed, tag):
    client.post(CITY, form_data(client, CITY) | {"language_1": typed, "new_name_1": "Bergen 2"})
    assert bergen.labels.get().language == tag
