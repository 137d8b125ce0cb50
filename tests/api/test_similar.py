"""Cities like a city: by memberships, the likest first, by a measure that is named."""

import pytest

from tests.factories import make_city, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cities():
    """Bergen shares its two networks with Oslo, who is in two more, and with Turku."""
    networks = [make_network(f"network-{letter}") for letter in "abcd"]
    for city, count in ((make_city("bergen-no"), 2), (make_city("oslo-no"), 4)):
        for network in networks[:count]:
            make_membership(network, city)
    turku = make_city("turku-fi", country="FI")
    for network in networks[:2]:
        make_membership(network, turku)


def found(answer):
    return [
        (each["city"]["slug"], round(each["score"], 4), each["shared_networks"])
        for each in answer["results"]
    ]


def test_the_likest_come_first_by_jaccard(get, today):
    answer = get("cities/bergen-no/similar/")
    assert found(answer) == [("turku-fi", 1.0, 2), ("oslo-no", 0.5, 2)]
    assert (answer["measure"], answer["day"], answer["count"]) == ("jaccard", str(today), 2)
    assert answer["definition"]


def test_other_measures_weigh_sizes_differently(get):
    by_overlap = get("cities/bergen-no/similar/", measure="overlap")
    assert found(by_overlap) == [("oslo-no", 1.0, 2), ("turku-fi", 1.0, 2)]
    by_cosine = get("cities/bergen-no/similar/", measure="cosine")
    assert found(by_cosine) == [("turku-fi", 1.0, 2), ("oslo-no", 0.7071, 2)]


def test_no_more_come_than_asked_for(get):
    assert get("cities/bergen-no/similar/", limit=1)["count"] == 1


def test_a_city_in_one_network_is_like_no_other(get):
    make_membership("network-a", make_city("lima-pe", country="PE"))
    assert get("cities/lima-pe/similar/")["results"] == []


def test_a_former_id_leads_to_the_present_one(caller):
    make_redirect("city", "bjorgvin-no", "bergen-no")
    response = caller.get("/api/v1/cities/bjorgvin-no/similar?limit=1")
    assert response.status_code == 301
    assert response["Location"].endswith("/api/v1/cities/bergen-no/similar/?limit=1")


def test_a_city_that_is_not_there_is_not_found(caller):
    assert caller.get("/api/v1/cities/atlantis-gr/similar/").status_code == 404


@pytest.mark.parametrize(
    "asked", [{"measure": "euclid"}, {"limit": 0}, {"limit": 26}, {"mesure": 1}]
)
def test_wrong_values_are_refused(refused, asked):
    assert set(refused("cities/bergen-no/similar/", **asked)) == set(asked)
