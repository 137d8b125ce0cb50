"""/api/v1/uploads/: a list is handed in, looked through, decided and published at once."""

import pytest

from directory.accounts import limits
from directory.history import current_revision
from directory.models import ChangeSet, Membership, Upload
from directory.models.choices import Origin
from directory.registration import tokens
from directory.registration.idempotency import Held
from tests.api.writing.programs import Program, errors, problem
from tests.directory.registration.people import make_staff
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db

ROWS = [
    {"network": "north", "joined": "2019", "role": "observer"},
    {"network": "South", "joined": 2020, "founder": True},
    {"network": "Nothing of the kind", "joined": None},
]


@pytest.fixture(autouse=True)
def networks(bergen, north):
    make_network("south", name="South")


@pytest.fixture
def upload(city):
    """What was answered when a program of Bergen handed in a list."""
    response = city.post("uploads/", {"rows": ROWS, "source": "https://bergen.example/"})
    assert response.status_code == 201, response.content
    return response


@pytest.fixture
def path(upload):
    return f"uploads/{upload.json()['id']}/"


def test_a_list_is_looked_through_and_nothing_is_published(upload, path):
    said = upload.json()
    assert upload["Location"] == said["url"] == f"http://localhost:8000/api/v1/{path}"
    assert upload["Cache-Control"] == "private, no-store"
    assert (said["state"], said["revision"]) == ("previewed", None)
    assert {name: number for name, number in said["counts"].items() if number} == {
        "new": 2,
        "unknown": 1,
    }
    assert not Membership.objects.exists()


def test_its_rows_are_read_by_page_and_by_verdict(city, path):
    said = city.get(path).json()
    assert [row["number"] for row in said["results"]] == [2, 3, 4]
    assert [row["record"] for row in said["results"]] == ["north", "south", None]
    page = city.get(f"{path}?page_size=1&page=2")
    assert page["Cache-Control"] == "private, no-store"
    assert [row["number"] for row in page.json()["results"]] == [3]
    assert page.json()["count"] == 3
    [unknown] = city.get(f"{path}?verdict=unknown").json()["results"]
    assert unknown["number"] == 4


def test_a_longer_page_takes_no_more_queries(city, path, django_assert_num_queries):
    for size in (1, 3):
        with django_assert_num_queries(7):
            assert len(city.get(f"{path}?page_size={size}").json()["results"]) == size


def test_unknown_parameters_are_refused(city, path):
    assert set(errors(city.get(f"{path}?verdict=nonsense"))) == {"verdict"}
    assert set(errors(city.get(f"{path}?verdcit=new"))) == {"verdcit"}


def test_rows_that_are_decided_are_published_at_once(city, path):
    assert problem(city.post(f"{path}confirm/"), 409)["code"] == "unusable"
    row = city.patch(f"{path}rows/4/", {"skip": True})
    assert (row.status_code, row.json()["verdict"]) == (200, "skipped")
    response = city.post(f"{path}confirm/", {"reason": "Our register"})
    assert response.status_code == 200, response.content
    assert response.json()["state"] == "confirmed"
    assert response.json()["revision"] == current_revision()
    logged = ChangeSet.objects.order_by("revision").last()
    assert (logged.origin, logged.office) == (Origin.API, "City of Bergen")
    assert Membership.objects.count() == 2
    again = city.post(f"{path}confirm/", {"reason": "Our register"})
    assert again.json() == response.json()


def test_a_row_is_told_what_it_means(city, path):
    row = city.patch(f"{path}rows/4/", {"network": "north"}).json()
    assert row["record"] == "north"
    assert set(errors(city.patch(f"{path}rows/4/", {"city": "bergen-no"}))) == {"city"}
    problem(city.patch(f"{path}rows/9/", {"skip": True}), 404)


def test_rows_that_cannot_be_used_are_left_out_on_request(city, path):
    response = city.post(f"{path}confirm/", {"without_unusable": True})
    assert response.status_code == 200
    assert Membership.objects.count() == 2


def test_what_a_complete_list_does_not_name_ends_with_a_reason(city, bergen, north):
    make_membership(make_network("west", name="West"), bergen, joined="2001")
    upload = city.post("uploads/", {"rows": ROWS[:2], "complete": True}).json()
    assert upload["counts"]["gone"] == 1
    path = f"uploads/{upload['id']}/confirm/"
    assert set(errors(city.post(path, {"ends_missing": True}))) == {"reason"}
    city.post(path, {"ends_missing": True, "left": "2025", "reason": "Left"})
    assert Membership.objects.get(network__slug="west").left == "2025"


