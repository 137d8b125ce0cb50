import pytest

from tests.factories import make_city, make_focus_area, make_network

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


def test_suggestions_lead_to_records_of_each_kind(get):
    make_focus_area("walking")
    make_network("walking-cities")
    make_city("walkington-gb", country="GB", name="Walkington")
    answer = get("suggest/", q="walk")
    assert {found["url"] for found in answer["results"]} == {
        f"{SITE}/api/v1/focus-areas/walking/",
        f"{SITE}/api/v1/networks/walking-cities/",
        f"{SITE}/api/v1/cities/walkington-gb/",
    }
    assert answer["count"] == 3


def test_nothing_typed_suggests_nothing(get):
    make_network()
    assert get("suggest/") == {"count": 0, "results": []}


def test_no_more_come_than_asked_for(get):
    for number in range(4):
        make_network(f"walking-{number}")
    assert get("suggest/", q="walking", limit=2)["count"] == 2


@pytest.mark.parametrize("asked", [{"q": "a" * 201}, {"q": "a\0b"}, {"limit": "0"}, {"limit": 99}])
def test_wrong_values_are_refused(refused, asked):
    assert set(refused("suggest/", **asked)) == set(asked)
