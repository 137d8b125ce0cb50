"""POST /api/v1/memberships/: a city or a network adds a membership."""

import pytest

from directory.accounts import limits
from directory.models import ChangeSet, Claim, Membership
from directory.models.choices import Origin
from directory.registration import merging
from tests.api.writing.programs import errors, problem, program_for
from tests.directory.registration.people import make_editor
from tests.factories import make_city, make_membership, make_network, make_redirect

pytestmark = pytest.mark.django_db

NEW = {"city": "bergen-no", "network": "north", "joined": "2019-05", "role": "observer"}


@pytest.fixture(autouse=True)
def offices(bergen, north):
    """The two sides."""


def test_a_city_adds_a_membership_as_its_own_word(city, caller):
    evidence = {"source": "https://bergen.example/", "source_year": 2025}
    response = city.post("memberships/", {**NEW, **evidence, "reason": "From our register"})
    assert response.status_code == 201, response.content
    made = Membership.objects.get()
    assert response["Location"] == f"http://localhost:8000/api/v1/memberships/{made.public_id}/"
    assert response["Cache-Control"] == "private, no-store"
    shown = caller.get(f"/api/v1/memberships/{made.public_id}/")
    assert response.json() == shown.json()
    assert response["ETag"] == shown["ETag"]
    said = response.json()
    assert (said["joined"], said["role"], said["standing"]) == ("2019-05", "observer", "confirmed")
    [statement] = said["statements"]
    assert (statement["voice"], statement["source"]) == ("city", "https://bergen.example/")
    assert statement["source_year"] == 2025


def test_the_log_knows_the_office_and_that_a_program_wrote(city):
    city.post("memberships", {**NEW, "reason": "From our register"})
    logged = ChangeSet.objects.order_by("revision").last()
    assert (logged.origin, logged.office) == (Origin.API, "City of Bergen")
    assert (logged.actor, logged.reason) == (str(city.person.opaque_id), "From our register")


def test_a_network_adds_a_member(network):
    response = network.post("memberships/", NEW)
    assert response.status_code == 201
    assert response.json()["statements"][0]["voice"] == "network"


def test_what_is_not_known_is_null_in_both_directions(city):
    response = city.post("memberships/", {**NEW, "joined": None, "left": None, "source": None})
    assert response.status_code == 201, response.content
    assert response.json()["joined"] is None


def test_the_same_sent_again_is_the_same_membership(city):
    first, second = city.post("memberships/", NEW), city.post("memberships/", NEW)
    assert first["Location"] == second["Location"]
    assert first.content == second.content
    assert Membership.objects.count() == 1


def test_a_membership_that_is_there_already_is_named(city, membership):
    said = problem(city.post("memberships/", NEW), 409)
    assert said["code"] == "exists"
    assert said["existing"] == f"http://localhost:8000/api/v1/memberships/{membership.public_id}/"
    assert "Bergen is in North already" in said["detail"]


def test_a_network_that_became_part_of_another_leads_there(city, north):
    merging.merge_network_into(
        actor=make_editor(), network=north, successor=make_network("south"), reason="Joined"
    )
    said = problem(city.post("memberships/", NEW), 409)
    assert said["existing"] == "http://localhost:8000/api/v1/networks/south/"


def test_former_ids_are_understood(city):
    make_redirect("city", "bergen-old", "bergen-no")
    assert city.post("memberships/", {**NEW, "city": "bergen-old"}).status_code == 201


def test_nobody_writes_for_others(stranger):
    said = problem(stranger.post("memberships/", NEW), 403)
    assert said["detail"] == "Oslo is no side of this membership."
    assert not Membership.objects.exists()


def test_without_a_token_nothing_is_written(visitor):
    response = visitor.post("memberships/", NEW)
    assert "access token" in problem(response, 401)["detail"]
    assert response["WWW-Authenticate"].startswith("Bearer ")
    assert not Membership.objects.exists()


def test_a_claim_that_was_revoked_takes_its_tokens_along(city):
    Claim.objects.update(state="revoked")
    said = problem(city.post("memberships/", NEW), 403)
    assert said["detail"] == "You do not act for Bergen. Claim it first."


def test_a_closed_account_writes_nothing(city):
    city.person.is_active = False
    city.person.save()
    assert problem(city.post("memberships/", NEW), 403)["detail"] == "This account is closed."


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"city": "nowhere-no"}, "city", "“nowhere-no” is not known."),
        ({"network": "\0"}, "network", "Null characters are not allowed."),
        ({"network": "a b"}, "network", "“a b” is not known."),
        ({"joined": "May 2019"}, "joined", "“May 2019” is not a date"),
        ({"joined": "2019", "left": "2018"}, "left", "cannot leave before it joined"),
        ({"left": "2020", "ended": True}, "ended", "there is a date of leaving"),
        ({"role": "boss"}, "role", "boss"),
        ({"source": "javascript:alert(1)"}, "source", ""),
        ({"source_year": 99999}, "source_year", ""),
        ({"source_year": "2019"}, "source_year", "valid integer"),
        ({"founder": "yes"}, "founder", "valid boolean"),
        ({"joined": 2019}, "joined", "Not a valid string."),
        ({"reason": "x" * 501}, "reason", "At most 500 characters fit."),
        ({"reason": "a\u202eb"}, "reason", "invisible character"),
        ({"source": "https://example.org/" + "x" * 500}, "source", ""),
        ({"netwrok": "north"}, "netwrok", "There is no such field. Did you mean “network”?"),
        ({"standing": "confirmed"}, "standing", "There is no such field."),
        ({"statements": []}, "statements", "There is no such field."),
    ],
)
def test_what_is_wrong_is_named_by_field(city, wrong, field, message):
    found = errors(city.post("memberships/", NEW | wrong))
    assert set(found) == {field}
    assert message in found[field]
    assert not Membership.objects.exists()


def test_what_is_needed_is_named(city):
    assert set(errors(city.post("memberships/", {}))) == {"city", "network"}


def test_a_person_of_two_offices_writes_for_the_one_of_the_token(bergen, city):
    oslo = make_city("oslo-no", name="Oslo")
    Claim.objects.create(
        person=city.person, city=oslo, role="x", work_address="a@oslo.no", state="granted"
    )
    problem(city.post("memberships/", {**NEW, "city": "oslo-no"}), 403)


def test_signing_in_opens_nothing_here(bergen, north, city):
    city.secret = ""
    city.client.force_login(city.person)
    problem(city.post("memberships/", NEW), 401)


def test_a_program_that_runs_wild_is_slowed_down(city, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "write", "2/hour")
    for _ in range(2):
        assert city.post("memberships/", NEW).status_code == 201
    response = city.post("memberships/", NEW)
    problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 3600


def test_an_earlier_membership_stays_beside_a_new_one(city, north, bergen):
    make_membership(north, bergen, joined="2001", left="2005")
    assert city.post("memberships/", NEW).status_code == 201
    assert program_for(north).post("memberships/", NEW).status_code == 409
