"""POST …/confirm/, …/dispute/ and …/withdraw/: what a side of a membership says of it."""

import pytest

from directory.models import Membership, ReviewItem
from directory.registration import memberships
from tests.api.writing.programs import errors, problem

pytestmark = pytest.mark.django_db

BODIES = {"confirm": {}, "dispute": {"reason": "Never"}, "withdraw": {"reason": "A mistake"}}


@pytest.fixture
def path(membership):
    return f"memberships/{membership.public_id}/"


def test_a_city_confirms(city, path):
    response = city.post(f"{path}confirm/")
    assert response.status_code == 200, response.content
    assert response.json()["standing"] == "confirmed"
    again = city.post(f"{path}confirm", {})
    assert again.json()["statements"] == response.json()["statements"]


def test_a_network_disputes_with_a_reason_and_a_source(network, city, path):
    city.post(f"{path}confirm/")
    assert set(errors(network.post(f"{path}dispute/", {}))) == {"reason"}
    assert set(errors(network.post(f"{path}dispute/", {"reason": " "}))) == {"reason"}
    said = {"reason": "Never joined", "source": "https://north.example/members"}
    response = network.post(f"{path}dispute/", said)
    assert response.json()["standing"] == "disputed"
    assert response.json()["statements"][-1]["says"] == "not a member"
    assert response.json()["statements"][-1]["source"] == "https://north.example/members"
    assert ReviewItem.objects.filter(kind="dispute").count() == 1


def test_a_word_is_taken_back(city, path, membership):
    said = problem(city.post(f"{path}withdraw/", BODIES["withdraw"]), 409)
    assert said["code"] == "nothing_said"
    city.post(f"{path}confirm/")
    response = city.post(f"{path}withdraw/", BODIES["withdraw"])
    assert response.json()["standing"] == "sourced"


def test_a_membership_that_nobody_else_speaks_of_goes(city, bergen, north):
    made = memberships.add_membership(actor=city.person, office=bergen, city=bergen, network=north)
    response = city.post(f"memberships/{made.public_id}/withdraw/", BODIES["withdraw"])
    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "private, no-store"
    assert not Membership.objects.exists()
    problem(city.post(f"memberships/{made.public_id}/withdraw/", BODIES["withdraw"]), 404)


@pytest.mark.parametrize("act", BODIES)
def test_only_the_two_sides_speak(visitor, stranger, path, act):
    problem(visitor.post(f"{path}{act}/", BODIES[act]), 401)
    problem(stranger.post(f"{path}{act}/", BODIES[act]), 403)


@pytest.mark.parametrize("act", BODIES)
def test_with_if_match_it_is_said_of_what_was_read(city, path, act):
    problem(city.post(f"{path}{act}/", BODIES[act], if_match='"x"'), 412)


@pytest.mark.parametrize("act", BODIES)
def test_what_is_no_field_is_refused(city, path, act):
    assert set(errors(city.post(f"{path}{act}/", {**BODIES[act], "role": "chair"}))) == {"role"}


@pytest.mark.parametrize("act", BODIES)
def test_reading_such_an_address_shows_the_method(city, path, act):
    response = city.get(f"{path}{act}/")
    assert response.status_code == 405
    assert response["Allow"] == "POST, OPTIONS"
