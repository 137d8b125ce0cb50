"""PATCH /api/v1/memberships/<id>/: a side of a membership changes or ends it."""

import datetime

import pytest
from django.utils import timezone

from directory.models import ChangeSet
from directory.registration import memberships
from tests.api.writing.programs import errors, problem
from tests.directory.registration.people import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(membership):
    return f"memberships/{membership.public_id}/"


@pytest.fixture
def seen(city, path):
    """The ETag that a program has read."""
    return city.get(path)["ETag"]


def test_what_is_sent_changes_and_the_rest_stays(city, path, seen, caller):
    response = city.patch(path, {"role": "chair", "reason": "Elected"}, if_match=seen)
    assert response.status_code == 200, response.content
    assert (response.json()["role"], response.json()["joined"]) == ("chair", "2019")
    assert response["Cache-Control"] == "private, no-store"
    shown = caller.get(f"/api/v1/{path}")
    assert response.json() == shown.json()
    assert response["ETag"] == shown["ETag"] != seen
    assert ChangeSet.objects.order_by("revision").last().reason == "Elected"


@pytest.mark.parametrize(
    ("end", "left", "ended"), [({"left": "2025"}, "2025", False), ({"ended": True}, None, True)]
)
def test_a_membership_ends_with_a_reason_and_stays_in_history(city, path, seen, end, left, ended):
    assert set(errors(city.patch(path, end, if_match=seen))) == {"reason"}
    response = city.patch(path, {**end, "reason": "No funds", "role": "chair"}, if_match=seen)
    assert response.status_code == 200, response.content
    said = response.json()
    assert (said["left"], said["ended"], said["role"]) == (left, ended, "chair")


def test_an_end_that_was_a_mistake_is_taken_back(city, path, seen):
    tag = city.patch(path, {"ended": True, "reason": "x"}, if_match=seen)["ETag"]
    response = city.patch(path, {"ended": False}, if_match=tag)
    assert response.json()["ended"] is False


def test_both_ways_to_have_ended_at_once_are_refused(city, path, seen):
    both = {"left": "2025", "ended": True, "reason": "x"}
    assert set(errors(city.patch(path, both, if_match=seen))) == {"ended"}


def test_who_does_not_say_what_they_read_is_asked_to(city, path):
    said = problem(city.patch(path, {"role": "chair"}), 428)
    assert "If-Match" in said["detail"]


@pytest.mark.parametrize("tag", ['"x"', 'W/"x"', "x", '""', '"a", "b"'])
def test_who_read_something_else_changes_nothing(city, path, membership, tag):
    said = problem(city.patch(path, {"role": "chair"}, if_match=tag), 412)
    assert (said["code"], "Read it again" in said["detail"]) == ("changed", True)
    membership.refresh_from_db()
    assert membership.role == "member"


def test_a_weak_tag_never_matches(city, path, seen):
    problem(city.patch(path, {"role": "chair"}, if_match=f"W/{seen}"), 412)


def test_one_of_several_tags_is_enough_and_a_star_is_any(city, path, seen):
    assert city.patch(path, {"role": "chair"}, if_match=f'"x", {seen}').status_code == 200
    assert city.patch(path, {"role": "member"}, if_match="*").status_code == 200


def test_nobody_overwrites_what_was_said_meanwhile(city, path, seen, membership, north):
    other = make_staff(north)
    memberships.change_membership(actor=other, office=north, membership=membership, joined="2018")
    problem(city.patch(path, {"joined": "2017"}, if_match=seen), 412)
    membership.refresh_from_db()
    assert membership.joined == "2018"


def test_a_word_alone_makes_another_version(city, path, seen, membership, north):
    memberships.confirm(actor=make_staff(north), office=north, membership=membership)
    problem(city.patch(path, {"joined": "2017"}, if_match=seen), 412)


def test_both_sides_may_change_it_and_nobody_else(network, stranger, visitor, path, seen):
    problem(visitor.patch(path, {"role": "chair"}, if_match=seen), 401)
    problem(stranger.patch(path, {"role": "chair"}, if_match=seen), 403)
    assert network.patch(path, {"role": "chair"}, if_match=seen).status_code == 200


def test_a_change_of_nothing_is_a_mistake(city, path, seen):
    assert "role" in errors(city.patch(path, {}, if_match=seen))[""]
    assert "" in errors(city.patch(path, {"reason": "x"}, if_match=seen))


@pytest.mark.parametrize("field", ["city", "network", "id", "standing", "statements"])
def test_what_a_membership_is_does_not_change(city, path, seen, field):
    assert set(errors(city.patch(path, {field: "x", "role": "chair"}, if_match=seen))) == {field}


def test_a_guessed_id_is_nothing(city):
    problem(city.patch("memberships/m99999/", {"role": "chair"}, if_match="*"), 404)
    problem(city.patch("memberships/x/", {"role": "chair"}, if_match="*"), 404)


def test_the_tag_changes_with_the_answer_and_what_was_read_the_day_before_still_counts(
    city, path, seen, caller, monkeypatch
):
    shown = caller.get(f"/api/v1/{path}")
    later = timezone.now() + datetime.timedelta(days=365 * 8)
    monkeypatch.setattr("api.resources.timezone.now", lambda: later)
    again = caller.get(f"/api/v1/{path}")
    assert (shown.json()["old"], again.json()["old"]) == (False, True)
    assert again["ETag"] != shown["ETag"] == seen
    monkeypatch.undo()
    assert city.patch(path, {"role": "chair"}, if_match=again["ETag"]).status_code == 200


def test_part_of_a_record_has_no_tag_that_a_change_could_name(city, caller, path):
    tag = caller.get(f"/api/v1/{path}?fields=id")["ETag"]
    problem(city.patch(path, {"role": "chair"}, if_match=tag), 412)


def test_other_methods_are_told_which_there_are(city, path):
    for method in ("POST", "PUT", "DELETE"):
        response = city.send(method, path, {})
        assert problem(response, 405)["title"] == "This address does not take that method"
        assert response["Allow"] == "GET, PATCH, HEAD, OPTIONS"