def test_a_network_hands_in_its_members(network):
    make_city("oslo-no", name="Oslo")
    rows = [{"city": "Oslo", "country": "NO", "joined": "2019"}]
    assert network.post("uploads/", {"rows": rows}).json()["counts"]["new"] == 1


def test_sent_twice_with_a_key_it_is_one(city):
    first = city.post("uploads/", {"rows": ROWS}, idempotency_key="a")
    again = city.post("uploads/", {"rows": ROWS}, idempotency_key="a")
    assert first.content == again.content
    assert first["Location"] == again["Location"]
    assert Upload.objects.count() == 1


def test_a_list_whose_answer_was_never_kept_is_not_there_a_second_time(city, monkeypatch):
    def died(*arguments):
        raise RuntimeError("in the moment after the list was stored")

    city.client.raise_request_exception = False
    monkeypatch.setattr(Held, "finish", died)
    problem(city.post("uploads/", {"rows": ROWS}, idempotency_key="a"), 500)
    monkeypatch.undo()
    assert city.post("uploads/", {"rows": ROWS}, idempotency_key="a").status_code == 201
    assert Upload.objects.count() == 1


def test_ones_lists_are_read_newest_first(city, upload, path, bergen, django_assert_num_queries):
    newer = city.post("uploads/", {"rows": ROWS[:1]}).json()
    response = city.get("uploads/")
    assert response["Cache-Control"] == "private, no-store"
    said = response.json()
    assert [one["id"] for one in said["results"]] == [newer["id"], upload.json()["id"]]
    assert (said["count"], said["results"][0]["state"]) == (2, "previewed")
    for size in (1, 2):
        with django_assert_num_queries(4):
            assert len(city.get(f"uploads/?page_size={size}").json()["results"]) == size
    assert set(errors(city.get("uploads/?verdict=new"))) == {"verdict"}


def test_a_list_is_discarded_and_twice_is_once(city, path):
    for _ in range(2):
        response = city.send("DELETE", path)
        assert (response.status_code, response.content) == (204, b"")
    assert city.get(path).json()["state"] == "discarded"
    assert problem(city.post(f"{path}confirm/"), 409)["code"] == "discarded"
    assert not Membership.objects.exists()


def test_what_is_published_is_not_discarded(city, path):
    city.post(f"{path}confirm/", {"without_unusable": True})
    problem(city.send("DELETE", path), 409)
    assert Membership.objects.count() == 2


def test_the_list_of_another_is_not_there(city, visitor, stranger, bergen, path):
    colleague = make_staff(bergen)
    secret = tokens.issue_token(actor=colleague, office=bergen, name="x", days=1)[1]
    for program in (stranger, Program(secret)):
        problem(program.get(path), 404)
        problem(program.post(f"{path}confirm/"), 404)
        problem(program.send("DELETE", path), 404)
        assert program.get("uploads/").json()["count"] == 0
        problem(program.patch(f"{path}rows/2/", {"skip": True}), 404)
    for method, address in (("GET", path), ("DELETE", path), ("GET", "uploads/")):
        problem(visitor.send(method, address), 401)
    problem(visitor.post("uploads/", {"rows": ROWS}), 401)
    problem(city.get("uploads/00000000-0000-0000-0000-000000000000/"), 404)


@pytest.mark.parametrize(
    "rows",
    [
        *(None, [], "x", {}, [1], [[]], [{"network": ["x"]}], [{"network": {}}], [{}]),
        [{"network": "x" * 5000}],
        [{"network": "a\0b"}],
        [{f"column {number}": 1} for number in range(100)],
        [{"joined": "2019"}],
    ],
)
def test_what_is_no_list_is_refused(city, rows):
    assert "rows" in errors(city.post("uploads/", {"rows": rows}))
    assert not Upload.objects.exists()


def test_fields_that_are_wrong_are_named(city):
    wrong = {"rows": ROWS, "complete": "yes", "sources": "x"}
    assert set(errors(city.post("uploads/", wrong))) == {"complete", "sources"}
    assert set(errors(city.post("uploads/", {"rows": ROWS, "source": "x"}))) == {"source"}
    assert set(errors(city.post("uploads/", {"complete": True}))) == {"rows"}


def test_more_tokens_hand_in_no_more_lists(city, bergen, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "upload", "1/hour")
    assert city.post("uploads/", {"rows": ROWS}).status_code == 201
    _token, secret = tokens.issue_token(actor=city.person, office=bergen, name="Second", days=1)
    problem(Program(secret).post("uploads/", {"rows": ROWS}), 429)
