"""Idempotency-Key: a request that is sent again is carried out once and answered alike."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from directory.models import ChangeSet, IdempotencyKey, Membership, Statement
from directory.registration.idempotency import LONGEST_REQUEST, forget_idempotency_keys
from tests.api.writing.programs import Program, errors, problem

NEW = {"city": "bergen-no", "network": "north"}


@pytest.fixture
def path(membership):
    return f"memberships/{membership.public_id}/"


@pytest.mark.django_db
def test_the_same_request_is_answered_alike_and_carried_out_once(city, path):
    said = {"reason": "Never"}
    first = city.post(f"{path}dispute/", said, idempotency_key="a")
    revisions = ChangeSet.objects.count()
    city.post(f"{path}confirm/")
    again = city.post(f"{path}dispute/", said, idempotency_key='"a"')
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, no-store"
    assert ChangeSet.objects.count() == revisions + 1
    assert not IdempotencyKey.objects.filter(body__contains=city.secret).exists()


@pytest.mark.django_db
def test_a_change_is_not_refused_for_having_been_made(city, path):
    seen = city.get(path)["ETag"]
    for _ in range(2):
        response = city.patch(path, {"role": "chair"}, if_match=seen, idempotency_key="a")
        assert response.status_code == 200
    assert Statement.objects.count() == 2


@pytest.mark.django_db
def test_where_the_membership_went_the_answer_is_the_same(city, bergen, north):
    made = city.post("memberships/", NEW, idempotency_key="a")
    path = f"memberships/{made.json()['id']}/withdraw/"
    for _ in range(2):
        response = city.post(path, {"reason": "A mistake"}, idempotency_key="b")
        assert (response.status_code, response.content) == (204, b"")
    again = city.post("memberships/", NEW, idempotency_key="a")
    assert (again.status_code, again["Location"]) == (201, made["Location"])
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_a_key_belongs_to_one_request(city, path):
    city.post(f"{path}dispute/", {"reason": "Never"}, idempotency_key="a")
    for other, body in (("dispute/", {"reason": "Not now"}), ("withdraw/", {"reason": "Never"})):
        said = problem(city.post(f"{path}{other}", body, idempotency_key="a"), 422)
        assert said["code"] == "key_reused"


@pytest.mark.django_db
def test_a_key_belongs_to_one_token(city, network, path):
    city.post(f"{path}confirm/", idempotency_key="a")
    network.post(f"{path}confirm/", idempotency_key="a")
    assert Statement.objects.filter(voice="network").exists()


@pytest.mark.django_db
def test_a_refused_request_is_corrected_under_the_same_key(city, bergen, north):
    problem(city.post("memberships/", {**NEW, "joined": "x"}, idempotency_key="a"), 400)
    assert city.post("memberships/", NEW, idempotency_key="a").status_code == 201


@pytest.mark.django_db
def test_a_fault_of_ours_keeps_no_key(city, path, monkeypatch):
    def broken(**arguments):
        raise RuntimeError("no")

    city.client.raise_request_exception = False
    monkeypatch.setattr("api.views.membership_writing.memberships.confirm", broken)
    problem(city.post(f"{path}confirm/", idempotency_key="a"), 500)
    monkeypatch.undo()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
def test_while_the_first_is_carried_out_the_second_waits(city, path):
    city.post(f"{path}confirm/", idempotency_key="a")
    IdempotencyKey.objects.update(status=None)
    response = city.post(f"{path}confirm/", idempotency_key="a")
    assert problem(response, 409)["code"] == "in_progress"
    assert response["Retry-After"] == "1"


@pytest.mark.django_db
def test_what_a_crash_left_behind_is_carried_out_after_a_while(city, path):
    city.post(f"{path}confirm/", idempotency_key="a")
    long_ago = timezone.now() - LONGEST_REQUEST - datetime.timedelta(seconds=1)
    IdempotencyKey.objects.update(status=None, begun_at=long_ago)
    assert city.post(f"{path}confirm/", idempotency_key="a").status_code == 200
    assert Statement.objects.filter(voice="city").count() == 1


@pytest.mark.django_db
def test_after_a_day_a_key_is_new_and_forgotten(city, path):
    city.post(f"{path}confirm/", idempotency_key="a")
    assert forget_idempotency_keys() == 0
    yesterday = timezone.now() - datetime.timedelta(hours=24)
    IdempotencyKey.objects.update(begun_at=yesterday)
    assert city.post(f"{path}dispute/", {"reason": "x"}, idempotency_key="a").status_code == 200
    IdempotencyKey.objects.update(begun_at=yesterday)
    assert forget_idempotency_keys() == 1
    assert forget_idempotency_keys() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", '""', "x" * 256, "é", "a\tb"])
def test_a_key_is_short_and_plain(city, path, key):
    assert set(errors(city.post(f"{path}confirm/", idempotency_key=key))) == {"Idempotency-Key"}


@pytest.mark.skipif(settings.USES_SQLITE, reason="SQLite has one writer; its tests one connection")
@pytest.mark.django_db(transaction=True)
def test_of_many_that_are_sent_at_once_one_is_carried_out(city, membership, path):
    def send(_number):
        try:
            program = Program(city.secret)
            body = {"reason": "Never"}
            return program.post(f"{path}dispute/", body, idempotency_key="a").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(6)))
    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    assert Statement.objects.filter(voice="city").count() == 1


@pytest.mark.skipif(settings.USES_SQLITE, reason="SQLite has one writer; its tests one connection")
@pytest.mark.django_db(transaction=True)
def test_of_many_changes_of_what_was_read_one_is_made(city, membership, path):
    seen = city.get(path)["ETag"]

    def send(year):
        try:
            program = Program(city.secret)
            return program.patch(path, {"joined": str(year)}, if_match=seen).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(send, range(2001, 2007)))
    assert statuses == [200, 412, 412, 412, 412, 412]
