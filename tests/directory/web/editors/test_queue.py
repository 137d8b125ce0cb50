"""The queue: what waits, oldest first, by kind and source; and deciding on one source together."""

import datetime

import pytest
from django.utils import timezone

from directory.models import ChangeSet, City, ReviewItem
from directory.models.review import ReviewState
from directory.registration import disputes
from tests.directory.registration.people import make_person
from tests.directory.web.editors.browsers import (
    REASON,
    SOURCE,
    claim_item,
    correction,
    editor_with_browser,
    make_editor,
    post,
    proposed_city,
    taken,
)
from tests.factories import make_city, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_and_client():
    return editor_with_browser()


@pytest.fixture
def client(editor_and_client):
    return editor_and_client[1]


def names(client, query=""):
    """What the rows of the queue are about, in their order."""
    answer = client.get(f"/editors/{query}")
    assert answer.status_code == 200
    return [row.name for row in answer.context["page"].rows]


@pytest.fixture
def everything(db):
    """One item of several kinds, the oldest first."""
    bergen = make_city("bergen-no")
    items = [
        claim_item("oslo-no", person=make_person(name="Kari Nordmann")),
        correction(source="https://www.bergen.kommune.no/minutes"),
        proposed_city(),
    ]
    membership = make_membership("c40", bergen, standing="disputed")
    disputes.open_for(membership)
    items.append(membership.reviews.get())
    now = timezone.now()
    for hours, item in zip(range(10, 0, -1), items, strict=False):
        ReviewItem.objects.filter(pk=item.pk).update(made_at=now - datetime.timedelta(hours=hours))
    return items


def test_an_empty_queue_says_so(client):
    assert "Nothing waits" in client.get("/editors/").content.decode()


def test_all_that_waits_stands_oldest_first_with_counts_by_kind(client, everything):
    assert names(client) == ["Oslo", "Bergen", "Voss", "Bergen · C40"]
    kinds = {
        str(label): count for label, count, *_ in client.get("/editors/").context["page"].kinds
    }
    assert kinds == {
        "claim": 1,
        "correction": 1,
        "new city": 1,
        "new network": 0,
        "new membership": 0,
        "note to the editors": 0,
        "dispute": 1,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=claim", ["Oslo"]),
        ("?kind=correction", ["Bergen"]),
        ("?kind=new+city", ["Voss"]),
        ("?kind=dispute", ["Bergen · C40"]),
        ("?about=cities", ["Oslo", "Bergen", "Voss"]),
        ("?about=networks", []),
        ("?about=memberships", ["Bergen · C40"]),
        ("?host=bergen.kommune.no", ["Bergen"]),
        ("?host=https://www.bergen.kommune.no/elsewhere", ["Bergen"]),
        ("?host=kommune.no", []),
        ("?text=OSLO", ["Oslo"]),
        ("?text=bergen-no", ["Bergen"]),
        ("?text=kari@bergen", ["Oslo"]),
        ("?state=asked+back", []),
        ("?state=waiting&kind=dispute", ["Bergen · C40"]),
        ("?kind=nonsense", ["Oslo", "Bergen", "Voss", "Bergen · C40"]),
        ("?text=!!!", []),
    ],
)
def test_the_queue_is_filtered(client, everything, query, expected):
    assert names(client, query) == expected


def test_who_has_taken_what_until_when_is_shown(client, everything):
    taken(make_editor(name="Berit Editor"), everything[1])
    html = client.get("/editors/").content.decode()
    everything[1].refresh_from_db()
    assert f"Berit Editor has it until {everything[1].taken_until:%H:%M} UTC" in html


def test_what_is_decided_waits_no_more(client, everything):
    ReviewItem.objects.filter(pk=everything[0].pk).update(state=ReviewState.WITHDRAWN)
    assert "Oslo" not in names(client)


def test_a_long_queue_is_paged_at_a_constant_number_of_queries(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    person = make_person()
    for number in range(60):
        make_city(f"city-{number}-no")
        correction(person, record=f"city-{number}-no")
    assert len(names(client)) == 50
    assert len(names(client, "?page=2")) == 10
    assert client.get("/editors/?page=3").status_code == 404
    with django_assert_max_num_queries(12) as few:
        client.get("/editors/?page=2")
    with django_assert_num_queries(len(few)):
        client.get("/editors/")


class TestTogether:
    @pytest.fixture
    def items(self):
        for slug in ("bergen-no", "oslo-no"):
            make_city(slug)
        return [correction(record="bergen-no"), correction(record="oslo-no", population="7")]

    def address(self, items):
        return "/editors/together/?" + "&".join(f"item={item.pk}" for item in items)

    def test_they_are_shown_side_by_side(self, client, items):
        html = client.get(self.address(items)).content.decode()
        assert "https://bergen.example/" in html
        assert "Oslo" in html

    def test_they_are_published_in_one_change(self, client, items):
        before = ChangeSet.objects.count()
        html = post(client, "/editors/together/", item=[item.pk for item in items], reason=REASON)
        assert "2 suggestions are published" in html
        assert ChangeSet.objects.count() == before + 1
        assert City.objects.get(slug="oslo-no").population == 7

    def test_those_of_different_sources_are_refused(self, client, items):
        other = correction(source="https://other.example/", population="8")
        html = post(client, "/editors/together/", item=[items[0].pk, other.pk], reason=REASON)
        assert "name the same source" in html
        assert not City.objects.get(slug="bergen-no").website

    def test_one_that_another_editor_has_stops_them_all(self, client, items):
        taken(make_editor(), items[1])
        html = post(client, "/editors/together/", item=[item.pk for item in items], reason=REASON)
        assert "Another editor has taken this" in html
        assert not City.objects.get(slug="bergen-no").website
        items[0].refresh_from_db()
        assert items[0].state == ReviewState.WAITING

    def test_ones_own_stops_them_all(self, editor_and_client, items):
        editor, client = editor_and_client
        own = correction(editor, record="oslo-no", website="https://oslo.example/")
        answer = client.post(
            "/editors/together/", {"item": [items[0].pk, own.pk], "reason": REASON}
        )
        assert answer.status_code == 403
        assert not City.objects.get(slug="bergen-no").website

    @pytest.mark.parametrize("query", ["", "?item=x", "?item=999999", f"?item={2**80}"])
    def test_without_a_choice_the_queue_is_shown_again(self, client, query):
        answer = client.get(f"/editors/together/{query}", follow=True)
        assert "First choose one or more suggestions" in answer.content.decode()

    def test_it_takes_as_many_queries_for_many_as_for_two(
        self, client, items, django_assert_max_num_queries, django_assert_num_queries
    ):
        with django_assert_max_num_queries(14) as few:
            client.get(self.address(items))
        for number in range(20):
            make_city(f"city-{number}-no")
            items.append(correction(record=f"city-{number}-no", source=SOURCE))
        with django_assert_num_queries(len(few)):
            client.get(self.address(items))
